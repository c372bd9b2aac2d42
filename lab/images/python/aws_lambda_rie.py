#!/var/lang/bin/python3.12
"""Stands in for AWS's Lambda Runtime Interface Emulator: between an invocation by HTTP and the runtime's client.

The runtime asks for work at the Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), one
invocation at a time. Unlike AWS's program this one takes invocations only when the runtime has started: the caller's
clock runs from the connection on, and on AWS the start is not part of an invocation's timeout.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INVOKE_PATH = "/2015-03-31/functions/function/invocations"
RUNTIME_PATH = "/2018-06-01/runtime"


@dataclass(frozen=True)
class Invocation:
    """What the runtime is given to do."""

    request_id: str
    payload: bytes
    deadline: float
    client_context: str | None = None


@dataclass(frozen=True)
class Answer:
    """What came of an invocation."""

    payload: bytes
    failed: bool = False


@dataclass(frozen=True)
class Ready:
    """The runtime asked for work."""


@dataclass(frozen=True)
class Exited:
    """The runtime's process ended."""

    status: int


Event = Answer | Ready | Exited


def failure(kind: str, message: str) -> Answer:
    return Answer(json.dumps({"errorType": kind, "errorMessage": message}).encode(), failed=True)


class Runtime:
    """One process of the runtime, from its start to its end."""

    def __init__(self, command: Sequence[str], api: str) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.work: queue.SimpleQueue[Invocation] = queue.SimpleQueue()
        self._command = command
        self._environment = {**os.environ, "AWS_LAMBDA_RUNTIME_API": api}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = process = subprocess.Popen(self._command, env=self._environment)
        threading.Thread(target=lambda: self.events.put(Exited(process.wait())), daemon=True).start()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Emulator:
    """Runs a runtime, a new one where the last one ended, and gives it one invocation after the other."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._timeout = float(environment.get("AWS_LAMBDA_FUNCTION_TIMEOUT", "300"))
        self._memory = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "3008")
        self._one_at_a_time = threading.Lock()
        self._api = ""
        self._runtime: Runtime | None = None
        self._failed_start: Answer | None = None

    def start(self, api: str) -> None:
        """Starts the runtime and waits until it asks for work, or fails to."""
        self._api = api
        self._failed_start = self._start_runtime()

    @property
    def runtime(self) -> Runtime:
        if self._runtime is None:
            raise RuntimeError("no runtime was started")
        return self._runtime

    def stop(self) -> None:
        if self._runtime is not None:
            self._runtime.kill()

    def invoke(self, payload: bytes, request_id: str, client_context: str | None) -> Answer:
        with self._one_at_a_time:
            print(f"START RequestId: {request_id} Version: $LATEST", flush=True)
            started = time.monotonic()
            answer = self._ready() or self._run(payload, request_id, client_context)
            milliseconds = (time.monotonic() - started) * 1000
            print(f"END RequestId: {request_id}", flush=True)
            report = f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\tMemory Size: {self._memory} MB"
            print(report, flush=True)
            return answer

    def _ready(self) -> Answer | None:
        """The failure that a start ended with, once; a runtime that has ended since is started again."""
        failed, self._failed_start = self._failed_start, None
        if failed is None and self._runtime is None:
            failed = self._start_runtime()
        return failed

    def _start_runtime(self) -> Answer | None:
        # Known before it starts: its first request may come at once.
        self._runtime = Runtime(self._command, self._api)
        self._runtime.start()
        event = self._runtime.events.get()
        if isinstance(event, Ready):
            return None
        self._end()
        if isinstance(event, Exited):
            return failure("Runtime.ExitError", f"Runtime exited with status {event.status} before it was ready")
        return event

    def _run(self, payload: bytes, request_id: str, client_context: str | None) -> Answer:
        self.runtime.work.put(Invocation(request_id, payload, time.time() + self._timeout, client_context))
        answer = self._outcome(time.monotonic() + self._timeout)
        if answer is None:
            self._end()
            return failure("Sandbox.Timedout", f"Task timed out after {self._timeout:.2f} seconds")
        if isinstance(answer, Exited):
            self._end()
            return failure("Runtime.ExitError", f"Runtime exited with status {answer.status}")
        return answer

    def _outcome(self, until: float) -> Answer | Exited | None:
        """What the runtime did with its work; a request for more of it, made before, is none."""
        while True:
            try:
                event = self.runtime.events.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if not isinstance(event, Ready):
                return event

    def _end(self) -> None:
        self.runtime.kill()
        self._runtime = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    emulator: Emulator

    def log_message(self, format: str, *args: object) -> None:
        """The log is the function's."""

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def reply(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class RuntimeApi(Handler):
    """What the runtime talks to."""

    def do_GET(self) -> None:
        if self.path != f"{RUNTIME_PATH}/invocation/next":
            return self.reply(404)
        runtime = self.emulator.runtime
        runtime.events.put(Ready())
        work = runtime.work.get()
        headers = {
            "Lambda-Runtime-Aws-Request-Id": work.request_id,
            "Lambda-Runtime-Deadline-Ms": str(int(work.deadline * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": os.environ.get("_LAMBDA_FUNCTION_ARN", "unknown"),
        }
        if work.client_context is not None:
            headers["Lambda-Runtime-Client-Context"] = work.client_context
        self.reply(200, work.payload, headers)

    def do_POST(self) -> None:
        payload = self.body()
        runtime = self.emulator.runtime
        if self.path.endswith("/error"):
            runtime.events.put(Answer(payload, failed=True))
        elif self.path.startswith(f"{RUNTIME_PATH}/invocation/") and self.path.endswith("/response"):
            runtime.events.put(Answer(payload))
        else:
            return self.reply(404)
        self.reply(202, b'{"status":"OK"}')


class Invocations(Handler):
    """What takes invocations. A failed function is a success with an error in its header and payload, as on AWS."""

    def do_POST(self) -> None:
        payload = self.body()
        if self.path != INVOKE_PATH:
            return self.reply(404)
        request_id = self.headers.get("X-Amzn-RequestId") or str(uuid.uuid4())
        answer = self.emulator.invoke(payload, request_id, self.headers.get("X-Amz-Client-Context"))
        self.reply(200, answer.payload, {"X-Amz-Function-Error": "Unhandled"} if answer.failed else None)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A runtime that ends breaks its connection off; the log is the function's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serve(handler: type[Handler], emulator: Emulator, address: tuple[str, int]) -> Server:
    server = Server(address, type(handler.__name__, (handler,), {"emulator": emulator}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main(command: Sequence[str]) -> None:
    if not command:
        sys.exit("usage: aws-lambda-rie BOOTSTRAP [ARGUMENT...]")
    emulator = Emulator(command, os.environ)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    # AWS's program has the same port; a test needs another.
    invoke_port = int(os.environ.get("LAB_INVOKE_PORT", "8080"))
    api = serve(RuntimeApi, emulator, ("127.0.0.1", 0))
    try:
        emulator.start(f"127.0.0.1:{api.server_port}")
        serve(Invocations, emulator, ("", invoke_port))
        while True:
            signal.pause()
    finally:
        emulator.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
