"""Has ECS services wait for the health checks of their target groups, and drain the tasks that they stop.

The emulator alone takes a task for healthy a second after its container started, whatever it answers, sends requests to it before it
listens, and stops old tasks while they answer.
"""

import time

from ministack.core.concurrency import spawn_background
from ministack.core.responses import request_scope
from ministack.services import alb, ecs

import health_check

DRAIN_SECONDS = 5.0
# Of a task that is a target: absent until its checks passed.
STATE = "_target_state"

_task_ip = ecs._task_ip
_complete = ecs._schedule_service_deployment_completion
_stop_task = ecs._stop_task
_set_targets = alb.set_targets_for_group

# What listens where: a service whose port changes still has tasks on the old one.
_ports = {}


def install():
    """Takes effect for every task that starts from now on."""
    ecs._task_ip = _routable_ip
    ecs._schedule_service_deployment_completion = _complete_when_healthy
    ecs._stop_task = _drain_then_stop
    alb.set_targets_for_group = _set_targets_with_ports


def _balanced_service(task):
    """The service behind a load balancer that a task is of, if there is one."""
    kind, _, name = task.get("group", "").partition(":")
    service = ecs._services.get(f"{ecs._cluster_name_from_arn(task.get('clusterArn', ''))}/{name}")
    return service if kind == "service" and service and service.get("loadBalancers") else None


def _routable_ip(task):
    """The address of a task, if requests may be sent to it."""
    if _balanced_service(task) is not None and task.get(STATE) != "healthy":
        return None
    return _task_ip(task)


def _complete_when_healthy(cluster_name, svc_key, account_id, region, healthy_task=None):
    """As the emulator's own, for a task that has passed its checks; one that fails them is stopped as ECS does it."""
    task = healthy_task
    service = None if task is None else _balanced_service(task)
    if service is None:
        _complete(cluster_name, svc_key, account_id, region, healthy_task=task)
        return

    def judge():
        with request_scope(account_id, region):
            for balancer in service["loadBalancers"]:
                arn = balancer["targetGroupArn"]
                _ports[arn, _task_ip(task)] = balancer["containerPort"]
                healthy = _watch(task, service, alb._tgs[arn], balancer["containerPort"])
                if healthy is False:
                    ecs._fail_task_start(task, ecs._get_docker(), f"Task failed ELB health checks in (target-group {arn})")
                if not healthy:
                    return
            task[STATE] = "healthy"
            _complete(cluster_name, svc_key, account_id, region, healthy_task=task)

    spawn_background(judge, thread_name=f"lab-target-health-{task['taskArn'][-8:]}")


def _watch(task, service, group, port):
    return health_check.watch(
        lambda: health_check.answers(_task_ip(task), port, group),
        lambda: task.get("lastStatus") == "RUNNING",
        group,
        service.get("healthCheckGracePeriodSeconds", 0),
    )


def _set_targets_with_ports(tg_arn, targets, previous_ids=()):
    own = [(ip, _ports.get((tg_arn, ip), port)) for ip, port in targets]
    return _set_targets(tg_arn, own, previous_ids)


def _drain_then_stop(data):
    """Sends a task no more requests, lets it end those that it has, and stops it."""
    cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
    task = ecs._resolve_task(data.get("task", ""), cluster) if cluster else None
    service = None if task is None else _balanced_service(task)
    if service is not None and task.get(STATE) == "healthy":
        task[STATE] = "draining"
        ecs._sync_service_targets(cluster, service)
        time.sleep(DRAIN_SECONDS)
    return _stop_task(data)
