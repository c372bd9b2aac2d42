"""Writes what an agent prints to the log group of the endpoint that was invoked, as AgentCore does.

The emulator removes a container that does not start with all that it said, which is what tells why. A group that is not there
stays so: the role of an agent here may make none.
"""

import contextvars
import time

import docker
from ministack.services import bedrock_agentcore, cloudwatch_logs

import roles

_endpoint = contextvars.ContextVar("name of the endpoint that is invoked", default=None)
_delivered = {}  # container -> lines that were written

_invoke_agent_runtime = bedrock_agentcore._invoke_agent_runtime
_invoke_container = bedrock_agentcore._invoke_container
_remove_container = bedrock_agentcore._remove_container


def log_group(runtime_id, endpoint):
    """https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-view.html"""
    return f"/aws/bedrock-agentcore/runtimes/{runtime_id}-{endpoint}"


def deliver(container):
    """Writes the lines that came since the last time."""
    endpoint = _endpoint.get()
    if endpoint is None:
        return
    lines = container.logs().decode(errors="replace").splitlines()
    new = lines[_delivered.get(container.id, 0) :]
    _delivered[container.id] = len(lines)
    if not new:
        return
    runtime = bedrock_agentcore._runtimes[container.labels["ministack.agentcore.runtime"]]
    group = log_group(runtime["agentRuntimeId"], endpoint)
    stream = {
        "logGroupName": group,
        "logStreamName": time.strftime("%Y/%m/%d/[runtime-logs]") + container.short_id,
    }
    if roles.log_denial(runtime["roleArn"], "BedrockAgentCore", group, stream["logStreamName"]) is not None:
        return
    now = int(time.time() * 1000)
    cloudwatch_logs._create_log_stream(stream)
    cloudwatch_logs._put_log_events({**stream, "logEvents": [{"timestamp": now, "message": line} for line in new]})


def _invoke(runtime_arn, headers, body, query_params=None):
    token = _endpoint.set(bedrock_agentcore._agentcore_query_value(query_params, "qualifier") or "DEFAULT")
    try:
        return _invoke_agent_runtime(runtime_arn, headers, body, query_params)
    finally:
        _endpoint.reset(token)


def _invoke_and_deliver(url, *args):
    response = _invoke_container(url, *args)
    for container in list(bedrock_agentcore._containers.values()):
        if getattr(container, "_ministack_invocations_url", None) == url:
            deliver(container)
    return response


def _deliver_and_remove(container):
    try:
        deliver(container)
    except docker.errors.APIError:
        pass  # it is gone already
    _delivered.pop(container.id, None)
    _remove_container(container)


def install():
    """Takes effect for every invocation from now on."""
    bedrock_agentcore._invoke_agent_runtime = _invoke
    bedrock_agentcore._invoke_container = _invoke_and_deliver
    bedrock_agentcore._remove_container = _deliver_and_remove
