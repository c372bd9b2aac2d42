import pytest

from vision.settings import ConfigurationError, read_settings

SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:vision/azure-AbCdEf"  # noqa: S105, an ARN
MACHINE = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:vision"


def test_a_bucket_is_enough() -> None:
    settings = read_settings({"IMAGE_BUCKET": "pictures", "PATH": "/bin"})
    assert settings.model_dump(exclude_none=True) == {
        "image_bucket": "pictures",
        "local_engine": False,
        "log_level": "INFO",
    }


def test_everything_is_read() -> None:
    variables = {
        "IMAGE_BUCKET": "pictures",
        "STATE_MACHINE_ARN": MACHINE,
        "SAGEMAKER_ENDPOINT": "classifier",
        "BEDROCK_MODEL_ID": "amazon.nova-lite-v1:0",
        "AZURE_ENDPOINT": "https://vision.example.com/",
        "AZURE_SECRET_ARN": SECRET,
        "LOCAL_ENGINE": "true",
        "LOG_LEVEL": "DEBUG",
    }
    assert set(read_settings(variables).model_dump(by_alias=True).items()) == {
        *{name: value for name, value in variables.items() if name != "LOCAL_ENGINE"}.items(),
        ("LOCAL_ENGINE", True),
    }


def test_empty_is_absent() -> None:
    settings = read_settings(
        {"IMAGE_BUCKET": "pictures", "SAGEMAKER_ENDPOINT": "", "LOCAL_ENGINE": "", "LOG_LEVEL": ""}
    )
    assert settings.sagemaker_endpoint is None
    assert not settings.local_engine


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"IMAGE_BUCKET": ""}, "IMAGE_BUCKET: Field required"),
        ({"STATE_MACHINE_ARN": "vision"}, r"STATE_MACHINE_ARN: String should match pattern '.*', got 'vision'"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: Input should be 'TRACE', 'DEBUG', .*, got 'LOUD'"),
        ({"LOCAL_ENGINE": "perhaps"}, "LOCAL_ENGINE: Input should be a valid boolean.*, got 'perhaps'"),
        ({"AZURE_ENDPOINT": "http://a", "AZURE_SECRET_ARN": SECRET}, "AZURE_ENDPOINT: .*, got 'http://a'"),
        ({"AZURE_ENDPOINT": "https://a", "AZURE_SECRET_ARN": "key"}, "AZURE_SECRET_ARN: .*, got 'key'"),
        ({"AZURE_ENDPOINT": "https://a"}, "^AZURE_ENDPOINT and AZURE_SECRET_ARN must both be set, or neither$"),
        ({"AZURE_SECRET_ARN": SECRET}, "^AZURE_ENDPOINT and AZURE_SECRET_ARN must both be set, or neither$"),
        ({"IMAGE_BUCKET": "", "LOG_LEVEL": "LOUD"}, "IMAGE_BUCKET: .*; LOG_LEVEL: "),
    ],
)
def test_one_message_names_what_is_wrong(variables: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        read_settings({"IMAGE_BUCKET": "pictures", **variables})
