"""Gives ECS tasks credentials that every AWS SDK accepts.

The emulator names its own credentials endpoint by host.docker.internal. SDKs take credentials by plain HTTP from loopback and
AWS's link-local addresses only, so a task would start without any; functions get them from the environment, and so do tasks here.
"""

from ministack.services import ecs

_register_metadata = ecs._register_metadata


def _with_credentials(task_arn, cluster_arn, td, cdef, launch_type, env, host_mode, ministack_net_ip):
    token = _register_metadata(task_arn, cluster_arn, td, cdef, launch_type, env, host_mode, ministack_net_ip)
    del env["AWS_CONTAINER_CREDENTIALS_FULL_URI"], env["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    env.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")
    return token


def install():
    """Takes effect for every task that starts from now on."""
    ecs._register_metadata = _with_credentials
