"""A target group's health check, once a second instead of once an interval."""

import http.client
import time

INTERVAL_SECONDS = 1.0
# How long a target may not answer at all: qemu starts a container much more slowly than Fargate does, above all on a busy machine.
SILENT_SECONDS = 300.0


def matches(status, matcher):
    """Whether a status is one of `200`, `200,301` or `200-299`."""
    for part in matcher.split(","):
        first, _, last = part.strip().partition("-")
        if int(first) <= status <= int(last or first):
            return True
    return False


def answers(host, port, group):
    """Whether a target answers the check of its group now as it should; None where it does not answer at all."""
    connection = http.client.HTTPConnection(host, port, timeout=group["HealthCheckTimeoutSeconds"])
    try:
        connection.request("GET", group["HealthCheckPath"])
        return matches(connection.getresponse().status, group["Matcher"]["HttpCode"])
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def watch(check, runs, group, grace_seconds, now=time.monotonic, sleep=time.sleep):
    """Repeats a check until it says what the target is.

    Returns True for healthy, False for unhealthy, and None for a target that stopped running meanwhile. Failures count only
    after the grace period, as ECS ignores them until then; silence counts later.
    """
    start, passed, failed = now(), 0, 0
    while runs():
        answer = check()
        if answer:
            passed, failed = passed + 1, 0
        else:
            patience = max(grace_seconds, SILENT_SECONDS) if answer is None else grace_seconds
            passed, failed = 0, failed + (now() - start >= patience)
        if passed >= group["HealthyThresholdCount"]:
            return True
        if failed >= group["UnhealthyThresholdCount"]:
            return False
        sleep(INTERVAL_SECONDS)
    return None
