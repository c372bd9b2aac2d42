"""Pictures and results in the bucket."""

import json
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import uuid4

from botocore.exceptions import ClientError

from vision.errors import InvalidPicture, PictureNotFound
from vision.picture import EXTENSIONS, MAX_BYTES

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

IMAGE_PREFIX = "images/"
RESULT_PREFIX = "results/"
UPLOAD_SECONDS = 900

# Without the right to list the bucket S3 says 403 of an object that is not there:
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
_NOT_THERE = {"NoSuchKey", "404", "AccessDenied", "403"}


def new_key(content_type: str) -> str:
    """A key that no other picture has."""
    return f"{IMAGE_PREFIX}{uuid4().hex}.{EXTENSIONS[content_type]}"


def result_key(s3_key: str, inference_type: str) -> str:
    """Where the result for a picture is kept: the same for every run, so that a retry overwrites and adds nothing."""
    return f"{RESULT_PREFIX}{s3_key}/{inference_type}.json"


class Storage:
    def __init__(self, bucket: str, client: "S3Client") -> None:
        self._bucket = bucket
        self._s3 = client

    def has_picture(self, key: str) -> bool:
        try:
            self._s3.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _NOT_THERE:
                raise
            return False
        return True

    def read_picture(self, key: str) -> bytes:
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            self._not_found(key, error)
        with answer["Body"] as body:
            size = answer["ContentLength"]
            if size > MAX_BYTES:
                raise InvalidPicture(f"A picture may have {MAX_BYTES} bytes at most; {key} has {size}.")
            return body.read()

    def write_picture(self, data: bytes, content_type: str) -> str:
        key = new_key(content_type)
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)
        return key

    def upload_url(self, content_type: str, size: int) -> tuple[str, str]:
        """A new key, and the URL that takes exactly such an object there by PUT."""
        key = new_key(content_type)
        wanted = {"Bucket": self._bucket, "Key": key, "ContentType": content_type, "ContentLength": size}
        url = self._s3.generate_presigned_url("put_object", Params=wanted, ExpiresIn=UPLOAD_SECONDS)
        return key, url

    def write_result(self, key: str, result: dict[str, Any]) -> None:
        body = json.dumps(result, ensure_ascii=False).encode()
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/json")

    def read_result(self, key: str) -> dict[str, Any] | None:
        try:
            with self._s3.get_object(Bucket=self._bucket, Key=key)["Body"] as body:
                result: dict[str, Any] = json.loads(body.read())
        except ClientError as error:
            if error.response["Error"]["Code"] not in _NOT_THERE:
                raise
            return None
        return result

    def _not_found(self, key: str, error: ClientError) -> NoReturn:
        if error.response["Error"]["Code"] not in _NOT_THERE:
            raise error
        raise PictureNotFound(
            f"The bucket {self._bucket} has no picture {key!r}, or this function may not read it: "
            f"put it there, below {IMAGE_PREFIX}.",
        ) from None
