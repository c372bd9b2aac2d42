import unittest

from authorizations import questions

ACCOUNT = "123456789012"
HOME = "ap-northeast-1"
TAGS = [{"Key": "project", "Value": "shop"}, {"Key": "environment", "Value": "dev"}]
REQUEST = {
    "aws:RequestTag/project": "shop",
    "aws:RequestTag/environment": "dev",
    "aws:TagKeys": ["project", "environment"],
}


def asked(service, operation, **members):
    return [tuple(question) for question in questions(service, operation, members, HOME, ACCOUNT)]


def arn(service, resource, region=HOME):
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"


class AuthorizationsTest(unittest.TestCase):
    def test_what_needs_no_permission(self):
        self.assertEqual(asked("sts", "GetCallerIdentity"), [])

    def test_what_is_made_and_what_it_is_made_in_are_asked_about_apart(self):
        specifications = [{"ResourceType": "subnet", "Tags": TAGS}]
        found = asked("ec2", "CreateSubnet", VpcId="vpc-1a2b", TagSpecifications=specifications)
        new = arn("ec2", "subnet/new")
        self.assertEqual(
            found,
            [
                ("ec2:CreateSubnet", arn("ec2", "vpc/vpc-1a2b"), {}),
                ("ec2:CreateSubnet", new, {**REQUEST, "new": True}),
                ("ec2:CreateTags", new, {**REQUEST, "new": True, "ec2:CreateAction": "CreateSubnet"}),
            ],
        )

    def test_a_route_is_asked_about_by_its_table_alone(self):
        found = asked("ec2", "CreateRoute", RouteTableId="rtb-1a2b", NatGatewayId="nat-1a2b")
        self.assertEqual(found, [("ec2:CreateRoute", arn("ec2", "route-table/rtb-1a2b"), {})])

    def test_a_read_that_takes_no_resource_is_asked_about_all(self):
        for service, operation in (("elbv2", "DescribeTags"), ("logs", "DescribeLogGroups"), ("ec2", "DescribeVpcs")):
            found = asked(service, operation, ResourceArns=["arn:aws:a"], logGroupNamePrefix="a", VpcId="vpc-1a2b")
            self.assertEqual([each[1] for each in found], ["*"], operation)
        about = asked("ec2", "DescribeVpcAttribute", VpcId="vpc-1a2b")
        self.assertEqual(about, [("ec2:DescribeVpcAttribute", arn("ec2", "vpc/vpc-1a2b"), {})])

    def test_tags_of_an_api_are_at_an_address_of_their_own(self):
        api = "arn:aws:apigateway:ap-northeast-1::/apis/a1"
        [(action, resource, keys)] = asked("apigatewayv2", "TagResource", ResourceArn=api, Tags={"team": "a"})
        self.assertEqual(action, "apigateway:POST")
        self.assertEqual(
            resource, f"arn:aws:apigateway:{HOME}::/tags/arn%3Aaws%3Aapigateway%3A{HOME}%3A%3A%2Fapis%2Fa1"
        )
        self.assertEqual(keys, {"aws:RequestTag/team": "a", "aws:TagKeys": ["team"]})

    def test_a_new_api_gets_its_tags_where_its_id_is_a_star(self):
        found = asked("apigatewayv2", "CreateApi", Name="orders", Tags={"project": "shop"})
        keys = {"aws:RequestTag/project": "shop", "aws:TagKeys": ["project"]}
        apis = f"arn:aws:apigateway:{HOME}::/apis"
        address = f"arn:aws:apigateway:{HOME}::/tags/arn%3Aaws%3Aapigateway%3A{HOME}%3A%3A%2Fv2%2Fapis%2F*"
        self.assertEqual(found[:2], [("apigateway:POST", apis, keys), ("apigateway:TagResource", apis, keys)])
        self.assertEqual(found[2:], [("apigateway:POST", address, {**keys, "new": True})])

    def test_what_aws_does_by_the_rights_of_the_caller(self):
        balancer = asked("elbv2", "CreateLoadBalancer", Name="web", Subnets=["subnet-1a2b"], Tags=TAGS)
        self.assertEqual(balancer[-1], ("ec2:GetSecurityGroupsForVpc", arn("ec2", "vpc/*"), {}))
        alarm = arn("cloudwatch", "alarm:TargetTracking-service/a/b-AlarmHigh-new")
        scaling = {"ResourceId": "service/a/b", "PolicyName": "cpu"}
        policy = asked("application-autoscaling", "PutScalingPolicy", PolicyType="TargetTrackingScaling", **scaling)
        self.assertEqual(policy[-1], ("cloudwatch:PutMetricAlarm", alarm, {"new": True}))
        removed = asked("application-autoscaling", "DeleteScalingPolicy", **scaling)
        self.assertEqual(removed[-1], ("cloudwatch:DeleteAlarms", alarm, {"new": True}))
        steps = asked("application-autoscaling", "PutScalingPolicy", PolicyType="StepScaling", **scaling)
        self.assertEqual(len(steps), 1)

    def test_what_agentcore_makes_and_removes_with_an_agent(self):
        directory = arn("bedrock-agentcore", "workload-identity-directory/default")
        made = asked("bedrock-agentcore-control", "CreateAgentRuntime", agentRuntimeName="a", tags={"project": "shop"})
        self.assertEqual(
            made[1:],
            [
                ("bedrock-agentcore:CreateWorkloadIdentity", directory, {}),
                ("bedrock-agentcore:CreateWorkloadIdentity", f"{directory}/workload-identity/a-new", {}),
                (
                    "bedrock-agentcore:CreateAgentRuntimeEndpoint",
                    arn("bedrock-agentcore", "runtime/a-new"),
                    {"new": True},
                ),
            ],
        )
        gone = asked("bedrock-agentcore-control", "DeleteAgentRuntime", agentRuntimeId="a-1a2b")
        self.assertEqual(
            gone[1:],
            [
                ("bedrock-agentcore:DeleteWorkloadIdentity", directory, {}),
                ("bedrock-agentcore:DeleteWorkloadIdentity", f"{directory}/workload-identity/a-1a2b", {}),
            ],
        )

    def test_a_role_that_is_passed_is_asked_about(self):
        role = f"arn:aws:iam::{ACCOUNT}:role/shop/dev/orders"
        function = arn("lambda", "function:orders")
        self.assertEqual(
            asked("lambda", "CreateFunction", FunctionName="orders", Role=role, Tags={"project": "shop"}),
            [
                ("lambda:CreateFunction", function, {"aws:RequestTag/project": "shop", "aws:TagKeys": ["project"]}),
                ("lambda:TagResource", function, {"aws:RequestTag/project": "shop", "aws:TagKeys": ["project"]}),
                ("iam:PassRole", role, {"iam:PassedToService": "lambda.amazonaws.com"}),
            ],
        )

    def test_a_role_is_asked_about_with_its_path_and_boundary(self):
        boundary = f"arn:aws:iam::{ACCOUNT}:policy/shop/dev/boundary"
        [(action, resource, keys)] = asked(
            "iam", "CreateRole", RoleName="a", Path="/shop/dev/", PermissionsBoundary=boundary
        )
        self.assertEqual((action, resource), ("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/shop/dev/a"))
        self.assertEqual(keys, {"iam:PermissionsBoundary": boundary})

    def test_actions_that_have_another_name_than_the_call(self):
        self.assertEqual(asked("s3", "HeadBucket", Bucket="b"), [("s3:ListBucket", "arn:aws:s3:::b", {})])
        versions = asked("s3", "DeleteObjects", Bucket="b", Delete={"Objects": [{"Key": "a", "VersionId": "1"}]})
        both = [("s3:DeleteObject", "arn:aws:s3:::b/a", {}), ("s3:DeleteObjectVersion", "arn:aws:s3:::b/a", {})]
        self.assertEqual(versions, both)
        balancer = arn("elasticloadbalancing", "loadbalancer/app/a/1")
        found = asked("elbv2", "ModifyLoadBalancerAttributes", LoadBalancerArn=balancer)
        self.assertEqual(found, [("elasticloadbalancing:ModifyLoadBalancerAttributes", balancer, {})])
        named = asked("elbv2", "CreateTargetGroup", Name="web", Tags=TAGS)
        new = arn("elasticloadbalancing", "targetgroup/web/new")
        self.assertEqual(
            [each[:2] for each in named],
            [
                ("elasticloadbalancing:CreateTargetGroup", new),
                ("elasticloadbalancing:AddTags", new),
            ],
        )
        builds = asked("codebuild", "BatchGetBuilds", ids=["images:1", "images:2"])
        self.assertEqual(builds, [("codebuild:BatchGetBuilds", arn("codebuild", "project/images"), {})])


if __name__ == "__main__":
    unittest.main()
