from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from tests.conftest import BUCKET
from vision import storage as module
from vision.errors import InvalidPicture, PictureNotFound
from vision.storage import Storage, result_key

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


def test_a_picture_is_read_back(storage: Storage, s3: "S3Client") -> None:
    key = storage.write_picture(b"pixels", "image/png")
    assert key.startswith("images/")
    assert key.endswith(".png")
    assert storage.has_picture(key)
    assert storage.read_picture(key) == b"pixels"
    assert s3.head_object(Bucket=BUCKET, Key=key)["ContentType"] == "image/png"


def test_no_two_pictures_have_one_key(storage: Storage) -> None:
    assert len({storage.write_picture(b"pixels", "image/png") for _ in range(5)}) == 5


def test_a_missing_picture_is_named(storage: Storage) -> None:
    assert not storage.has_picture("images/none.png")
    with pytest.raises(PictureNotFound, match="The bucket pictures has no picture 'images/none.png'"):
        storage.read_picture("images/none.png")


def test_s3_says_forbidden_of_what_is_missing_where_one_may_not_list(storage: Storage, s3: "S3Client") -> None:
    with Stubber(s3) as stub:
        stub.add_client_error("get_object", "AccessDenied", http_status_code=403)
        with pytest.raises(PictureNotFound, match="or this function may not read it"):
            storage.read_picture("images/none.png")
        stub.add_client_error("head_object", "403", http_status_code=403)
        assert not storage.has_picture("images/none.png")


def test_other_errors_stay_what_they_are(storage: Storage, s3: "S3Client") -> None:
    with Stubber(s3) as stub:
        for call in ("get_object", "head_object", "get_object"):
            stub.add_client_error(call, "NoSuchBucket", http_status_code=404)
        with pytest.raises(ClientError, match="NoSuchBucket"):
            storage.read_picture("images/a.png")
        with pytest.raises(ClientError, match="NoSuchBucket"):
            storage.has_picture("images/a.png")
        with pytest.raises(ClientError, match="NoSuchBucket"):
            storage.read_result("results/a.json")


def test_a_picture_that_is_too_large_is_not_read(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 5)
    key = storage.write_picture(b"pixels", "image/png")
    with pytest.raises(InvalidPicture, match=f"5 bytes at most; {key} has 6"):
        storage.read_picture(key)


def test_an_upload_url_is_for_one_key_one_type_and_one_size(storage: Storage) -> None:
    key, url = storage.upload_url("image/jpeg", 1234)
    query = parse_qs(urlsplit(url).query)
    assert urlsplit(url).path.endswith(key)
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert set(query["X-Amz-SignedHeaders"][0].split(";")) == {"content-length", "content-type", "host"}
    assert query["X-Amz-Expires"] == ["900"]


def test_results_are_kept_by_picture_and_type(storage: Storage) -> None:
    keys = {result_key(f"images/{name}.png", kind) for name in "ab" for kind in ("azure", "bedrock")}
    assert len(keys) == 4
    for key in keys:
        assert key.startswith("results/images/")
        storage.write_result(key, {"labels": [key, "ü"]})
    assert all(storage.read_result(key) == {"labels": [key, "ü"]} for key in keys)
    assert storage.read_result("results/none.json") is None
