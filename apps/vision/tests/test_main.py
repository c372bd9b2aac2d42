import base64
import importlib
import json
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.conftest import BUCKET, MACHINE, encode, solid
from vision.errors import EngineNotConfigured
from vision.settings import ConfigurationError
from vision.storage import Storage

CONTEXT = SimpleNamespace(aws_request_id="id", get_remaining_time_in_millis=lambda: 1000)


def load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> ModuleType:
    """The module as a function with these variables starts it."""
    for name in ("IMAGE_BUCKET", "STATE_MACHINE_ARN", "LOCAL_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, "main", raising=False)
    return importlib.import_module("main")


def url_event(method: str, path: str, body: bytes | None = None, **headers: str) -> dict[str, Any]:
    """A Function URL's event: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html"""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "id.lambda-url.ap-northeast-1.on.aws", **headers},
        "requestContext": {"stage": "$default", "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "body": None if body is None else base64.b64encode(body).decode(),
        "isBase64Encoded": body is not None,
    }


@pytest.mark.usefixtures("s3")
def test_the_api_answers_the_events_of_a_function_url(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = load(monkeypatch, IMAGE_BUCKET=BUCKET, STATE_MACHINE_ARN=MACHINE).handler
    health = handler(url_event("GET", "/health"), CONTEXT)
    assert health["statusCode"] == 200
    assert json.loads(health["body"]) == {"status": "ok", "service": "vision"}
    uploaded = handler(url_event("POST", "/images", encode(solid("red")), **{"content-type": "image/png"}), CONTEXT)
    assert uploaded["statusCode"] == 201
    assert json.loads(uploaded["body"])["s3_key"].startswith("images/")


def test_the_worker_answers_the_state_machine(monkeypatch: pytest.MonkeyPatch, storage: Storage) -> None:
    key = storage.write_picture(encode(solid("blue")), "image/png")
    handler = load(monkeypatch, IMAGE_BUCKET=BUCKET, LOCAL_ENGINE="true").pipeline_handler
    output = handler({"s3_key": key, "inference_type": "bedrock"}, CONTEXT)
    assert output["labels"][0]["name"] == "blue"
    assert json.loads(json.dumps(output)) == output


@pytest.mark.usefixtures("s3")
def test_the_worker_refuses_an_engine_that_is_not_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = load(monkeypatch, IMAGE_BUCKET=BUCKET).pipeline_handler
    with pytest.raises(EngineNotConfigured, match="set BEDROCK_MODEL_ID"):
        handler({"s3_key": "images/a.png", "inference_type": "bedrock"}, CONTEXT)


def test_the_api_needs_the_state_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    module = load(monkeypatch, IMAGE_BUCKET=BUCKET)
    with pytest.raises(ConfigurationError, match="STATE_MACHINE_ARN must be set"):
        _ = module.handler


def test_nothing_starts_without_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="IMAGE_BUCKET: Field required"):
        load(monkeypatch)


def test_there_is_no_third_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError, match="module 'main' has no attribute 'other_handler'"):
        _ = load(monkeypatch, IMAGE_BUCKET=BUCKET).other_handler
