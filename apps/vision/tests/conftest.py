"""Pictures to look at, and a bucket to keep them in."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3
import pytest
from botocore.config import Config
from hypothesis.configuration import set_hypothesis_home_dir
from moto import mock_aws
from PIL import Image

from vision.storage import Storage

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

# It keeps what it has seen below the folder it runs in otherwise.
set_hypothesis_home_dir(Path(__file__).parents[3] / ".lab/python/hypothesis")

REGION: Final = "ap-northeast-1"
BUCKET = "pictures"
MACHINE = f"arn:aws:states:{REGION}:123456789012:stateMachine:vision"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own environment leads a client anywhere."""
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE", "AWS_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def aws(environment: None) -> Iterator[None]:  # noqa: ARG001, the credentials have to be there first
    with mock_aws():
        yield


@pytest.fixture
def s3(aws: None) -> "S3Client":  # noqa: ARG001
    client = boto3.client("s3", region_name=REGION, config=Config(signature_version="s3v4"))
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    return client


@pytest.fixture
def storage(s3: "S3Client") -> Storage:
    return Storage(BUCKET, s3)


@pytest.fixture
def log() -> logging.Logger:
    return logging.getLogger("test")


def encode(image: Image.Image, image_format: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, image_format, **options)
    return data.getvalue()


def solid(colour: str | tuple[int, ...], size: tuple[int, int] = (40, 30), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)
