import io
import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
import responses
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from botocore.response import StreamingBody
from botocore.stub import ANY, Stubber
from moto import mock_aws
from PIL import Image

from tests.conftest import REGION, encode, solid
from vision.engines.aws_errors import translated
from vision.engines.azure import AzureEngine
from vision.engines.bedrock import BedrockEngine
from vision.engines.engine import Label
from vision.engines.sagemaker import SageMakerEngine
from vision.errors import EngineAnswerInvalid, EngineNotConfigured, EngineRefused, EngineUnavailable
from vision.picture import Picture

if TYPE_CHECKING:
    from types_boto3_bedrock_runtime import BedrockRuntimeClient
    from types_boto3_sagemaker_runtime import SageMakerRuntimeClient

PICTURE = Picture.decode(encode(solid("red")))
ENDPOINT = "https://vision.example.com"


def is_jpeg(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as image:
        return image.format == "JPEG" and image.size == (40, 30)


class TestSageMaker:
    @pytest.fixture
    def client(self) -> "SageMakerRuntimeClient":
        return boto3.client("sagemaker-runtime", region_name=REGION)

    def ask(self, client: "SageMakerRuntimeClient", answer: object) -> list[Label]:
        body = json.dumps(answer).encode()
        wanted = {
            "EndpointName": "classifier",
            "ContentType": "application/x-image",
            "Accept": "application/json;verbose",
            "Body": PICTURE.jpeg(),
        }
        with Stubber(client) as stub:
            stub.add_response("invoke_endpoint", {"Body": StreamingBody(io.BytesIO(body), len(body))}, wanted)
            return SageMakerEngine("classifier", client).labels(PICTURE)

    def test_jumpstart(self, client: "SageMakerRuntimeClient") -> None:
        answer = {"probabilities": [0.1, 0.7, 0.2], "labels": ["cat", "dog", "emu"], "predicted_label": "dog"}
        assert self.ask(client, answer) == [Label("dog", 0.7), Label("emu", 0.2), Label("cat", 0.1)]

    def test_hugging_face(self, client: "SageMakerRuntimeClient") -> None:
        answer = [{"label": "cat", "score": 0.25}, {"label": "dog", "score": 0.75}]
        assert self.ask(client, answer) == [Label("dog", 0.75), Label("cat", 0.25)]

    @pytest.mark.parametrize(
        "answer",
        [{}, "cat", [0.1, 0.9], {"probabilities": [0.5], "labels": []}, [{"label": "cat", "score": 7}]],
    )
    def test_other_answers_are_refused(self, client: "SageMakerRuntimeClient", answer: object) -> None:
        with pytest.raises(EngineAnswerInvalid, match="classifier must answer labels with probabilities"):
            self.ask(client, answer)


class TestBedrock:
    @pytest.fixture
    def client(self) -> "BedrockRuntimeClient":
        return boto3.client("bedrock-runtime", region_name=REGION)

    def ask(self, client: "BedrockRuntimeClient", content: list[dict[str, Any]], stop: str = "tool_use") -> list[Label]:
        answer = {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": stop,
            "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
            "metrics": {"latencyMs": 1},
        }
        wanted = {"modelId": "nova", "messages": ANY, "toolConfig": ANY, "inferenceConfig": ANY}
        with Stubber(client) as stub:
            stub.add_response("converse", answer, wanted)
            return BedrockEngine("nova", client).labels(PICTURE)

    @staticmethod
    def report(labels: object) -> dict[str, Any]:
        return {"toolUse": {"toolUseId": "1", "name": "report_labels", "input": {"labels": labels}}}

    def test_the_report_is_read(self, client: "BedrockRuntimeClient") -> None:
        labels = [{"name": "cat", "confidence": 0.5}, {"name": "sofa", "confidence": 1}]
        content = [{"text": "I look at it."}, self.report(labels)]
        assert self.ask(client, content) == [Label("sofa", 1.0), Label("cat", 0.5)]

    def test_the_model_sees_the_picture_and_has_to_report(self, client: "BedrockRuntimeClient") -> None:
        sent: dict[str, Any] = {}
        client.meta.events.register("provide-client-params.*.Converse", lambda params, **_: sent.update(params))
        self.ask(client, [self.report([])])
        image, text = sent["messages"][0]["content"]
        assert image["image"]["format"] == "jpeg"
        assert is_jpeg(image["image"]["source"]["bytes"])
        assert "confidence" in text["text"]
        tool = sent["toolConfig"]["tools"][0]["toolSpec"]["name"]
        assert sent["toolConfig"]["toolChoice"] == {"tool": {"name": tool}}

    @pytest.mark.parametrize("content", [[], [{"text": "a cat"}]])
    def test_an_answer_without_a_report_is_refused(
        self,
        client: "BedrockRuntimeClient",
        content: list[dict[str, Any]],
    ) -> None:
        with pytest.raises(EngineAnswerInvalid, match="nova must report labels .*, got the stop reason max_tokens"):
            self.ask(client, content, "max_tokens")

    @pytest.mark.parametrize("labels", ["cat", [{"name": "cat"}], [{"name": "cat", "confidence": 2}]])
    def test_a_report_of_another_shape_is_refused(self, client: "BedrockRuntimeClient", labels: object) -> None:
        with pytest.raises(EngineAnswerInvalid, match="nova must report labels"):
            self.ask(client, [self.report(labels)])


PASSING = [
    ("ThrottlingException", 400),
    ("ThrottlingException", 429),
    ("ServiceUnavailable", 503),
    ("InternalFailure", 500),
    ("InternalDependencyException", 530),
    ("ModelTimeoutException", 408),
    ("ModelNotReadyException", 429),
    ("ModelErrorException", 424),
]
LASTING = [("ValidationException", 400), ("AccessDeniedException", 403), ("ResourceNotFoundException", 404)]


class TestErrorsOfAws:
    @pytest.mark.parametrize(("code", "status"), PASSING)
    def test_what_may_pass_is_unavailable(self, code: str, status: int) -> None:
        with pytest.raises(EngineUnavailable, match=rf"^The model: .*\({code}\)"):
            self.fail(code, status)

    @pytest.mark.parametrize(("code", "status"), LASTING)
    def test_what_stays_is_refused(self, code: str, status: int) -> None:
        with pytest.raises(EngineRefused, match=rf"^The model: .*\({code}\)"):
            self.fail(code, status)

    @pytest.mark.parametrize(("status", "kind"), [(400, EngineRefused), (503, EngineUnavailable)])
    def test_the_status_of_a_failed_model_counts(self, status: int, kind: type[Exception]) -> None:
        with pytest.raises(kind, match="ModelErrorException"):
            self.fail("ModelErrorException", 424, {"originalStatusCode": status})
        sagemaker = boto3.client("sagemaker-runtime", region_name=REGION)
        with Stubber(sagemaker) as stub:
            more = {"OriginalStatusCode": status}
            stub.add_client_error("invoke_endpoint", "ModelError", http_status_code=424, modeled_fields=more)
            with pytest.raises(kind, match="The SageMaker endpoint classifier: .*ModelError"):
                SageMakerEngine("classifier", sagemaker).labels(PICTURE)

    @pytest.mark.parametrize(
        "error",
        [
            EndpointConnectionError(endpoint_url="https://x"),
            ConnectTimeoutError(endpoint_url="https://x"),
            ReadTimeoutError(endpoint_url="https://x"),
        ],
    )
    def test_no_connection_may_pass(self, error: Exception) -> None:
        with pytest.raises(EngineUnavailable, match="^The model can't be reached: "), translated("The model"):
            raise error

    def test_an_error_of_this_program_stays_what_it_is(self) -> None:
        with pytest.raises(KeyError), translated("The model"):
            raise KeyError

    @staticmethod
    def fail(code: str, status: int, more: dict[str, object] | None = None) -> None:
        client = boto3.client("bedrock-runtime", region_name=REGION)
        with Stubber(client) as stub, translated("The model"):
            stub.add_client_error("converse", code, http_status_code=status, modeled_fields=more)
            client.converse(modelId="nova", messages=[])


class TestAzure:
    @pytest.fixture
    def engine(self, aws: None) -> AzureEngine:  # noqa: ARG002, AWS's mock holds the secret
        secrets = boto3.client("secretsmanager", region_name=REGION)
        arn = secrets.create_secret(Name="azure", SecretString="the-key\n")["ARN"]
        return AzureEngine(ENDPOINT, arn, secrets)

    @staticmethod
    def answers(**answer: Any) -> responses.RequestsMock:  # noqa: ANN401, what the library takes
        mock = responses.RequestsMock()
        mock.post(f"{ENDPOINT}/computervision/imageanalysis:analyze", **answer)
        return mock

    def test_tags_are_labels(self, engine: AzureEngine) -> None:
        tags = {"values": [{"name": "animal", "confidence": 0.5}, {"name": "cat", "confidence": 0.75}]}
        answer = {"tagsResult": tags, "modelVersion": "1", "metadata": {"width": 40, "height": 30}}
        with self.answers(json=answer) as mock:
            assert engine.labels(PICTURE) == [Label("cat", 0.75), Label("animal", 0.5)]
            request = mock.calls[0].request
        assert request.headers["Ocp-Apim-Subscription-Key"] == "the-key"
        assert request.params["features"] == "tags"  # type: ignore[attr-defined]
        assert isinstance(request.body, bytes)
        assert is_jpeg(request.body)

    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (400, EngineRefused),
            (401, EngineRefused),
            (404, EngineRefused),
            (408, EngineUnavailable),
            (429, EngineUnavailable),
            (500, EngineUnavailable),
            (503, EngineUnavailable),
        ],
    )
    def test_errors(self, engine: AzureEngine, status: int, kind: type[Exception]) -> None:
        answer = {"error": {"code": "Some", "message": "said so"}}
        with self.answers(status=status, json=answer), pytest.raises(kind, match=f"{ENDPOINT}: {status} .*said so"):
            engine.labels(PICTURE)

    def test_no_connection_may_pass(self, engine: AzureEngine) -> None:
        error = requests.exceptions.ConnectionError("refused")
        with self.answers(body=error), pytest.raises(EngineUnavailable, match="can't be reached: refused"):
            engine.labels(PICTURE)

    def test_an_empty_secret_is_named(self, aws: None) -> None:  # noqa: ARG002
        secrets = boto3.client("secretsmanager", region_name=REGION)
        arn = secrets.create_secret(Name="azure", SecretString="  ")["ARN"]
        with pytest.raises(EngineNotConfigured, match=f"The secret {arn} must hold the key of {ENDPOINT}"):
            AzureEngine(ENDPOINT, arn, secrets).labels(PICTURE)

    def test_a_missing_secret_is_named(self) -> None:
        arn = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:none-AbCdEf"
        with mock_aws(), pytest.raises(EngineRefused, match=f"The secret {arn}: .*ResourceNotFoundException"):
            AzureEngine(ENDPOINT, arn, boto3.client("secretsmanager", region_name=REGION)).labels(PICTURE)
