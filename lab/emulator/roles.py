"""What services do by a role: whether they may assume it, the credentials that it has, and whether it may do what they do.

Policies are looked up at each question, so that a change counts for whatever runs already.
"""

import copy
import hashlib

from ministack.core import iam_actions, iam_evaluator
from ministack.core.iam_evaluator import EvalContext, PrincipalInfo
from ministack.core.responses import get_region
from ministack.services import iam, sts

from iam_delay import Delay

delay = Delay()
uses = {}  # role -> action -> resource -> how often it was allowed and refused

# What changes a role or its policies, by the name that IAM has for it.
_CHANGES = (
    "CreateRole",
    "DeleteRole",
    "UpdateAssumeRolePolicy",
    "PutRolePolicy",
    "DeleteRolePolicy",
    "AttachRolePolicy",
    "DetachRolePolicy",
)


def _account(arn):
    return arn.split(":")[4]


def _name(role_arn):
    return role_arn.rsplit("/", 1)[-1]


def _seen(name, account):
    """A role as the rest of AWS knows it now; None where it does not yet."""
    return delay.seen((account, name), iam._roles.get_scoped(account, None, name))


def _policies_seen(name, account):
    role = _seen(name, account) or {}
    documents = list((role.get("InlinePolicies") or {}).values())
    for arn in role.get("AttachedPolicies", []):
        documents.append(iam_evaluator._resolve_managed_policy_document(arn, account))
    return [statements for statements in map(iam_evaluator.parse_policy_document, filter(None, documents)) if statements]


def _note_use(role_name, action, resource, allowed):
    counts = uses.setdefault(role_name, {}).setdefault(action, {}).setdefault(resource, {"allowed": 0, "refused": 0})
    counts["allowed" if allowed else "refused"] += 1


def _counted(enforce):
    def enforcing(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        denied = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        arn = (sts._sessions.get(access_key_id) or {}).get("Arn", "")
        if ":assumed-role/" in arn:
            _note_use(arn.split("/")[1], iam_action, resource_arn, denied is None)
        return denied

    return enforcing


def _noting(operation):
    def handler(parameters):
        name = iam._p(parameters, "RoleName")
        before = copy.deepcopy(iam._roles.get(name))
        response = operation(parameters)
        if response[0] < 300:
            delay.changed((iam.get_account_id(), name), before)
        return response

    return handler


def assumable(role_arn, service, source_arn=""):
    """Whether a role's trust policy lets a service assume it on behalf of one of its resources."""
    role = _seen(_name(role_arn), _account(role_arn)) if role_arn.startswith("arn:") else None
    trust = (role or {}).get("AssumeRolePolicyDocument")
    allowed = trust is not None and service_may(trust, service, "sts:AssumeRole", role_arn, source_arn)
    _note_use(_name(role_arn), "sts:AssumeRole", service, allowed)
    return allowed


def service_may(policy, service, action, resource, source_arn):
    """Whether a resource's own policy allows an action to a service that acts for something else."""
    account = _account(source_arn) if source_arn else _account(resource)
    keys = {"aws:sourcearn": source_arn or None, "aws:sourceaccount": account}
    context = EvalContext(
        principal_arn=service,
        principal_type="AWSService",
        principal_account=account,
        action=action,
        resource_arn=resource,
        region=get_region(),
        service_context={key: value for key, value in keys.items() if value},
    )
    return iam_evaluator.evaluate_resource_policy(policy, context, service=service).decision == "Allow"


def anybody_may(policy, action, resource, keys):
    """Whether a resource's own policy allows an action to unsigned callers."""
    context = EvalContext(
        principal_arn="*",
        principal_type="Anonymous",
        principal_account="",
        action=action,
        resource_arn=resource,
        region=get_region(),
        service_context={key.lower(): value for key, value in keys.items()},
    )
    return iam_evaluator.evaluate_resource_policy(policy, context).decision == "Allow"


def credentials(role_arn, session_name):
    """Variables with the keys of a session of a role, which end when the emulator does."""
    digest = hashlib.sha256(f"{role_arn}:{session_name}".encode()).hexdigest()
    session = {
        "Arn": session_arn(role_arn, session_name),
        "UserId": f"{_name(role_arn)}:{session_name}",
        "SecretAccessKey": hashlib.sha256(f"secret:{digest}".encode()).hexdigest(),
        "SessionToken": hashlib.sha256(f"token:{digest}".encode()).hexdigest(),
    }
    access_key_id = f"ASIA{digest[:16].upper()}"
    sts.register_session(access_key_id, session)
    return {
        "AWS_ACCESS_KEY_ID": access_key_id,
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }


def session_arn(role_arn, session_name):
    return f"arn:aws:sts::{_account(role_arn)}:assumed-role/{_name(role_arn)}/{session_name}"


def denial(role_arn, session_name, action, resource):
    """What AWS says where a role may not do something; None where it may."""
    account = _account(role_arn)
    policies = iam_evaluator._gather_role_policies(_name(role_arn), account)
    principal = PrincipalInfo(session_arn(role_arn, session_name), "AssumedRole", account, policies)
    return _denial(principal, action, resource)


def denial_of_key(access_key_id, account, action, resource, keys=None):
    """As `denial`, for the caller who has an access key."""
    principal = iam_evaluator.resolve_principal(access_key_id, account)
    return principal.message if hasattr(principal, "code") else _denial(principal, action, resource, keys)


def _denial(principal, action, resource, keys=None):
    context = EvalContext(
        principal_arn=principal.arn,
        principal_type=principal.type,
        principal_account=principal.account,
        action=action,
        resource_arn=resource,
        region=get_region(),
        principal_keys=principal.keys,
        service_context={key.lower(): value for key, value in (keys or {}).items()},
    )
    result = iam_evaluator.evaluate(context, principal.policies, *principal.limits)
    service = action.partition(":")[0]
    found = iam_evaluator._resource_policy(service, resource)
    if found is not None:
        required = service in iam_evaluator._POLICY_REQUIRED
        result = iam_evaluator.combine_resource_policy(result, context, *found, required=required)
    if principal.type == "AssumedRole":
        _note_use(principal.arn.split("/")[1], action, resource, result.decision == "Allow")
    if result.decision == "Allow":
        return None
    return iam_actions.identity_denial_message(action, principal.arn, resource, result.decision == "Deny")


def log_stream_arn(group, stream=""):
    """https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html"""
    return f"arn:aws:logs:{get_region()}:{iam.get_account_id()}:log-group:{group}:log-stream:{stream}"


def log_denial(role_arn, session_name, group, stream=""):
    """As `denial`, for writing to a log stream that is made for it."""
    resource = log_stream_arn(group, stream)
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    return next(filter(None, (denial(role_arn, session_name, action, resource) for action in actions)), None)


def install():
    """Takes effect for every call from now on."""
    iam_evaluator._gather_role_policies = _policies_seen
    iam_evaluator.enforce = _counted(iam_evaluator.enforce)
    for name in _CHANGES:
        iam._IAM_HANDLERS[name] = _noting(iam._IAM_HANDLERS[name])
