"""Hands calls on to what answers for a service beside this emulator, so that clients need to know one address only."""

import asyncio
import http.client
import json
import os
import re

_SCOPE = re.compile(rb"Credential=[^/,]+/\d{8}/[^/]+/(?P<service>[^/]+)/aws4_request")
# Of one connection alone: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
_HOP_BY_HOP = (b"connection", b"keep-alive", b"transfer-encoding")


class Beside:
    """ASGI middleware that sends what is signed for a service in `ports` to that port of this machine."""

    def __init__(self, app, ports):
        self._app = app
        self._ports = ports

    async def __call__(self, scope, receive, send):
        port = self._ports.get(_signed_for(scope))
        if port is None:
            return await self._app(scope, receive, send)
        status, headers, body = await asyncio.to_thread(_ask, port, scope, await body_of(receive))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def ports_of(text):
    """`monitoring=4569,...` as ports by service."""
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return {service: int(port) for service, port in pairs}


def from_environment(app):
    return Beside(app, ports_of(os.environ.get("LAB_BESIDE", "")))


async def body_of(receive):
    """The whole body of a request."""
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _signed_for(scope):
    headers = dict(scope["headers"]) if scope["type"] == "http" else {}
    found = _SCOPE.search(headers.get(b"authorization", b""))
    return found["service"].decode() if found else None


def answer(service, target, members):
    """What a program that answers for a service says to a call of the JSON protocol."""
    headers = [(b"x-amz-target", target.encode()), (b"content-type", b"application/x-amz-json-1.1")]
    scope = {"method": "POST", "path": "/", "headers": headers}
    port = ports_of(os.environ.get("LAB_BESIDE", ""))[service]
    return json.loads(_ask(port, scope, json.dumps(members).encode())[2])


def _ask(port, scope, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        query = scope.get("query_string", b"")
        target = (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0] + (b"?" + query if query else b"")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        connection.request(scope["method"], target.decode("latin-1"), body, headers)
        response = connection.getresponse()
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.getheaders()]
        return response.status, [pair for pair in raw if pair[0] not in _HOP_BY_HOP], response.read()
    finally:
        connection.close()
