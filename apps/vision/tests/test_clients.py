from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import BUCKET
from vision.clients import Clients
from vision.storage import Storage


def upload_url() -> str:
    return Storage(BUCKET, Clients().s3).upload_url("image/png", 1234)[1]


@pytest.mark.parametrize("region", ["ap-northeast-1", "eu-central-1", "us-gov-west-1"])
def test_an_upload_url_names_s3_in_the_functions_own_region(monkeypatch: pytest.MonkeyPatch, region: str) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    url = urlsplit(upload_url())
    query = parse_qs(url.query)
    assert url.scheme == "https"
    assert url.netloc == f"{BUCKET}.s3.{region}.amazonaws.com"
    assert url.path.startswith("/images/")
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Credential"][0].split("/")[2:] == [region, "s3", "aws4_request"]
    assert set(query["X-Amz-SignedHeaders"][0].split(";")) == {"content-length", "content-type", "host"}


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
@pytest.mark.parametrize("endpoint", ["http://localhost:4566", "http://172.17.0.1:4566", "https://s3.example.com"])
def test_another_endpoint_is_called_by_its_own_host(
    monkeypatch: pytest.MonkeyPatch, variable: str, endpoint: str
) -> None:
    monkeypatch.setenv(variable, endpoint)
    assert upload_url().startswith(f"{endpoint}/{BUCKET}/images/")
