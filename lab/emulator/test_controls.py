import asyncio
import json
import types
import unittest

from controls import Controls


def ask(method, path, host=b"localhost:4566", query=b""):
    """What is answered, None where it is left to the application; and how long IAM takes then."""
    delay, sent = types.SimpleNamespace(seconds=0.0), []

    async def app(scope, receive, send):
        pass

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": [(b"host", host)]}
    reports = {"iam-uses": lambda: {"role": {}}, "api-model": lambda: {"checked": 3}}
    asyncio.run(Controls(app, delay, reports)(scope, None, send))
    return (sent[0]["status"], json.loads(sent[1]["body"])) if sent else None, delay.seconds


class ControlsTest(unittest.TestCase):
    def test_how_long_iam_takes(self):
        self.assertEqual(ask("PUT", "/_lab/iam-delay", query=b"seconds=8"), ((200, {"seconds": 8.0}), 8.0))

    def test_what_roles_were_used_for(self):
        self.assertEqual(ask("GET", "/_lab/iam-uses"), ((200, {"role": {}}), 0.0))

    def test_what_was_held_against_the_model(self):
        self.assertEqual(ask("GET", "/_lab/api-model"), ((200, {"checked": 3}), 0.0))

    def test_nothing_else(self):
        self.assertEqual(ask("GET", "/_lab/other"), ((404, None), 0.0))

    def test_a_program_has_these_paths_for_itself(self):
        for host in (b"vendor.alb.localhost:4566", b"d4fabf98.execute-api.localhost:4566"):
            self.assertEqual(ask("PUT", "/_lab/iam-delay", host, b"seconds=8"), (None, 0.0))

    def test_other_paths_are_the_emulators(self):
        self.assertEqual(ask("GET", "/_ministack/health"), (None, 0.0))


if __name__ == "__main__":
    unittest.main()
