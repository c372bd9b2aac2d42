"""What IAM is asked about one call: actions, resources and condition keys, as the Service Authorization Reference lists them.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
Of the services that the program uses, and only as far as policies tell resources apart: by name, path or tag.
"""

import re
from typing import NamedTuple
from urllib.parse import quote

from ec2_authorizations import of_ec2
from request_tags import listed, request_tags


class Question(NamedTuple):
    """One action on one resource, with the keys that the request gives."""

    action: str
    resource: str
    keys: dict


_PREFIXES = {
    "elbv2": "elasticloadbalancing",
    "stepfunctions": "states",
    "bedrock-agentcore-control": "bedrock-agentcore",
}

# Bucket operations whose action has another name.
_S3 = {
    "HeadBucket": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListObjects": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "DeleteObjects": "DeleteObject",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteBucketTagging": "PutBucketTagging",
}

# The member that names the resource, and the resource part of its ARN.
_NAMED = {
    "application-autoscaling": (("ResourceId", "scalable-target/{}"),),
    "cloudwatch": (("AlarmName", "alarm:{}"), ("DashboardName", "dashboard/{}")),
    "codebuild": (("projectName", "project/{}"), ("name", "project/{}")),
    "dynamodb": (("TableName", "table/{}"),),
    "ecr": (("repositoryName", "repository/{}"),),
    "kms": (("KeyId", "key/{}"),),
    "lambda": (("FunctionName", "function:{}"),),
    "logs": (("logGroupName", "log-group:{}"), ("logGroupNamePrefix", "log-group:{}")),
    "sns": (("Name", "{}"),),
    "sqs": (("QueueName", "{}"),),
    "stepfunctions": (("name", "stateMachine:{}"),),
}

# Reads that take no resource.
_UNNAMED = {"application-autoscaling": "Describe", "elbv2": "Describe", "logs": "DescribeLogGroups"}

# What a call makes that is asked about by name; the end of its ARN is not known yet.
_MADE = {"CreateLoadBalancer": "loadbalancer/app/{Name}/new", "CreateTargetGroup": "targetgroup/{Name}/new"}

# Members that are ARNs already.
_ARNS = (
    "CertificateArn",
    "ListenerArn",
    "LoadBalancerArn",
    "Resource",
    "ResourceARN",
    "ResourceArn",
    "RuleArn",
    "TargetGroupArn",
    "TopicArn",
    "agentRuntimeArn",
    "resourceArn",
    "stateMachineArn",
)


def questions(service, operation, members, region, account):
    """What IAM is asked; nothing where AWS asks for no permission."""
    if (service, operation) == ("sts", "GetCallerIdentity"):
        return []
    asked = _OWN.get(service, _of_most)(service, operation, members, region, account)
    keys = request_tags(members)
    found = []
    for action, resource, more in asked + _passed(service, members):
        # A role that is passed, or a VPC that something is made in, gets no tags by the call.
        given = {} if more.pop("untouched", False) else keys
        found.append(Question(action, resource, {**given, **more}))
    return found


def tagging(service, operation, tagged):
    """The action that giving tags in a call is, beside the call's own."""
    actions = {"lambda": "TagResource", "sqs": "TagQueue", "elbv2": "AddTags", "ec2": "CreateTags", "iam": "TagRole"}
    if (
        not tagged
        or service in ("apigatewayv2", "codebuild", "s3")
        or operation.startswith(("Tag", "AddTags", "CreateTags"))
    ):
        return None
    return f"{_PREFIXES.get(service, service)}:{actions.get(service, 'TagResource')}"


def _of_most(service, operation, members, region, account):
    prefix = _PREFIXES.get(service, service)
    action = f"{prefix}:{operation}"
    made = tagging(service, operation, bool(request_tags(members)))
    if operation in _MADE:
        resource = f"arn:aws:{prefix}:{region}:{account}:{_MADE[operation].format(**members)}"
        return [(each, resource, {"new": True}) for each in (action, made) if each is not None]
    if operation == "CreateKey":
        key = f"arn:aws:kms:{region}:{account}:key/new"
        return [(action, "*", {}), *([(made, key, {"new": True})] if made is not None else [])]
    names = _names_of(service, operation, members, region, account)
    also = [(made, names[0], {})] if made is not None else []
    return [(action, name, {}) for name in names] + also


def _of_balancing(service, operation, members, region, account):
    asked = _of_most(service, operation, members, region, account)
    if operation != "CreateLoadBalancer":
        return asked
    # Security groups are looked up by the caller's right: https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917
    return [*asked, ("ec2:GetSecurityGroupsForVpc", f"arn:aws:ec2:{region}:{account}:vpc/*", {"untouched": True})]


def _of_scaling(service, operation, members, region, account):
    asked = _of_most(service, operation, members, region, account)
    if operation not in _ALARMS or members.get("PolicyType", "TargetTrackingScaling") != "TargetTrackingScaling":
        return asked
    # https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
    alarm = f"arn:aws:cloudwatch:{region}:{account}:alarm:TargetTracking-{members['ResourceId']}-AlarmHigh-new"
    return [*asked, (f"cloudwatch:{_ALARMS[operation]}", alarm, {"new": True, "untouched": True})]


_ALARMS = {"DeleteScalingPolicy": "DeleteAlarms", "PutScalingPolicy": "PutMetricAlarm"}


def _names_of(service, operation, members, region, account):
    prefix = _PREFIXES.get(service, service)
    if operation.startswith(_UNNAMED.get(service, "-")):
        return ["*"]
    given = [value for member in _ARNS for value in [members.get(member)] if isinstance(value, str)]
    for member, form in _NAMED.get(service, ()):
        values = members.get(member, members.get(f"{member}s"))
        for value in [values] if isinstance(values, str) else values or []:
            where = "" if form.startswith("dashboard") else region
            is_arn = value.startswith("arn:")
            given.append(value if is_arn else f"arn:aws:{prefix}:{where}:{account}:{form.format(value)}")
    if "logStreamName" in members:
        given = [f"{group}:log-stream:{members['logStreamName']}" for group in given]
    if operation in ("BatchGetBuilds", "StopBuild"):
        builds = listed(members.get("ids", members.get("id")))
        given = sorted({f"arn:aws:codebuild:{region}:{account}:project/{build.split(':')[0]}" for build in builds})
    if "QueueUrl" in members:
        given.append(f"arn:aws:sqs:{region}:{account}:{members['QueueUrl'].rsplit('/', 1)[-1]}")
    return [*given, *(members.get("ResourceArns") or [])] or ["*"]


def _of_s3(service, operation, members, region, account):
    bucket = f"arn:aws:s3:::{members.get('Bucket', '*')}"
    action = f"s3:{_S3.get(operation, operation)}"
    if operation == "DeleteObjects":
        versions = members.get("Delete", {}).get("Objects", [])
        # Of a version, both are asked: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
        named = [
            (asked, f"{bucket}/{each['Key']}", {})
            for each in versions
            for asked in (action, *([f"{action}Version"] if "VersionId" in each else []))
        ]
        return named or [(action, f"{bucket}/*", {})]
    return [(action, f"{bucket}/{members['Key']}" if "Key" in members else bucket, {})]


def _of_iam(service, operation, members, region, account):
    path = members.get("Path", "").strip("/")
    name = members.get("RoleName", "*")
    role = f"arn:aws:iam::{account}:role/{path + '/' if path else ''}{name}"
    keys = {"iam:PermissionsBoundary": members["PermissionsBoundary"]} if "PermissionsBoundary" in members else {}
    tagged = [("iam:TagRole", role, {})] if operation == "CreateRole" and members.get("Tags") else []
    return [(f"iam:{operation}", role, keys), *tagged]


def _of_ecs(service, operation, members, region, account):
    def arn(resource):
        return resource if resource.startswith("arn:") else f"arn:aws:ecs:{region}:{account}:{resource}"

    action = f"ecs:{operation}"
    if operation in ("DescribeTaskDefinition", "DeregisterTaskDefinition"):
        return [(action, "*", {})]
    cluster = (members.get("cluster") or members.get("clusterName") or "default").rsplit("/", 1)[-1]
    name = members.get("service") or members.get("serviceName") or next(iter(members.get("services", [])), None)
    if "resourceArn" in members:
        resource = members["resourceArn"]
    elif operation == "ListTasks":
        resource = arn(f"container-instance/{cluster}/*")
    elif "family" in members:
        resource = arn(f"task-definition/{members['family']}:new")
    elif name is not None:
        resource = arn(f"service/{cluster}/{name.rsplit('/', 1)[-1]}")
    else:
        resource = arn(f"cluster/{cluster}")
    new = {"new": True} if resource.endswith(":new") else {}
    made = tagging(service, operation, bool(request_tags(members)))
    return [(action, resource, new)] + ([(made, resource, {**new, "ecs:CreateAction": operation})] if made else [])


_VERBS = {"Create": "POST", "Delete": "DELETE", "Get": "GET", "Update": "PATCH", "Tag": "POST", "Untag": "DELETE"}
_CHILDREN = {"Authorizer": "authorizers", "Integration": "integrations", "Route": "routes", "Stage": "stages"}


def _of_apigateway(service, operation, members, region, account):
    verb, kind = re.match(r"(Create|Delete|Get|Update|Tag|Untag)(.*)", operation).groups()
    if kind == "Resource":
        path = f"tags/{quote(members['ResourceArn'], safe='')}"
    elif kind == "Api":
        path = f"apis/{members['ApiId']}" if "ApiId" in members else "apis"
    else:
        kept = _CHILDREN.get(kind.removesuffix("s"), kind.lower())
        name = members.get("StageName") if kind == "Stage" else members.get(f"{kind}Id")
        path = f"apis/{members['ApiId']}/{kept}" + (f"/{name}" if name and verb != "Create" else "")
    resource = f"arn:aws:apigateway:{region}::/{path}"
    made = [("apigateway:TagResource", resource, {})] if verb == "Create" and members.get("Tags") else []
    if made and kind == "Api":
        # Its id is not known yet: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/997
        tagged = quote(f"arn:aws:apigateway:{region}::/v2/apis/", safe="")
        made.append(("apigateway:POST", f"arn:aws:apigateway:{region}::/tags/{tagged}*", {"new": True}))
    return [(f"apigateway:{_VERBS[verb]}", resource, {}), *made]


def _of_agentcore(service, operation, members, region, account):
    base = f"arn:aws:bedrock-agentcore:{region}:{account}:runtime/"
    action = f"bedrock-agentcore:{operation}"
    if operation == "CreateAgentRuntime":
        # The name is not asked about: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
        name = f"{members['agentRuntimeName']}-new"
        # AgentCore makes its identity and the endpoint DEFAULT by the caller's rights.
        first = ("bedrock-agentcore:CreateAgentRuntimeEndpoint", base + name, {"new": True, "untouched": True})
        return [(action, "*", {}), *_of_identity("CreateWorkloadIdentity", name, region, account), first]
    given = members.get("agentRuntimeArn") or members.get("resourceArn")
    resource = given or base + members.get("agentRuntimeId", "*")
    name = members.get("endpointName") or members.get("qualifier") or members.get("name")
    endpoint = (
        [(action, f"{resource}/runtime-endpoint/{name}", {})]
        if name and operation != "CreateAgentRuntimeEndpoint"
        else []
    )
    if operation == "DeleteAgentRuntime":
        return [
            (action, resource, {}),
            *_of_identity("DeleteWorkloadIdentity", resource.rsplit("/", 1)[-1], region, account),
        ]
    return [(action, resource, {}), *endpoint]


def _of_identity(operation, name, region, account):
    directory = f"arn:aws:bedrock-agentcore:{region}:{account}:workload-identity-directory/default"
    action = f"bedrock-agentcore:{operation}"
    return [(action, each, {"untouched": True}) for each in (directory, f"{directory}/workload-identity/{name}")]


def _of_acm(service, operation, members, region, account):
    made = [("acm:AddTagsToCertificate", f"arn:aws:acm:{region}:{account}:certificate/new", {"new": True})]
    new = operation == "RequestCertificate"
    resource = members.get("CertificateArn", f"arn:aws:acm:{region}:{account}:certificate/new")
    return [
        (f"acm:{operation}", resource, {"new": True} if new else {}),
        *(made if new and members.get("Tags") else []),
    ]


_OWN = {
    "acm": _of_acm,
    "application-autoscaling": _of_scaling,
    "apigatewayv2": _of_apigateway,
    "bedrock-agentcore": _of_agentcore,
    "bedrock-agentcore-control": _of_agentcore,
    "ec2": of_ec2,
    "ecs": _of_ecs,
    "elbv2": _of_balancing,
    "iam": _of_iam,
    "s3": _of_s3,
}

# Members that are roles, and the service that each is passed to.
_PASSED = {
    "DeliverLogsPermissionArn": "vpc-flow-logs",
    "Role": "lambda",
    "executionRoleArn": "ecs-tasks",
    "roleArn": {"stepfunctions": "states", "bedrock-agentcore-control": "bedrock-agentcore", "ecs": "ecs"},
    "serviceRole": "codebuild",
    "taskRoleArn": "ecs-tasks",
}


def _passed(service, members):
    """A caller that gives a role to a service needs the right to."""
    found = []
    for member, to in _PASSED.items():
        role = members.get(member)
        receiver = to.get(service) if isinstance(to, dict) else to
        if isinstance(role, str) and ":role/" in role and receiver:
            keys = {"iam:PassedToService": f"{receiver}.amazonaws.com", "untouched": True}
            found.append(("iam:PassRole", role, keys))
    return found
