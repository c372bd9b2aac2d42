import asyncio
import unittest

import replay
from replay import ReplayedRetries


class Counter:
    """Answers each request with how many it has had."""

    def __init__(self, status=201):
        self.calls = 0
        self.status = status

    async def __call__(self, scope, receive, send):
        self.calls += 1
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b"call ", "more_body": True})
        await send({"type": "http.response.body", "body": str(self.calls).encode()})


def request(app, invocation=b"1", attempt=b"attempt=1; max=3", method="POST", path="/", kind="http"):
    headers = [(b"amz-sdk-invocation-id", invocation)] if invocation else []
    scope = {"type": kind, "method": method, "path": path, "headers": [*headers, (b"amz-sdk-request", attempt)]}
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, None, send))
    return b"".join(message.get("body", b"") for message in sent)


class ReplayedRetriesTest(unittest.TestCase):
    def test_a_retry_gets_the_first_answer(self):
        app = ReplayedRetries(Counter())
        self.assertEqual(request(app), b"call 1")
        self.assertEqual(request(app, attempt=b"attempt=2; max=3"), b"call 1")

    def test_a_retry_of_what_was_never_answered_is_asked(self):
        app = ReplayedRetries(Counter())
        self.assertEqual(request(app, attempt=b"attempt=2; max=3"), b"call 1")

    def test_other_calls_are_asked_each(self):
        app = ReplayedRetries(Counter())
        retry = b"attempt=2"
        self.assertEqual(request(app), b"call 1")
        self.assertEqual(request(app, invocation=b"2", attempt=retry), b"call 2")
        self.assertEqual(request(app, path="/other", attempt=retry), b"call 3")
        self.assertEqual(request(app, method="PUT", attempt=retry), b"call 4")
        self.assertEqual(request(app), b"call 5")

    def test_failures_are_asked_again(self):
        app = ReplayedRetries(Counter(status=500))
        self.assertEqual(request(app), b"call 1")
        self.assertEqual(request(app, attempt=b"attempt=2"), b"call 2")

    def test_reads_and_other_clients_pass(self):
        app = ReplayedRetries(Counter())
        for change in ({"method": "GET"}, {"invocation": None}):
            first = request(app, **change)
            self.assertNotEqual(request(app, attempt=b"attempt=2", **change), first)

    def test_only_the_last_answers_are_kept(self):
        app = ReplayedRetries(Counter())
        for number in range(replay.KEPT_ANSWERS + 1):
            request(app, invocation=str(number).encode())
        self.assertEqual(request(app, invocation=b"1", attempt=b"attempt=2"), b"call 2")
        self.assertEqual(request(app, invocation=b"0", attempt=b"attempt=2"), b"call %d" % (replay.KEPT_ANSWERS + 2))

    def test_a_large_answer_is_not_kept(self):
        async def large(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x" * (replay.LARGEST_ANSWER + 1)})

        app = ReplayedRetries(large)
        request(app)
        self.assertEqual(len(app._answers), 0)


if __name__ == "__main__":
    unittest.main()
