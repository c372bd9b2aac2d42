"""Clients of AWS's services, each made when it is first used and kept for the next invocation."""

import os
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_bedrock_runtime import BedrockRuntimeClient
    from types_boto3_s3 import S3Client
    from types_boto3_sagemaker_runtime import SageMakerRuntimeClient
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_stepfunctions import SFNClient

_DEFAULTS = Config(connect_timeout=5, read_timeout=60, retries={"mode": "standard", "total_max_attempts": 3})
# The state machine waits between attempts without paying for a function that waits.
_ENGINES = _DEFAULTS.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))


def _storage() -> Config:
    """Only a signature of version 4 can bind an upload's size.

    With the bucket in the host's name, S3 is called in its own region. For hours after a bucket is made, the global
    host redirects there, where the signature is wrong: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html.
    Another endpoint, such as an emulator's, has no such host.
    """
    elsewhere = any(os.environ.get(name) for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"))
    style: Literal["path", "virtual"] = "path" if elsewhere else "virtual"
    return _DEFAULTS.merge(Config(signature_version="s3v4", s3={"addressing_style": style}))


class Clients:
    @cached_property
    def s3(self) -> "S3Client":
        return boto3.client("s3", config=_storage())

    @cached_property
    def states(self) -> "SFNClient":
        return boto3.client("stepfunctions", config=_DEFAULTS)

    @cached_property
    def sagemaker(self) -> "SageMakerRuntimeClient":
        return boto3.client("sagemaker-runtime", config=_ENGINES)

    @cached_property
    def bedrock(self) -> "BedrockRuntimeClient":
        return boto3.client("bedrock-runtime", config=_ENGINES)

    @cached_property
    def secrets(self) -> "SecretsManagerClient":
        return boto3.client("secretsmanager", config=_DEFAULTS)
