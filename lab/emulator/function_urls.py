"""Gives functions URLs that lead here, and every path below them to the function.

The emulator tells the address that a URL has on AWS, and answers by its first part at any host name, but for paths that it
keeps for itself, such as /health.
"""

import functools
import json
import re

_HOST = re.compile(rb"([a-z0-9]{32})\.lambda-url\.")


class FunctionUrls:
    """ASGI middleware that asks for what is below a URL by the path that the emulator has for it."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        host = dict(scope.get("headers", [])).get(b"host", b"") if scope["type"] == "http" else b""
        found = _HOST.match(host)
        await self._app({**scope, **_below(found[1].decode(), scope)} if found else scope, receive, send)


def _below(url_id, scope):
    prefix = f"/_aws/lambda-url/{url_id}"
    raw_path = scope.get("raw_path") or scope["path"].encode()
    # By its own host name the emulator would take the whole path for the function's.
    headers = [(name, b"localhost" if name == b"host" else value) for name, value in scope["headers"]]
    return {"path": prefix + scope["path"], "raw_path": prefix.encode() + raw_path, "headers": headers}


def install(lambda_svc, port):
    """Takes effect for every URL that is made from now on."""
    create = lambda_svc._create_function_url_config

    @functools.wraps(create)
    def leading_here(func_name, data, qualifier):
        status, headers, body = create(func_name, data, qualifier)
        if status >= 300:
            return status, headers, body
        config = lambda_svc._function_urls[lambda_svc._url_config_key(func_name, qualifier)]
        config["FunctionUrl"] = local_url(config["FunctionUrl"], port)
        return status, headers, json.dumps(config).encode()

    lambda_svc._create_function_url_config = leading_here


def local_url(url, port):
    """`https://<id>.lambda-url.<region>.on.aws/` at this emulator."""
    host = url.removeprefix("https://").removesuffix(".on.aws/")
    return f"http://{host}.localhost:{port}/"
