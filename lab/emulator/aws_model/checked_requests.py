"""Refuses what AWS's API model does not allow, before the emulator is asked, and says what was checked.

Calls of data planes (an HTTP API, a function's URL, a load balancer, a registry, an object in S3) have no model, or one that says
nothing of what they carry.
"""

import json
import re
import sys
from xml.sax.saxutils import escape

from aws_model import api_model
from beside import body_of

_SCOPE = re.compile(r"Credential=(?P<key>[^/,]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")
_UNMODELLED = ("execute-api",)
# What runs here has host names of its own, and its callers may sign.
_PROGRAM_HOST = re.compile(rb"[^/]*\.(alb|elb|execute-api|lambda-url)\.")
_OBJECT_PATH = re.compile(r"/[^/]+/.")
# Paths at which the emulator has data planes; API Gateway's own calls have those of a registry.
_DATA_PATHS = ("/_aws/", "/v2/")


class CheckedRequests:
    """ASGI middleware around an application that speaks AWS's APIs."""

    def __init__(self, app, denial=lambda *_: None):
        self._app = app
        self._denial = denial
        self._operations = {}
        self._refused = []

    async def __call__(self, scope, receive, send):
        service = _signed_for(scope)
        if service is None:
            return await self._app(scope, receive, send)
        body = await body_of(receive)
        refusal = self._check(service, scope, body)
        if refusal is None:
            return await self._app(scope, _again(body, receive), send)
        await _answer(send, *refusal)

    def report(self):
        """Calls that were checked, by operation, and what was refused."""
        checked = sum(self._operations.values())
        return {"checked": checked, "operations": dict(sorted(self._operations.items())), "refused": self._refused}

    def _check(self, service, scope, body):
        """The answer of a request that is refused; None for one that is not."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            operation, members = api_model.read(service, scope["method"], _url_of(scope, headers), headers, body)
        except api_model.UnknownOperation as error:
            return self._refuse(service, "UnknownOperationException", str(error), "json")
        except api_model.Unreadable as error:
            return self._refuse(service, "SerializationException", str(error), "json")
        name = f"{operation.service_model.service_name}:{operation.name}"
        self._operations[name] = self._operations.get(name, 0) + 1
        found = api_model.violations(operation, members)
        protocol = str(operation.service_model.protocol)
        if not found:
            return self._denied(operation, members, headers, protocol)
        errors = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
        message = f"{errors} detected: {'; '.join(found)}"
        code = {"ec2": "InvalidParameterValue", "query": "ValidationError"}.get(protocol, "ValidationException")
        return self._refuse(name, code, message, protocol)

    def _denied(self, operation, members, headers, protocol):
        """The answer of a request that IAM refuses; None for one that it does not."""
        scope = _SCOPE.search(headers["authorization"])
        service = operation.service_model.service_name
        message = self._denial(service, operation.name, members, scope["region"], scope["key"])
        if message is None:
            return None
        code = {"ec2": "UnauthorizedOperation", "query": "AccessDenied", "rest-xml": "AccessDenied"}
        status, kind, text, more = _error(code.get(protocol, "AccessDeniedException"), message, protocol)
        return (403 if protocol != "json" else status), kind, text, more

    def _refuse(self, name, code, message, protocol):
        self._refused.append(f"{name}: {message}")
        print(f"refused by AWS's API model: {name}: {message}", file=sys.stderr, flush=True)
        return _error(code, message, protocol)


def _signed_for(scope):
    """The service that a call of its API is signed for; None for everything else."""
    headers = dict(scope["headers"]) if scope["type"] == "http" else {}
    if not headers or _PROGRAM_HOST.match(headers.get(b"host", b"")):
        return None
    authorization = headers.get(b"authorization", b"").decode("latin-1")
    found = _SCOPE.search(authorization)
    service = found["service"] if found else None
    if service != "apigateway" and scope["path"].startswith(_DATA_PATHS):
        return None
    if service in _UNMODELLED or (service == "s3" and _OBJECT_PATH.match(scope["path"])):
        return None
    return service


def _url_of(scope, headers):
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    query = scope.get("query_string", b"").decode("latin-1")
    return f"http://{headers.get('host', 'localhost')}{path}{'?' if query else ''}{query}"


def _again(body, receive):
    """Gives a body that was read once more, and then what else there is to receive."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again():
        return waiting.pop() if waiting else await receive()

    return receive_again


def _error(code, message, protocol):
    """Status, type, text and headers of an error, as clients of a protocol read it."""
    if protocol == "ec2":
        errors = f"<Errors><Error><Code>{code}</Code><Message>{escape(message)}</Message></Error></Errors>"
        return 400, "text/xml", f"<Response>{errors}<RequestID>lab</RequestID></Response>", {}
    if protocol in ("query", "rest-xml"):
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        return 400, "text/xml", f"<ErrorResponse>{error}<RequestId>lab</RequestId></ErrorResponse>", {}
    text = json.dumps({"__type": code, "message": message})
    return 400, "application/x-amz-json-1.1", text, {"x-amzn-errortype": code}


async def _answer(send, status, kind, text, more):
    headers = {"content-type": kind, **more}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": text.encode()})
