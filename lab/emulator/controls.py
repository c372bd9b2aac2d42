"""What a test may switch while the lab runs: `PUT /_lab/iam-delay?seconds=8` has IAM take that long."""

from urllib.parse import parse_qs

PATH = "/_lab/iam-delay"


class Controls:
    """ASGI middleware that answers for the lab's own switches."""

    def __init__(self, app, delay):
        self._app = app
        self._delay = delay

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"] != PATH or not _at_emulator(scope):
            await self._app(scope, receive, send)
            return
        [seconds] = parse_qs(scope["query_string"].decode())["seconds"]
        self._delay.seconds = float(seconds)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def _at_emulator(scope):
    """Not at the host name of a program that runs here, which has this path for itself."""
    return dict(scope["headers"]).get(b"host", b"").startswith((b"localhost:", b"127.0.0.1:"))
