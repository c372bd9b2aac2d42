"""Answers a retried call with what its first attempt was answered.

An AWS SDK for Go that gets its answer while it still finishes writing the request may drop the connection and try again,
mostly on a busy machine. AWS takes longer to answer than that; the emulator on this machine doesn't, and the second attempt
at creating something fails with a conflict. Attempts of one call carry the same invocation id.
"""

from collections import OrderedDict

KEPT_ANSWERS = 512
LARGEST_ANSWER = 1 << 20


class ReplayedRetries:
    """ASGI middleware around an application that speaks AWS's APIs."""

    def __init__(self, app):
        self._app = app
        self._answers = OrderedDict()

    async def __call__(self, scope, receive, send):
        call = _call_of(scope)
        if call is None:
            await self._app(scope, receive, send)
            return
        key, attempt = call
        answer = self._answers.get(key) if attempt > 1 else None
        if answer is None:
            answer = await self._ask(scope, receive)
            self._keep(key, answer)
        for message in answer:
            await send(message)

    async def _ask(self, scope, receive):
        # The whole answer before any of it is sent: the caller may be gone after its first bytes.
        answer = []

        async def collect(message):
            answer.append(message)

        await self._app(scope, receive, collect)
        return answer

    def _keep(self, key, answer):
        succeeded = bool(answer) and 200 <= answer[0].get("status", 500) < 300
        size = sum(len(message.get("body", b"")) for message in answer)
        if not succeeded or size > LARGEST_ANSWER:
            return
        self._answers[key] = answer
        while len(self._answers) > KEPT_ANSWERS:
            self._answers.popitem(last=False)


def _call_of(scope):
    """The key of a call that changes something, and which attempt this is; None for everything else."""
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
        return None
    headers = dict(scope["headers"])
    invocation = headers.get(b"amz-sdk-invocation-id")
    if invocation is None:
        return None
    fields = dict(field.strip().partition(b"=")[::2] for field in headers.get(b"amz-sdk-request", b"").split(b";"))
    attempt = fields.get(b"attempt", b"1")
    return (invocation, scope["method"], scope["path"]), int(attempt) if attempt.isdigit() else 1
