import io
import json
import logging
from typing import TYPE_CHECKING, get_args

import pytest

from tests.conftest import encode, solid
from vision.clients import Clients
from vision.engines.azure import AzureEngine
from vision.engines.bedrock import BedrockEngine
from vision.engines.choice import engine_for
from vision.engines.engine import Engine, InferenceType
from vision.engines.local import LocalEngine
from vision.engines.sagemaker import SageMakerEngine
from vision.errors import EngineNotConfigured, InvalidInput, InvalidPicture, PictureNotFound
from vision.log import create_log
from vision.pipeline import Pipeline
from vision.settings import Settings, read_settings
from vision.storage import Storage

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

TYPES: tuple[InferenceType, ...] = get_args(InferenceType)
SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:azure-AbCdEf"  # noqa: S105, an ARN


def settings(**variables: str) -> Settings:
    return read_settings({"IMAGE_BUCKET": "pictures", **variables})


def local(_: InferenceType) -> Engine:
    return LocalEngine()


@pytest.fixture
def pipeline(storage: Storage, log: logging.Logger) -> Pipeline:
    return Pipeline(storage, local, log)


@pytest.mark.parametrize("inference_type", TYPES)
@pytest.mark.parametrize("colour", ["red", "blue"])
def test_every_inference_type_has_a_result_beside_the_picture(
    pipeline: Pipeline,
    storage: Storage,
    inference_type: str,
    colour: str,
) -> None:
    key = storage.write_picture(encode(solid(colour)), "image/png")
    output = pipeline.run({"s3_key": key, "inference_type": inference_type})
    assert set(output) == {"s3_key", "inference_type", "result_key", "labels"}
    assert output["s3_key"] == key
    assert output["inference_type"] == inference_type
    assert {"name": colour, "score": 1.0} in output["labels"]
    assert storage.read_result(output["result_key"]) == {
        "s3_key": key,
        "inference_type": inference_type,
        "labels": output["labels"],
        "engine": "local",
        "picture": {"content_type": "image/png", "width": 40, "height": 30},
    }


def test_a_retry_has_the_same_result_and_adds_none(pipeline: Pipeline, storage: Storage, s3: "S3Client") -> None:
    event = {"s3_key": storage.write_picture(encode(solid("red")), "image/png"), "inference_type": "azure"}
    assert pipeline.run(event) == pipeline.run(event)
    assert s3.list_objects_v2(Bucket="pictures", Prefix="results/")["KeyCount"] == 1


def test_a_missing_picture_fails(pipeline: Pipeline) -> None:
    with pytest.raises(PictureNotFound, match="no picture 'images/none.png'"):
        pipeline.run({"s3_key": "images/none.png", "inference_type": "azure"})


def test_what_is_no_picture_fails_and_leaves_no_result(pipeline: Pipeline, storage: Storage, s3: "S3Client") -> None:
    key = storage.write_picture(b"text", "image/png")
    with pytest.raises(InvalidPicture, match="no picture"):
        pipeline.run({"s3_key": key, "inference_type": "azure"})
    assert "Contents" not in s3.list_objects_v2(Bucket="pictures", Prefix="results/")


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"inference_type": "azure"}, "s3_key: Field required"),
        ({"s3_key": "images/a.png"}, "inference_type: Field required"),
        ({"s3_key": "", "inference_type": "azure"}, "s3_key: String should have at least 1 character"),
        ({"s3_key": 1, "inference_type": "azure"}, "s3_key: Input should be a valid string"),
        (
            {"s3_key": "a", "inference_type": "Azure"},
            "inference_type: Input should be 'sagemaker', 'bedrock' or 'azure'",
        ),
        (None, "event: Input should be a valid dictionary"),
    ],
)
def test_other_events_are_refused(pipeline: Pipeline, event: object, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        pipeline.run(event)


@pytest.mark.parametrize(
    ("inference_type", "variables", "kind"),
    [
        ("sagemaker", {"SAGEMAKER_ENDPOINT": "classifier"}, SageMakerEngine),
        ("bedrock", {"BEDROCK_MODEL_ID": "nova"}, BedrockEngine),
        ("azure", {"AZURE_ENDPOINT": "https://a", "AZURE_SECRET_ARN": SECRET}, AzureEngine),
    ],
)
def test_the_environment_names_the_engine(inference_type: InferenceType, variables: dict[str, str], kind: type) -> None:
    assert isinstance(engine_for(inference_type, settings(**variables), Clients()), kind)
    assert isinstance(engine_for(inference_type, settings(**variables, LOCAL_ENGINE="true"), Clients()), kind)
    for other in set(TYPES) - {inference_type}:
        with pytest.raises(EngineNotConfigured):
            engine_for(other, settings(**variables), Clients())
        assert isinstance(engine_for(other, settings(**variables, LOCAL_ENGINE="true"), Clients()), LocalEngine)


@pytest.mark.parametrize(
    ("inference_type", "variable"),
    [
        ("sagemaker", "SAGEMAKER_ENDPOINT"),
        ("bedrock", "BEDROCK_MODEL_ID"),
        ("azure", "AZURE_ENDPOINT and AZURE_SECRET_ARN"),
    ],
)
def test_an_engine_that_is_not_configured_is_refused(inference_type: InferenceType, variable: str) -> None:
    with pytest.raises(EngineNotConfigured, match=f"^The inference type {inference_type} has .*: set {variable}.$"):
        engine_for(inference_type, settings(), Clients())


def test_one_line_is_logged_for_each_run(storage: Storage) -> None:
    written = io.StringIO()
    pipeline = Pipeline(storage, local, create_log("INFO", written))
    key = storage.write_picture(encode(solid("red")), "image/png")
    pipeline.run({"s3_key": key, "inference_type": "azure"})
    with pytest.raises(PictureNotFound):
        pipeline.run({"s3_key": "images/none.png", "inference_type": "azure"})
    done, failed = (json.loads(line) for line in written.getvalue().splitlines())
    assert done["message"] == "inference"
    assert done["s3Key"] == key
    assert failed["level"] == "WARN"
    assert failed["error"] == "PictureNotFound"
    assert failed["event"]["s3_key"] == "images/none.png"
