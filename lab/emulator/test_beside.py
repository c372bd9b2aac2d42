import asyncio
import http.server
import os
import threading
import unittest
from unittest import mock

from beside import Beside, answer, ports_of


class Answering(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(201)
        self.send_header("x-seen", f"{self.path} {self.headers['x-amz-target']}")
        self.end_headers()
        self.wfile.write(body.upper())

    def log_message(self, *_):
        pass


def call(app, service):
    credential = f"AWS4-HMAC-SHA256 Credential=test/20300101/ap-northeast-1/{service}/aws4_request".encode()
    headers = [(b"authorization", credential), (b"x-amz-target", b"T.Op"), (b"content-length", b"4")]
    request = {
        "type": "http",
        "method": "POST",
        "path": "/a",
        "raw_path": b"/a",
        "query_string": b"b=1",
        "headers": headers,
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"text", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(request, receive, send))
    return sent


async def emulator(_scope, _receive, send):
    await send({"status": 200})


class Handing(unittest.TestCase):
    def setUp(self):
        self.server = http.server.HTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def test_asks_a_service_beside(self):
        with mock.patch.dict(os.environ, {"LAB_BESIDE": f"monitoring={self.server.server_port}"}):
            self.assertEqual({"NAME": "A"}, answer("monitoring", "T.Op", {"name": "a"}))

    def test_hands_on_what_is_signed_for_a_service_beside(self):
        start, body = call(Beside(emulator, {"monitoring": self.server.server_port}), "monitoring")
        self.assertEqual((201, b"TEXT"), (start["status"], body["body"]))
        self.assertIn((b"x-seen", b"/a?b=1 T.Op"), start["headers"])

    def test_leaves_the_rest_to_the_emulator(self):
        self.assertEqual([{"status": 200}], call(Beside(emulator, {"monitoring": 1}), "logs"))

    def test_reads_ports(self):
        self.assertEqual(
            {"monitoring": 4569, "application-autoscaling": 4567},
            ports_of("monitoring=4569,application-autoscaling=4567"),
        )
        self.assertEqual({}, ports_of(""))


if __name__ == "__main__":
    unittest.main()
