"""Leaves every path at the host name of an API, a function or a load balancer to what it is of.

The emulator keeps paths for itself at any host name, such as /health, /ready, /v2/ and what begins with /_ministack.
"""

from ministack import app

_handle_pre_body = app._handle_pre_body_request
_handle_post_body = app._handle_post_body_shortcuts
_handle_special = app._handle_special_data_plane_request


def has_own_host(headers):
    """Whether a request is for a program that runs here rather than for AWS."""
    host = headers.get("host", "")
    at_address = app._EXECUTE_API_RE.match(host) or app._LAMBDA_URL_RE.match(host)
    return bool(at_address) or app._is_potential_alb_request(host, "") or _is_domain_of_api(host)


def _is_domain_of_api(host):
    return app._resolve_custom_domain_request(host, "/") is not None


async def _pre_body(method, path, headers, query_params, request_id):
    if has_own_host(headers):
        return None
    return await _handle_pre_body(method, path, headers, query_params, request_id)


async def _post_body(method, path, headers, body, query_params, request_id):
    if has_own_host(headers):
        return None
    return await _handle_post_body(method, path, headers, body, query_params, request_id)


async def _special(method, path, headers, body, query_params, request_id, **more):
    if has_own_host(headers):
        return await _program(method, path, headers, body, query_params, request_id, **more)
    return await _handle_special(method, path, headers, body, query_params, request_id, **more)


async def _program(method, path, headers, body, query_params, request_id, raw_path, raw_query_string, client_ip):
    """As the emulator's own, without what comes before a program there."""
    host = headers["host"]
    if app._EXECUTE_API_RE.match(host) or _is_domain_of_api(host):
        raw = {"raw_path": raw_path, "raw_query_string": raw_query_string}
        response = await app._handle_execute_api_request(host, path, method, headers, body, query_params, **raw)
        return app._with_data_plane_headers(response, request_id, wildcard_cors=False)
    if app._LAMBDA_URL_RE.match(host):
        status, answered, content = await app._handle_lambda_url_request(host, path, method, headers, body, query_params)
        named = any(name.lower() == "x-amzn-requestid" for name in answered)
        return status, answered if named else {**answered, "x-amzn-RequestId": request_id}, content
    raw = (raw_query_string, raw_path)
    return await app._handle_alb_request(host, path, method, headers, body, query_params, *raw) or _no_balancer()


def _no_balancer():
    return 404, {"Content-Type": "text/plain"}, b"No load balancer has this name.\n"


def install():
    """Takes effect for every request from now on."""
    app._handle_pre_body_request = _pre_body
    app._handle_post_body_shortcuts = _post_body
    app._handle_special_data_plane_request = _special
