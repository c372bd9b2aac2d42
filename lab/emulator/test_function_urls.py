import asyncio
import json
import types
import unittest

import function_urls

ID = "0123456789abcdefghijklmnopqrstuv"


def emulator(status):
    """The parts of the emulator that make a URL."""

    def create(func_name, data, qualifier):
        if status >= 300:
            return status, {}, b"refused"
        urls[f"{func_name}:{qualifier}"] = {**data, "FunctionUrl": f"https://{ID}.lambda-url.eu-west-1.on.aws/"}
        return status, {}, b"{}"

    urls = {}
    return types.SimpleNamespace(
        _function_urls=urls,
        _url_config_key=lambda func_name, qualifier: f"{func_name}:{qualifier}",
        _create_function_url_config=create,
    )


def asked(host, path, kind="http"):
    """What the application behind the middleware is asked."""
    scopes = []

    async def app(scope, receive, send):
        scopes.append(scope)

    scope = {"type": kind, "path": path, "raw_path": path.encode(), "headers": [(b"host", host.encode())]}
    asyncio.run(function_urls.FunctionUrls(app)(scope, None, None))
    return scopes[0]["path"], scopes[0]["raw_path"].decode(), dict(scopes[0]["headers"])[b"host"].decode()


class FunctionUrlsTest(unittest.TestCase):
    def test_every_path_below_a_url_is_the_functions(self):
        for path in ("/", "/health", "/images/a%20b"):
            below = f"/_aws/lambda-url/{ID}{path}"
            self.assertEqual(asked(f"{ID}.lambda-url.eu-west-1.localhost:4566", path), (below, below, "localhost"))

    def test_other_requests_pass_as_they_are(self):
        for host, kind in (("localhost:4566", "http"), (f"{ID}.execute-api.localhost:4566", "http"), (ID, "websocket")):
            self.assertEqual(asked(host, "/health", kind), ("/health", "/health", host))

    def test_a_url_leads_here_whoever_asks(self):
        here = emulator(201)
        function_urls.install(here, "4566")
        status, _, body = here._create_function_url_config("api", {"AuthType": "NONE"}, "live")
        config = {"AuthType": "NONE", "FunctionUrl": f"http://{ID}.lambda-url.eu-west-1.localhost:4566/"}
        self.assertEqual((status, json.loads(body)), (201, config))
        self.assertEqual(here._function_urls, {"api:live": config})

    def test_a_refusal_stays_one(self):
        here = emulator(404)
        function_urls.install(here, "4566")
        self.assertEqual(here._create_function_url_config("api", {}, None), (404, {}, b"refused"))


if __name__ == "__main__":
    unittest.main()
