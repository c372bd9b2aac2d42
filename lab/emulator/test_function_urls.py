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


class FunctionUrlsTest(unittest.TestCase):
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
