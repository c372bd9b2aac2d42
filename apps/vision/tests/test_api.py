import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import BUCKET, encode, solid
from vision.api import MAX_DIRECT_BYTES, create_app
from vision.jobs import Job, Jobs
from vision.log import create_log
from vision.picture import MAX_BYTES
from vision.storage import Storage, result_key

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

RED = encode(solid("red"))
STARTED = datetime(2026, 1, 2, tzinfo=UTC)


class MemoryJobs(Jobs):
    """Executions that go as far as a test says."""

    def __init__(self) -> None:
        self.kept: dict[str, Job] = {}

    def start(self, s3_key: str, inference_type: str) -> str:
        self.kept["one"] = Job("one", "RUNNING", s3_key, inference_type, STARTED)
        return "one"

    def find(self, job_id: str) -> Job | None:
        return self.kept.get(job_id)


@pytest.fixture
def jobs() -> MemoryJobs:
    return MemoryJobs()


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def client(storage: Storage, jobs: MemoryJobs, written: io.StringIO) -> Iterator[TestClient]:
    with TestClient(create_app(storage, jobs, create_log("INFO", written))) as client:
        yield client


def upload(client: TestClient, content: bytes = RED, content_type: str = "image/png") -> Any:  # noqa: ANN401
    return client.post("/images", content=content, headers={"Content-Type": content_type})


def test_health(client: TestClient, written: io.StringIO) -> None:
    assert client.get("/health").json() == {"status": "ok", "service": "vision"}
    assert written.getvalue() == ""


def test_a_request_is_logged(client: TestClient, written: io.StringIO) -> None:
    client.get("/inferences/none")
    line = json.loads(written.getvalue())
    assert (line["method"], line["path"], line["status"]) == ("GET", "/inferences/none", 404)


class TestImages:
    def test_a_small_picture_is_kept_as_what_it_is(self, client: TestClient, s3: "S3Client") -> None:
        answer = upload(client, content_type="image/jpeg; charset=binary")
        assert answer.status_code == 201
        assert set(answer.json()) == {"s3_key"}
        kept = s3.get_object(Bucket=BUCKET, Key=answer.json()["s3_key"])
        assert kept["Body"].read() == RED
        assert kept["ContentType"] == "image/png"
        assert answer.json()["s3_key"].endswith(".png")

    def test_a_larger_one_gets_a_url(self, client: TestClient) -> None:
        wanted = {"content_type": "image/webp", "size": MAX_BYTES}
        answer = client.post("/images", json=wanted)
        assert answer.status_code == 201
        told = answer.json()
        assert told["s3_key"] in told["upload_url"]
        assert told["upload_headers"] == {"Content-Type": "image/webp", "Content-Length": str(MAX_BYTES)}
        assert told["expires_in_seconds"] == 900

    @pytest.mark.parametrize(
        ("content", "content_type", "status", "message"),
        [
            (b"text", "image/png", 422, "These 4 bytes are no picture"),
            (RED, "text/plain", 415, "Content-Type must be one of image/gif, .*; got text/plain"),
            (RED, "", 415, "got none"),
            (b"x" * (MAX_DIRECT_BYTES + 1), "image/png", 413, "For a larger one, POST"),
        ],
    )
    def test_other_things_are_refused(
        self,
        client: TestClient,
        s3: "S3Client",
        content: bytes,
        content_type: str,
        status: int,
        message: str,
    ) -> None:
        answer = upload(client, content, content_type)
        assert answer.status_code == status
        assert re.search(message, answer.json()["detail"])
        assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET)

    @pytest.mark.parametrize(
        ("wanted", "field"),
        [
            ({"content_type": "image/webp", "size": MAX_BYTES + 1}, "size"),
            ({"content_type": "image/webp", "size": 0}, "size"),
            ({"content_type": "image/webp"}, "size"),
            ({"content_type": "text/html", "size": 1}, "content_type"),
        ],
    )
    def test_uploads_are_limited(self, client: TestClient, wanted: dict[str, object], field: str) -> None:
        answer = client.post("/images", json=wanted)
        assert answer.status_code == 422
        assert [detail["loc"] for detail in answer.json()["detail"]] == [[field]]

    def test_the_description_has_to_be_json(self, client: TestClient) -> None:
        assert upload(client, b"{", "application/json").status_code == 422


class TestInferences:
    def test_one_is_started_followed_and_read(self, client: TestClient, jobs: MemoryJobs, storage: Storage) -> None:
        key = upload(client).json()["s3_key"]
        wanted = {"s3_key": key, "inference_type": "bedrock"}
        started = client.post("/inferences", json=wanted)
        assert started.status_code == 202
        assert started.headers["Location"] == "/inferences/one"
        assert started.json() == {"id": "one", "status": "RUNNING", **wanted}
        shown = client.get(started.headers["Location"])
        assert shown.json() == {"id": "one", "status": "RUNNING", "started_at": "2026-01-02T00:00:00Z", **wanted}
        assert client.get("/inferences/one/result").status_code == 409
        jobs.kept["one"] = Job("one", "SUCCEEDED", key, "bedrock", STARTED, STARTED)
        storage.write_result(result_key(key, "bedrock"), {"labels": ["cat"]})
        assert client.get("/inferences/one/result").json() == {"labels": ["cat"]}

    def test_a_failed_one_says_why(self, client: TestClient, jobs: MemoryJobs) -> None:
        job = Job("one", "FAILED", "images/a.png", "azure", STARTED, STARTED, "InvalidPicture", "no picture")
        jobs.kept["one"] = job
        assert client.get("/inferences/one").json()["error"] == "InvalidPicture"
        answer = client.get("/inferences/one/result")
        assert answer.status_code == 409
        expected = "The inference one has no result, its status is FAILED: InvalidPicture: no picture"
        assert answer.json() == {"detail": expected}

    def test_a_result_that_has_expired_is_gone(self, client: TestClient, jobs: MemoryJobs) -> None:
        jobs.kept["one"] = Job("one", "SUCCEEDED", "images/a.png", "azure", STARTED, STARTED)
        assert client.get("/inferences/one/result").status_code == 410

    @pytest.mark.parametrize("path", ["/inferences/none", "/inferences/none/result"])
    def test_an_unknown_one_is_not_found(self, client: TestClient, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "There is no inference none."}

    def test_a_picture_has_to_be_there(self, client: TestClient, jobs: MemoryJobs) -> None:
        answer = client.post("/inferences", json={"s3_key": "images/none.png", "inference_type": "azure"})
        assert answer.status_code == 404
        assert answer.json() == {"detail": "There is no picture images/none.png: upload it first, by POST /images."}
        assert jobs.kept == {}

    @pytest.mark.parametrize(
        ("wanted", "field"),
        [
            ({"s3_key": "images/a.png", "inference_type": "clippy"}, "inference_type"),
            ({"s3_key": "results/a.json", "inference_type": "azure"}, "s3_key"),
            ({"s3_key": "images/", "inference_type": "azure"}, "s3_key"),
            ({"inference_type": "azure"}, "s3_key"),
            ({"s3_key": "images/a.png"}, "inference_type"),
        ],
    )
    def test_what_is_asked_for_is_checked(
        self,
        client: TestClient,
        jobs: MemoryJobs,
        wanted: dict[str, str],
        field: str,
    ) -> None:
        answer = client.post("/inferences", json=wanted)
        assert answer.status_code == 422
        assert [detail["loc"] for detail in answer.json()["detail"]] == [["body", field]]
        assert jobs.kept == {}


def test_the_description_of_the_api_names_every_way_to_upload(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    assert set(described) == {
        "/health",
        "/images",
        "/inferences",
        "/inferences/{job_id}",
        "/inferences/{job_id}/result",
    }
    content = described["/images"]["post"]["requestBody"]["content"]
    assert set(content) == {"image/gif", "image/jpeg", "image/png", "image/webp", "application/json"}
