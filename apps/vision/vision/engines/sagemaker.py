"""An image classification endpoint of SageMaker."""

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field, TypeAdapter

from vision.engines.aws_errors import translated
from vision.engines.engine import Label, ranked
from vision.errors import EngineAnswerInvalid
from vision.picture import Picture

if TYPE_CHECKING:
    from types_boto3_sagemaker_runtime import SageMakerRuntimeClient

Score = Annotated[float, Field(ge=0, le=1)]


class _Probabilities(BaseModel):
    """JumpStart's image classification:
    https://docs.aws.amazon.com/sagemaker/latest/dg/jumpstart-foundation-models-use-python-sdk.html
    """

    probabilities: list[Score]
    labels: list[str]


class _Prediction(BaseModel):
    """One of Hugging Face's container for image classification."""

    label: str
    score: Score


_ANSWER: TypeAdapter[_Probabilities | list[_Prediction]] = TypeAdapter(_Probabilities | list[_Prediction])


class SageMakerEngine:
    name = "sagemaker"

    def __init__(self, endpoint: str, client: "SageMakerRuntimeClient") -> None:
        self._endpoint = endpoint
        self._client = client

    def labels(self, picture: Picture) -> list[Label]:
        with translated(f"The SageMaker endpoint {self._endpoint}"):
            answer = self._client.invoke_endpoint(
                EndpointName=self._endpoint,
                ContentType="application/x-image",
                Accept="application/json;verbose",
                Body=picture.jpeg(),
            )
            body = answer["Body"].read()
        return ranked(self._read(body))

    def _read(self, body: bytes) -> list[Label]:
        try:
            answer = _ANSWER.validate_json(body)
            if isinstance(answer, list):
                return [Label(prediction.label, prediction.score) for prediction in answer]
            return [Label(name, score) for name, score in zip(answer.labels, answer.probabilities, strict=True)]
        except ValueError as error:  # ValidationError is one
            raise EngineAnswerInvalid(
                f"The SageMaker endpoint {self._endpoint} must answer labels with probabilities "
                f"(JumpStart's or Hugging Face's image classification), got {body[:200]!r}.",
            ) from error
