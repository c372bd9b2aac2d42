import asyncio
import types
import unittest

import preflights


def emulator(**routes):
    """The parts of the emulator that answer a call; a route takes every path, by its method."""

    async def execute(api_id, stage, path, method, headers, body):
        return 204, {}, body

    return types.SimpleNamespace(
        _handle_execute_in_scope=execute,
        _match_route=lambda api_id, method, path: routes.get(method) or routes.get("ANY"),
        _jwt_unauthorized=lambda: (401, {}, b""),
        _jwt_forbidden=lambda: (403, {}, b""),
    )


def status(here, method, **headers):
    preflights.install(here)
    return asyncio.run(here._handle_execute_in_scope("api", "$default", "/query/stock", method, headers, b"x"))[0]


class PreflightsTest(unittest.TestCase):
    def test_a_route_that_takes_options_asks_it_for_a_token(self):
        for authorization, refused in (("JWT", 401), ("AWS_IAM", 403), ("CUSTOM", 403)):
            self.assertEqual(status(emulator(ANY={"authorizationType": authorization}), "OPTIONS"), refused)

    def test_a_token_is_for_the_emulator_to_check(self):
        self.assertEqual(status(emulator(ANY={"authorizationType": "JWT"}), "OPTIONS", Authorization="Bearer x"), 204)

    def test_cors_answers_where_no_route_takes_options_or_anybody_may_call_it(self):
        for routes in ({"GET": {"authorizationType": "JWT"}}, {"ANY": {"authorizationType": "NONE"}}, {"ANY": {}}):
            self.assertEqual(status(emulator(**routes), "OPTIONS"), 204)

    def test_other_methods_pass_as_they_are(self):
        self.assertEqual(status(emulator(ANY={"authorizationType": "JWT"}), "GET"), 204)


if __name__ == "__main__":
    unittest.main()
