"""Asks the policies around a Lambda function: its role's, its own, and its image's repository's."""

import json

from ministack.core.responses import error_response_json, get_account_id, get_region, request_scope
from ministack.core.router import extract_access_key_id
from ministack.services import apigateway, ecr, lambda_svc

import roles
from image_rules import PULLING, repository_of

URL_ACTIONS = ("lambda:InvokeFunctionUrl", "lambda:InvokeFunction")
FORBIDDEN = (403, {"Content-Type": "application/json", "x-amzn-ErrorType": "AccessDeniedException"})

_create_function = lambda_svc._create_function
_update_config = lambda_svc._update_config
_update_code = lambda_svc._update_code
_emit_lambda_logs = lambda_svc._emit_lambda_logs
_handle_function_url_request = lambda_svc.handle_function_url_request
_invoke_lambda_proxy = apigateway._invoke_lambda_proxy


def _function_arn(name):
    return name if name.startswith("arn:") else f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{name}"


def _create(data):
    code = data.get("Code") or {}
    return (
        _role_refusal(data.get("Role", ""))
        or _image_refusal(_function_arn(data.get("FunctionName", "")), code.get("ImageUri", ""))
        or _create_function(data)
    )


def _change_config(name, data):
    return (_role_refusal(data["Role"]) if "Role" in data else None) or _update_config(name, data)


def _change_code(name, data):
    return _image_refusal(_function_arn(name), data.get("ImageUri", "")) or _update_code(name, data)


def _role_refusal(role_arn):
    if roles.assumable(role_arn, "lambda.amazonaws.com"):
        return None
    message = "The role defined for the function cannot be assumed by Lambda."
    return error_response_json("InvalidParameterValueException", message, 400)


def _image_refusal(function_arn, image):
    """Lambda takes an image over once, by the policy of its repository."""
    repository = repository_of(image)
    if repository is None:
        return None
    policy = ecr._repo_policies.get(repository.partition(":repository/")[2]) or "{}"
    if all(roles.service_may(policy, "lambda.amazonaws.com", action, repository, function_arn) for action in PULLING):
        return None
    message = "Lambda does not have permission to access the ECR image. Check the ECR permissions."
    return error_response_json("AccessDeniedException", message, 403)


def _emit_where_allowed(func, *args, **kwargs):
    config = func.get("config") or func
    group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{config['FunctionName']}"
    if roles.log_denial(config["Role"], config["FunctionName"], group) is None:
        _emit_lambda_logs(func, *args, **kwargs)


async def _answer_where_allowed(url_id, method, path, headers, body, query_params, resolved=None, source_ip=None):
    """Both actions count: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"""
    resolved = resolved or lambda_svc.resolve_function_url(url_id)
    if resolved is not None and not _callable(resolved, extract_access_key_id(headers, query_params)):
        return *FORBIDDEN, b'{"Message":"Forbidden"}'
    return await _handle_function_url_request(
        url_id, method, path, headers, body, query_params, resolved=resolved, source_ip=source_ip
    )


def _callable(resolved, access_key_id):
    account, region, name, _, config = resolved
    keys = {"lambda:FunctionUrlAuthType": config.get("AuthType"), "lambda:InvokedViaFunctionUrl": "true"}
    with request_scope(account, region):
        arn = _function_arn(name)
        if config.get("AuthType") == "NONE":
            policy = lambda_svc._functions[name]["policy"]
            return all(roles.anybody_may(policy, action, arn, keys) for action in URL_ACTIONS)
        # The emulator has asked for the first of them, and refuses what is not signed.
        if not access_key_id:
            return True
        return roles.denial_of_key(access_key_id, account, "lambda:InvokeFunction", arn, keys) is None


async def _proxy_where_allowed(integration, api_id, stage, path, method, headers, body, query_params, *args, **kwargs):
    reference = apigateway._extract_lambda_ref_from_integration_uri(integration.get("integrationUri", ""))
    account = kwargs.get("owner_account_id") or get_account_id()
    region = kwargs.get("owner_region") or get_region()
    route = (args[0] if args else "$default").replace(" ", "")
    source = f"arn:aws:execute-api:{region}:{account}:{api_id}/{stage}/{_route_of(route)}"
    func, config, _ = lambda_svc._get_func_record_for_ref_in_scope(reference, account_id=account, region=region)
    if config is not None and not _invokable(func, config, source):
        return 500, {"Content-Type": "application/json"}, json.dumps({"message": "Internal Server Error"}).encode()
    return await _invoke_lambda_proxy(
        integration, api_id, stage, path, method, headers, body, query_params, *args, **kwargs
    )


def _route_of(key):
    """A route's key as ARNs have it: `ANY /path/{proxy+}` is `*/path/{proxy+}`."""
    return key.replace("ANY", "*", 1) if key.startswith("ANY/") else key


def _invokable(func, config, source):
    arn = config["FunctionArn"]
    return roles.service_may(func["policy"], "apigateway.amazonaws.com", "lambda:InvokeFunction", arn, source)


def install():
    """Takes effect for every call from now on."""
    lambda_svc._create_function = _create
    lambda_svc._update_config = _change_config
    lambda_svc._update_code = _change_code
    lambda_svc._emit_lambda_logs = _emit_where_allowed
    lambda_svc.handle_function_url_request = _answer_where_allowed
    apigateway._invoke_lambda_proxy = _proxy_where_allowed
