"""Whether a request is one that AWS's own API model allows: required members, enumerations, lengths, ranges and patterns.

The models are botocore's, which AWS generates its SDKs from; Moto's routers and parsers read a request by them. What AWS checks
beyond its model (whether a role exists, whether two settings go together) is not checked here.
"""

import functools

import regex
from moto.core.parse import PROTOCOL_PARSERS, RequestParserError
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound

# What a request is signed for is not always what botocore calls the service: the first model that knows the operation counts.
_MODELS = {
    "apigateway": ("apigatewayv2", "apigateway"),
    "bedrock": ("bedrock-runtime", "bedrock"),
    "bedrock-agentcore": ("bedrock-agentcore-control", "bedrock-agentcore"),
    "elasticloadbalancing": ("elbv2",),
    "monitoring": ("cloudwatch",),
    "sagemaker": ("sagemaker-runtime", "sagemaker"),
    "states": ("stepfunctions",),
    "tagging": ("resourcegroupstaggingapi",),
}

# Java's way to write every character beyond the first 65,536.
_ASTRAL = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")

_SIZED = ("string", "blob", "list", "map")
_NUMBERS = ("integer", "long", "float", "double")


class UnknownOperation(Exception):
    """No model of the service has the operation."""


class Unreadable(Exception):
    """A member is not of the type that the model has for it."""


def read(signed_for, method, url, headers, body):
    """The operation's model and the members of a request that is signed for a service.

    Raises UnknownOperation or Unreadable.
    """
    request = Request.from_primitives(method, url, headers, body)
    for service in _MODELS.get(signed_for, (signed_for,)):
        try:
            operation, in_path = get_service_router(service).match(request)
        except (NotFound, NotImplementedError):
            continue
        return operation, _members(operation, request, in_path, body)
    raise UnknownOperation(f"{signed_for} has no operation for {method} {url}")


def _members(operation, request, in_path, body):
    protocol = determine_request_protocol(operation.service_model, request.content_type)
    parts = {
        "body": body,
        "headers": request.headers,
        "method": request.method,
        "url_params": in_path,
        "url_path": request.path,
        "values": request.values,
    }
    try:
        return PROTOCOL_PARSERS[protocol](operation).parse(parts)
    except (AttributeError, RequestParserError, TypeError, ValueError) as error:
        raise Unreadable(f"{operation.name} can't be read: {error}") from error


def violations(operation, members):
    """What of a request the model does not allow, in AWS's words."""
    shape = operation.input_shape
    return [] if shape is None else list(_of_structure(shape, members, ""))


def _of_structure(shape, members, path):
    for name in shape.required_members:
        if not _given(members.get(name)):
            yield _violation("null", _below(path, name), "must not be null")
    for name, value in members.items():
        if _given(value) and name in shape.members:
            yield from _of(shape.members[name], value, _below(path, name))


def _of(shape, value, path):
    yield from _of_constraints(shape, value, path)
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False) and isinstance(value, dict):
        yield from _of_structure(shape, value, path)
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            yield from _of(shape.member, item, f"{path}.{index + 1}.member")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from _of(shape.key, key, f"{path}.key")
            yield from _of(shape.value, item, f"{path}.{key}.member")


def _of_constraints(shape, value, path):
    limits = shape.metadata
    size = len(value) if shape.type_name in _SIZED else value if shape.type_name in _NUMBERS else None
    noun = "value" if shape.type_name in _NUMBERS else "length"
    if size is not None and "min" in limits and size < limits["min"]:
        yield _violation(value, path, f"must have {noun} greater than or equal to {limits['min']}")
    if size is not None and "max" in limits and size > limits["max"]:
        yield _violation(value, path, f"must have {noun} less than or equal to {limits['max']}")
    if shape.type_name != "string":
        return
    if "enum" in limits and value not in limits["enum"]:
        yield _violation(value, path, f"must satisfy enum value set: [{', '.join(limits['enum'])}]")
    if "pattern" in limits and not _pattern(limits["pattern"]).fullmatch(value):
        yield _violation(value, path, f"must satisfy regular expression pattern: {limits['pattern']}")


def _given(value):
    # The parsers leave a member that is not there out, or have None for it.
    return value is not None


def _below(path, name):
    first = name[0].lower() + name[1:]
    return f"{path}.{first}" if path else first


def _violation(value, path, constraint):
    shown = "Value" if value == "null" else f"Value '{value}'"
    return f"{shown} at '{path}' failed to satisfy constraint: Member {constraint}"


@functools.cache
def _pattern(text):
    return regex.compile(text.replace(*_ASTRAL))
