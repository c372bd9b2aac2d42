"""Has ECS start tasks by their execution role, and run them by their task role.

The emulator names its own credentials endpoint by host.docker.internal. SDKs take credentials by plain HTTP from loopback and
AWS's link-local addresses only, so a task would start without any; functions get them from the environment, and so do tasks here.
"""

import contextvars
import time

from ministack.services import ecs, secretsmanager

import roles
from image_rules import PULLING, repository_of

# Longest time that Fargate takes to make a task's network, before which it needs none of its roles.
PROVISIONING_SECONDS = 30

_execution = contextvars.ContextVar("execution role and id of the task that is started", default=None)

_register_metadata = ecs._register_metadata
_start_task_worker = ecs._start_task_worker
_resolve_container_secrets = ecs._resolve_container_secrets
_awslogs_config = ecs._awslogs_config
_emit_awslogs_event = ecs._emit_awslogs_event

_RETRIED = "has been retried 1 time(s): AccessDeniedException: "


class _NotStarted(Exception):
    """What ECS stops a task with that it can't start."""


def _with_credentials(task_arn, cluster_arn, td, cdef, launch_type, env, host_mode, ministack_net_ip):
    token = _register_metadata(task_arn, cluster_arn, td, cdef, launch_type, env, host_mode, ministack_net_ip)
    del env["AWS_CONTAINER_CREDENTIALS_FULL_URI"], env["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    if td.get("taskRoleArn"):
        env.update(roles.credentials(td["taskRoleArn"], task_arn.rpartition("/")[2]))
    return token


def _start_by_roles(task, td, container_overrides, docker_client):
    token = _execution.set((td.get("executionRoleArn"), task["taskArn"].rpartition("/")[2]))
    try:
        _provision(task, td)
        _start_task_worker(task, td, container_overrides, docker_client)
    except _NotStarted as refusal:
        ecs._fail_task_start(task, docker_client, str(refusal))
    finally:
        _execution.reset(token)


def _provision(task, td):
    """Where IAM takes a moment, tries until a task's network would be there: on AWS a new role counts by then."""
    for seconds_left in reversed(range(PROVISIONING_SECONDS if roles.delay.seconds else 1)):
        try:
            _ask_roles(task, td)
            return
        except (_NotStarted, ecs._SecretResolutionError, ecs._ImagePullError):
            if seconds_left == 0:
                raise
            time.sleep(1)


def _ask_roles(task, td):
    for role in filter(None, (td.get("executionRoleArn"), td.get("taskRoleArn"))):
        _assume(role, task["taskArn"])
    for definition in td["containerDefinitions"]:
        _pull(definition["image"])
        _open_log(definition)


def _assume(role, task_arn):
    if not roles.assumable(role, "ecs-tasks.amazonaws.com", task_arn):
        raise _NotStarted(
            f"ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role being passed "
            "has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
        )


def _denial(action, resource):
    role, task = _execution.get()
    return roles.denial(role, task, action, resource) if role else f"the task has no execution role for {action}"


def _pull(image):
    repository = repository_of(image)
    denial = repository and _denial("ecr:GetAuthorizationToken", "*")
    if denial:
        raise ecs._SecretResolutionError(f"unable to retrieve ecr registry auth: service call {_RETRIED}{denial}")
    if repository and any(_denial(action, repository) for action in PULLING):
        tried = "pull image manifest has been retried 1 time(s)"
        raise ecs._ImagePullError(f"{tried}: failed to resolve ref {image}: unexpected status: 403 Forbidden")


def _open_log(definition):
    group = ((definition.get("logConfiguration") or {}).get("options") or {}).get("awslogs-group")
    denial = group and _denial("logs:CreateLogStream", roles.log_stream_arn(group))
    if denial:
        failed = "ResourceInitializationError: failed to validate logger args: create stream"
        raise _NotStarted(f"{failed} {_RETRIED}{denial}")


def _secrets_by_role(definition):
    for secret in definition.get("secrets", []):
        denial = _secret_denial(secret["valueFrom"])
        if denial is not None:
            raise ecs._SecretResolutionError("unable to retrieve secret from asm: service call " + _RETRIED + denial)
    return _resolve_container_secrets(definition)


def _secret_denial(value_from):
    arn = ":".join(value_from.split(":")[:7])
    action = "secretsmanager:GetSecretValue" if ":secretsmanager:" in arn else "ssm:GetParameters"
    key = (secretsmanager._secrets.get(arn.rpartition(":secret:")[2][:-7]) or {}).get("KmsKeyId")
    return _denial(action, arn) or (key and key.startswith("arn:") and _denial("kms:Decrypt", key)) or None


def _config_with_role(cdef, task_id, container_id):
    config = _awslogs_config(cdef, task_id, container_id)
    return config and {**config, "execution": _execution.get()}


def _emit_where_allowed(config, message):
    role, task = config["execution"]
    stream = roles.log_stream_arn(config["group"], config["stream"])
    if role is not None and roles.denial(role, task, "logs:PutLogEvents", stream) is None:
        _emit_awslogs_event(config, message)


def install():
    """Takes effect for every task that starts from now on."""
    ecs._register_metadata = _with_credentials
    ecs._start_task_worker = _start_by_roles
    ecs._resolve_container_secrets = _secrets_by_role
    ecs._awslogs_config = _config_with_role
    ecs._emit_awslogs_event = _emit_where_allowed
