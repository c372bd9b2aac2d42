import asyncio
import json
import unittest

from aws_model.checked_requests import CheckedRequests


def scope(service, target, path="/", host="localhost:4566"):
    credential = f"AWS4-HMAC-SHA256 Credential=test/20300101/ap-northeast-1/{service}/aws4_request, SignedHeaders=host"
    headers = {
        "host": host,
        "authorization": credential if service else "",
        "content-type": "application/x-amz-json-1.1" if target else "application/json",
        "x-amz-target": target,
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": raw,
    }


async def echo(_scope, receive, send):
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


def call(app, request, *parts):
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent = []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(request, receive, send))
    return sent[0]["status"], sent[1]["body"]


class Checked(unittest.TestCase):
    def test_passes_on_what_the_model_allows(self):
        app = CheckedRequests(echo)
        answer = call(app, scope("logs", "Logs_20140328.CreateLogGroup"), b'{"logGroup', b'Name": "g"}')
        self.assertEqual((200, b'{"logGroupName": "g"}'), answer)
        self.assertEqual({"checked": 1, "operations": {"logs:CreateLogGroup": 1}, "refused": []}, app.report())

    def test_refuses_what_it_does_not_allow(self):
        app = CheckedRequests(echo)
        status, body = call(app, scope("logs", "Logs_20140328.CreateLogGroup"), b"{}")
        self.assertEqual(400, status)
        message = (
            "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must not be null"
        )
        self.assertEqual({"__type": "ValidationException", "message": message}, json.loads(body))
        self.assertEqual([f"logs:CreateLogGroup: {message}"], app.report()["refused"])

    def test_refuses_an_operation_that_the_service_lacks(self):
        status, body = call(CheckedRequests(echo), scope("logs", "Logs_20140328.PaintLogGroup"), b"{}")
        self.assertEqual((400, "UnknownOperationException"), (status, json.loads(body)["__type"]))

    def test_reads_calls_of_api_gateway_at_the_paths_of_a_registry(self):
        app = CheckedRequests(echo)
        request = scope("apigateway", "", "/v2/apis")
        self.assertEqual(200, call(app, request, b'{"name": "a", "protocolType": "HTTP"}')[0])
        self.assertEqual({"apigatewayv2:CreateApi": 1}, app.report()["operations"])

    def test_refuses_what_the_caller_may_not(self):
        seen = []

        def denial(*asked):
            seen.append(asked)
            return "no"

        app = CheckedRequests(echo, denial)
        status, body = call(app, scope("logs", "Logs_20140328.CreateLogGroup"), b'{"logGroupName": "g"}')
        self.assertEqual((400, "AccessDeniedException"), (status, json.loads(body)["__type"]))
        self.assertEqual([("logs", "CreateLogGroup", {"logGroupName": "g"}, "ap-northeast-1", "test")], seen)
        self.assertEqual([], app.report()["refused"])

    def test_leaves_data_planes_and_unsigned_calls_alone(self):
        app = CheckedRequests(echo)
        for request in (
            scope("", "Logs_20140328.CreateLogGroup"),
            scope("execute-api", "x"),
            scope("s3", "", "/bucket/a/key"),
            scope("ecr", "", "/v2/name/blobs/uploads/"),
            scope("lambda", "", "/health", "abc.lambda-url.ap-northeast-1.localhost:4566"),
        ):
            self.assertEqual(200, call(app, request, b"{}")[0])
        self.assertEqual(0, app.report()["checked"])


if __name__ == "__main__":
    unittest.main()
