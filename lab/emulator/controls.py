"""What tests ask of the lab itself while it runs.

`PUT /_lab/iam-delay?seconds=8` has IAM take that long; `GET /_lab/iam-uses` tells what each role was allowed and refused,
`GET /_lab/api-model` what was held against AWS's API model, and `GET /_lab/deliveries` what IAM was asked about roles that are assumed
from outside AWS.
"""

import json
from urllib.parse import parse_qs


class Controls:
    """ASGI middleware that answers them."""

    def __init__(self, app, delay, reports):
        self._app = app
        self._delay = delay
        self._reports = reports

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith("/_lab/") or not _at_emulator(scope):
            await self._app(scope, receive, send)
            return
        body = self._answer(scope)
        status = 404 if body is None else 200
        await send(
            {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]}
        )
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    def _answer(self, scope):
        report = self._reports.get(scope["path"].removeprefix("/_lab/"))
        if scope["method"] == "GET" and report is not None:
            return report()
        if (scope["method"], scope["path"]) == ("PUT", "/_lab/iam-delay"):
            [seconds] = parse_qs(scope["query_string"].decode())["seconds"]
            self._delay.seconds = float(seconds)
            return {"seconds": self._delay.seconds}
        return None


def _at_emulator(scope):
    """Not at the host name of a program that runs here, which has these paths for itself."""
    return dict(scope["headers"]).get(b"host", b"").startswith((b"localhost:", b"127.0.0.1:"))
