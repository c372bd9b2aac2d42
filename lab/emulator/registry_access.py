"""Admits holders of an ECR token to the registry, with the policies of the caller that requested the token."""

import base64
import json
import secrets
import time

from ministack.core.responses import get_account_id, json_response
from ministack.core.router import extract_access_key_id
from ministack.services import ecr

import roles
from registry_rules import LayerAddresses, actions_of, password_of

TOKEN_SECONDS = 12 * 3600  # https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
# What the Docker Engine pulls with: services have asked by their own roles before they have it pull.
ENGINE = secrets.token_urlsafe(32)
READING = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability")
addresses = LayerAddresses(secrets.token_bytes(32))

_tokens = {}  # password -> (access key, account, end)


def _giving_tokens(handle_request):
    async def handle(method, path, headers, body, query_params):
        response = await handle_request(method, path, headers, body, query_params)
        if headers.get("x-amz-target", "").endswith(".GetAuthorizationToken") and response[0] == 200:
            return _token_for(extract_access_key_id(headers, query_params), json.loads(response[2]))
        return response

    return handle


def _token_for(access_key_id, answer):
    now = time.time()
    for ended in [password for password, (_, _, end) in _tokens.items() if end < now]:
        del _tokens[ended]
    password = secrets.token_urlsafe(48)
    _tokens[password] = (access_key_id, get_account_id(), now + TOKEN_SECONDS)
    [data] = answer["authorizationData"]
    data["authorizationToken"] = base64.b64encode(f"AWS:{password}".encode()).decode()
    return json_response(answer)


def _guarded(handle_registry_request):
    async def handle(method, path, headers, body, query_params):
        refusal = _refusal(method, path, headers, body, query_params)
        return refusal or await handle_registry_request(method, path, headers, body, query_params)

    return handle


def _refusal(method, path, headers, body, query_params):
    verb, name, reference = ecr._parse_v2_path(path) or ("", "", "")
    signature = query_params.get("signature", [""])[0]
    signed = verb == "blob" and addresses.holds(name, reference, signature)
    password = password_of(headers.get("authorization", ""))
    if not signed and password != ENGINE and _tokens.get(password, (None, None, 0))[2] < time.time():
        return _challenge(headers.get("host", ""))
    ecr._select_registry_request_scope(name, headers, query_params)
    asked = [] if signed else actions_of(verb, method.upper(), body)
    denial = next(filter(None, (_denial(password, action, name) for action in asked)), None)
    return None if denial is None else ecr._registry_error(403, "DENIED", denial, {})


def _denial(password, action, name):
    if password == ENGINE:
        return None if action in READING else f"the Docker Engine reads only; {action} was asked for"
    access_key_id, account, _ = _tokens[password]
    return roles.denial_of_key(access_key_id, account, action, repository_arn(name))


def repository_arn(name):
    return f"arn:aws:ecr:{ecr.get_region()}:{get_account_id()}:repository/{name}"


def _challenge(host):
    status, headers, body = ecr._registry_error(401, "UNAUTHORIZED", "Not Authorized", {})
    return status, {**headers, "WWW-Authenticate": f'Basic realm="http://{host}/",service="ecr.amazonaws.com"'}, body


def install():
    """Takes effect for every call from now on."""
    ecr.handle_request = _giving_tokens(ecr.handle_request)
    ecr.handle_registry_request = _guarded(ecr.handle_registry_request)
