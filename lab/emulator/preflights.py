"""Refuses browsers' preflights where API Gateway does: a route that takes OPTIONS hands it to its authorizer.

The emulator answers every OPTIONS by the API's CORS. API Gateway does so only where no route takes it:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

import functools


def install(apigateway):
    """Takes effect for every API."""
    execute = apigateway._handle_execute_in_scope

    @functools.wraps(execute)
    async def authorizing(api_id, stage, path, method, headers, *rest):
        refusal = _refusal(apigateway, api_id, path, method, headers)
        return refusal or await execute(api_id, stage, path, method, headers, *rest)

    apigateway._handle_execute_in_scope = authorizing


def _refusal(apigateway, api_id, path, method, headers):
    if method != "OPTIONS" or any(name.lower() == "authorization" for name in headers):
        return None
    route = apigateway._match_route(api_id, method, "/" + path.lstrip("/")) or {}
    authorization = route.get("authorizationType") or "NONE"
    if authorization == "NONE":
        return None
    return apigateway._jwt_unauthorized() if authorization == "JWT" else apigateway._jwt_forbidden()
