"""Runs the stand-in with runtimes of a few lines, each as AWS's client speaks to it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).with_name("aws_lambda_rie.py")
PATH = "/2015-03-31/functions/function/invocations"

# A runtime that answers by what the event says.
RUNTIME = """
    import http.client, json, os, sys, time
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    def call(method, path, body=None):
        api.request(method, "/2018-06-01/runtime" + path, body)
        answer = api.getresponse()
        return answer.headers, answer.read()
    start()
    while True:
        headers, payload = call("GET", "/invocation/next")
        event, work = json.loads(payload), "/invocation/" + headers["Lambda-Runtime-Aws-Request-Id"]
        if "exit" in event:
            sys.exit(event["exit"])
        if "sleep" in event:
            time.sleep(event["sleep"])
        if "fail" in event:
            call("POST", work + "/error", json.dumps({"errorType": event["fail"], "errorMessage": "so"}))
        elif "chunks" in event:
            call("POST", work + "/response", iter([b'{"a":', b" 1}"]))
        else:
            left = int(headers["Lambda-Runtime-Deadline-Ms"]) / 1000 - time.time()
            context = headers["Lambda-Runtime-Client-Context"]
            known = {"event": event, "pid": os.getpid(), "left": left, "context": context}
            call("POST", work + "/response", json.dumps(known))
"""


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Function:
    """A function that runs, and what it was told and said."""

    def __init__(self, folder: Path, start: str, timeout: str) -> None:
        runtime = folder / "runtime.py"
        runtime.write_text(textwrap.dedent(RUNTIME).replace("start()", start))
        self.port = free_port()
        more = {"LAB_INVOKE_PORT": str(self.port), "AWS_LAMBDA_FUNCTION_TIMEOUT": timeout}
        command = [sys.executable, str(PROGRAM), sys.executable, str(runtime)]
        self.process = subprocess.Popen(command, env={**os.environ, **more}, stdout=subprocess.PIPE, text=True)

    def invoke(self, event: object, path: str = PATH, **headers: str) -> tuple[Any, http.client.HTTPMessage]:
        deadline = time.monotonic() + 20
        while True:
            try:
                return self._invoke(event, path, headers)
            except ConnectionRefusedError:
                assert time.monotonic() < deadline, "it takes no invocations"
                time.sleep(0.05)

    def _invoke(self, event: object, path: str, headers: dict[str, str]) -> tuple[Any, http.client.HTTPMessage]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("POST", path, json.dumps(event), headers)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == (200 if path == PATH else 404)
            return (json.loads(body) if body else None), answer.headers

    def stop(self) -> str:
        self.process.terminate()
        written, _ = self.process.communicate(timeout=10)
        return written


Start = Callable[..., Function]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Function] = []

    def run(begin: str = "pass", timeout: str = "10") -> Function:
        started.append(Function(tmp_path, begin, timeout))
        return started[-1]

    yield run
    for function in started:
        if function.process.poll() is None:
            function.stop()


def test_an_event_goes_to_the_runtime_and_its_answer_back(start: Start) -> None:
    function = start()
    first, headers = function.invoke({"name": "ü"}, **{"X-Amz-Client-Context": "e30="})
    assert first["event"] == {"name": "ü"}
    assert first["context"] == "e30="
    assert 9 < first["left"] <= 10
    assert "X-Amz-Function-Error" not in headers
    second, _ = function.invoke({})
    assert second["pid"] == first["pid"]
    assert second["context"] is None


def test_an_answer_may_come_in_chunks(start: Start) -> None:
    assert start().invoke({"chunks": True})[0] == {"a": 1}


def test_an_error_is_told_with_its_name(start: Start) -> None:
    function = start()
    answer, headers = function.invoke({"fail": "PictureNotFound"})
    assert answer == {"errorType": "PictureNotFound", "errorMessage": "so"}
    assert headers["X-Amz-Function-Error"] == "Unhandled"
    assert "event" in function.invoke({})[0]


def test_a_runtime_that_ends_is_started_again(start: Start) -> None:
    function = start()
    before, _ = function.invoke({})
    answer, headers = function.invoke({"exit": 3})
    assert answer == {"errorType": "Runtime.ExitError", "errorMessage": "Runtime exited with status 3"}
    assert headers["X-Amz-Function-Error"] == "Unhandled"
    assert function.invoke({})[0]["pid"] != before["pid"]


def test_a_runtime_that_takes_too_long_is_ended(start: Start) -> None:
    function = start(timeout="1")
    before, _ = function.invoke({})
    answer, _ = function.invoke({"sleep": 30})
    assert answer == {"errorType": "Sandbox.Timedout", "errorMessage": "Task timed out after 1.00 seconds"}
    assert function.invoke({})[0]["pid"] != before["pid"]


def test_a_failed_start_is_told_with_its_reason(start: Start) -> None:
    told = {"errorType": "Runtime.ImportModuleError", "errorMessage": "no"}
    answer, headers = start(f"call('POST', '/init/error', {json.dumps(told)!r}); sys.exit(1)").invoke({})
    assert answer == told
    assert headers["X-Amz-Function-Error"] == "Unhandled"


def test_a_start_that_ends_without_a_word_is_told_too(start: Start) -> None:
    function = start("sys.exit(7)")
    for _ in range(2):
        answer, _ = function.invoke({})
        assert answer["errorType"] == "Runtime.ExitError"
        assert answer["errorMessage"] == "Runtime exited with status 7 before it was ready"


def test_no_connection_is_taken_before_the_runtime_is_ready(start: Start) -> None:
    function = start("time.sleep(2)", timeout="1")
    began = time.monotonic()
    assert "event" in function.invoke({})[0]
    assert time.monotonic() - began > 1.5


def test_invocations_at_once_are_run_one_after_the_other(start: Start) -> None:
    function = start()
    function.invoke({})
    code = f"import http.client; c = http.client.HTTPConnection('127.0.0.1', {function.port}); " + (
        f"c.request('POST', '{PATH}', '{{\"sleep\": 0.5}}'); print(c.getresponse().read().decode())"
    )
    callers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(3)]
    began = time.monotonic()
    answers = [json.loads(caller.communicate(timeout=20)[0]) for caller in callers]
    assert len({answer["pid"] for answer in answers}) == 1
    assert time.monotonic() - began > 1.4


def test_another_path_is_not_found(start: Start) -> None:
    start().invoke({}, path="/other")


def test_the_log_says_when_an_invocation_began_and_ended(start: Start) -> None:
    function = start()
    function.invoke({}, **{"X-Amzn-RequestId": "one"})
    lines = [line.split("\t")[0] for line in function.stop().splitlines()]
    assert lines == ["START RequestId: one Version: $LATEST", "END RequestId: one", "REPORT RequestId: one"]


def test_it_ends_with_its_runtime_when_it_is_told_to(start: Start) -> None:
    function = start()
    pid = function.invoke({})[0]["pid"]
    function.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
