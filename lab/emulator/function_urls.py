"""Gives functions URLs that lead here: the emulator tells the address that a URL has on AWS."""

import functools
import json


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
