"""Checks what a role may do that somebody outside AWS assumes, on each call that it makes.

The emulator knows neither paths of roles nor most tags when it asks IAM, and asks nothing where another program answers. The calls of
these roles are few enough to ask as AWS does, from AWS's API model; about objects and images, which no model names, the emulator asks.
"""

import contextvars
import json
import re

from ministack.core import iam_evaluator
from ministack.core.iam_evaluator import EvalContext
from ministack.core.responses import get_account_id, request_scope
from ministack.services import alb, apigateway, ec2, iam, sts, tagging

import authorizations
import beside
import roles

asked = {}  # role -> question as JSON -> whether it was allowed
_ids = {}  # role -> what IAM knows it by
_given = {}  # ARN -> tags of what was made with them
# Actions on a role that has a boundary already: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiam.html
_BOUNDED = (
    "iam:AttachRolePolicy",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:GetRole",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
)
_LIST_TARGET_TAGS = "AnyScaleFrontendService.ListTagsForResource"
_decided = contextvars.ContextVar("key of the caller that denial() has answered about", default=None)


def denial(service, operation, members, region, access_key_id, account):
    """What AWS says where a role may not make a call; None where it may, or where the caller is no such role."""
    with request_scope(account, region):
        role = _delivering(access_key_id)
        try:
            asked_now = authorizations.questions(service, operation, members, region, account)
        except (AttributeError, KeyError, TypeError):
            # A call that these roles don't make: it is not known here what IAM is asked.
            return None if role is None else f"{service}:{operation} is unknown to lab/emulator/authorizations.py"
        questions = [_completed(each) for each in asked_now]
        refused = None if role is None else _refused(role, access_key_id, questions, region)
        if refused is None:
            _remember(questions)
        _decided.set(None if role is None else access_key_id)
        return refused


def _delivering(access_key_id):
    """The role of a session, if its trust policy is for somebody outside AWS."""
    name = _role_of((sts._sessions.get(access_key_id) or {}).get("Arn", ""))
    trust = (iam._roles.get(name) or {}).get("AssumeRolePolicyDocument", "") if name else ""
    return name if "Federated" in (trust if isinstance(trust, str) else json.dumps(trust)) else None


def _role_of(session_arn):
    return session_arn.split("/")[1] if ":assumed-role/" in session_arn else None


def _completed(question):
    """With what the request does not say: a role's path and boundary, and the tags that the resource has."""
    action, resource, keys = question
    more = {}
    if resource.startswith("arn:aws:iam:") and action != "iam:CreateRole":
        role = iam._roles.get(resource.rsplit("/", 1)[-1]) or {}
        resource = role.get("Arn", resource)
        if role.get("PermissionsBoundary") and action in _BOUNDED:
            more["iam:PermissionsBoundary"] = role["PermissionsBoundary"]
    tags = {} if keys.get("new") else _tags_of(resource)
    more.update({f"aws:ResourceTag/{key}": value for key, value in tags.items()})
    return authorizations.Question(action, resource, {**more, **{key: keys[key] for key in keys if key != "new"}})


def _tags_of(arn):
    parts = arn.split(":", 5)
    service = parts[2] if len(parts) == 6 else ""
    if service == "ec2":
        return _listed(ec2._tags.get(_route_table_of(arn.rsplit("/", 1)[-1])))
    if service == "elasticloadbalancing":
        return _listed(alb._tags.get(arn))
    if service == "apigateway":
        api = re.sub(r"(/apis/[^/]+).*", r"\1", arn)
        return apigateway._api_tags.get(api) or {}
    if ":scalable-target/" in arn and arn not in _given:
        # Its own ARN has an id that the call which made it does not name.
        return beside.answer("application-autoscaling", _LIST_TARGET_TAGS, {"ResourceARN": arn})["Tags"]
    # AWS lists the condition on tags for streams too, which have none but their group's.
    named = arn.partition(":log-stream:")[0]
    return {**(tagging.resource_tags(named) or {}), **_given.get(named, {})}


def _route_table_of(name):
    tables = ec2._route_tables.values() if name.startswith("rtbassoc-") else []
    found = [
        table for table in tables if any(each.get("RouteTableAssociationId") == name for each in table["Associations"])
    ]
    return found[0]["RouteTableId"] if found else name


def _listed(tags):
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def _remember(questions):
    """Tags of what has a name: the emulator does not keep all of them, and some are kept elsewhere."""
    for action, resource, keys in questions:
        tags = {key.partition("/")[2]: value for key, value in keys.items() if key.startswith("aws:RequestTag/")}
        if tags and resource != "*" and not resource.endswith(("/new", ":new")):
            _given[resource] = {**_given.get(resource, {}), **tags}


def _refused(role, access_key_id, questions, region):
    principal = iam_evaluator.resolve_principal(access_key_id, get_account_id())
    if hasattr(principal, "code"):
        return principal.message
    for question in questions:
        allowed = _allows(principal, question, region)
        _note(role, question, allowed)
        if not allowed:
            action, resource, _ = question
            return f"User: {principal.arn} is not authorized to perform: {action} on resource: {resource}"
    return None


def _allows(principal, question, region):
    context = EvalContext(
        principal_arn=principal.arn,
        principal_type=principal.type,
        principal_account=principal.account,
        action=question.action,
        resource_arn=question.resource,
        region=region,
        principal_keys=principal.keys,
        service_context={key.lower(): value for key, value in question.keys.items()},
    )
    return iam_evaluator.evaluate(context, principal.policies, *principal.limits).decision == "Allow"


def _note(role, question, allowed):
    role_id = iam._roles.get(role)["RoleId"]
    if _ids.get(role) != role_id:
        # Another role had the name before.
        _ids[role], asked[role] = role_id, {}
    asked[role][json.dumps(question, sort_keys=True, default=str)] = allowed


def _leaving(enforce):
    def enforcing(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if access_key_id and _decided.get() == access_key_id:
            # Who calls is still to be checked.
            return iam_evaluator.check_credentials(access_key_id, service)
        role = _delivering(access_key_id)
        refused = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if role is not None:
            _note(role, [iam_action, resource_arn, service_context or {}], refused is None)
        return refused

    return enforcing


def _noting(denial_of_key):
    """Of images, at the registry."""

    def denial_of(access_key_id, account, action, resource, keys=None):
        refused = denial_of_key(access_key_id, account, action, resource, keys)
        role = _delivering(access_key_id)
        if role is not None:
            _note(role, [action, resource, keys or {}], refused is None)
        return refused

    return denial_of


def report():
    """Every question by role: `[[action, resource, keys], allowed]`."""
    return {
        role: [[json.loads(question), allowed] for question, allowed in found.items()] for role, found in asked.items()
    }


def install():
    """Takes effect for every call from now on."""
    iam_evaluator.enforce = _leaving(iam_evaluator.enforce)
    roles.denial_of_key = _noting(roles.denial_of_key)
