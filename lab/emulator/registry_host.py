"""Leads ECR's host names to this emulator, which answers for them by plain HTTP.

BuildKit takes this emulator for its HTTP proxy, so it asks for absolute addresses (`GET http://<host>/v2/...`). Docker gets
images by the emulator's own address, which every engine on this machine takes without TLS; a name that containers keep would
not be asked for otherwise.
"""

import functools
import inspect
import re
from urllib.parse import urlsplit

# https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
_ECR = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?=/|$)")


class ProxiedRegistry:
    """ASGI middleware that answers what is asked of ECR's host names through a proxy, and refuses other hosts."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        host, target = _absolute(scope)
        if host is None:
            await self._app(scope, receive, send)
        elif _ECR.fullmatch(host):
            await self._app({**scope, **target}, receive, send)
        else:
            await _refuse(host, send)


def _absolute(scope):
    """The host of an absolute request target and what of it is the path; None for every other request."""
    raw_path = scope.get("raw_path") or b""
    if scope["type"] != "http" or not raw_path.startswith(b"http://"):
        return None, {}
    host = urlsplit(raw_path.decode("latin-1")).netloc
    prefix = len("http://") + len(host)
    return host, {"path": scope["path"][prefix:] or "/", "raw_path": raw_path[prefix:] or b"/"}


async def _refuse(host, send):
    text = f"The lab's BuildKit reaches {host} by https only: plain http leads to the emulator, which answers for ECR.\n"
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 502, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


def local_name(image, port):
    """The name under which Docker finds an image here: ECR's host is replaced, anything else stays as it is."""
    return _ECR.sub(f"localhost:{port}", image, count=1) if isinstance(image, str) and _ECR.match(image) else image


def lead_docker(docker, port, password):
    """Makes the clients that a Docker package makes from now on find ECR's images here, and pull them with a password."""
    from_env = docker.from_env

    @functools.wraps(from_env)
    def led(*args, **kwargs):
        client = from_env(*args, **kwargs)
        rename_images(client.api, port, password)
        return client

    docker.from_env = led


def rename_images(api, port, password):
    """Makes every call of a Docker client that takes an image's name find ECR's here."""
    for method in ("create_container", "inspect_distribution", "inspect_image", "pull", "remove_image", "tag"):
        setattr(api, method, _renaming(getattr(api, method), port, {"username": "AWS", "password": password}))


def _renaming(method, port, login):
    signature = inspect.signature(method)

    @functools.wraps(method)
    def renamed(*args, **kwargs):
        call = signature.bind(*args, **kwargs)
        for name in call.arguments.keys() & {"image", "repository"}:
            given, call.arguments[name] = call.arguments[name], local_name(call.arguments[name], port)
            if given != call.arguments[name] and "auth_config" in signature.parameters:
                call.arguments["auth_config"] = login
        return method(*call.args, **call.kwargs)

    return renamed
