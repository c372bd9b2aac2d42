"""Azure AI Vision's image analysis."""

from typing import TYPE_CHECKING

from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ServiceRequestError, ServiceResponseError

from vision.engines.aws_errors import translated
from vision.engines.engine import Label, ranked
from vision.errors import EngineNotConfigured, EngineRefused, EngineUnavailable
from vision.picture import Picture

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

_PASSING = (408, 429)
_SERVER_FAILED = 500


class AzureEngine:
    name = "azure"

    def __init__(self, endpoint: str, secret_arn: str, secrets: "SecretsManagerClient") -> None:
        self._endpoint = endpoint
        self._secret = secret_arn
        self._secrets = secrets

    def labels(self, picture: Picture) -> list[Label]:
        try:
            with self._client() as client:
                found = client.analyze(image_data=picture.jpeg(), visual_features=[VisualFeatures.TAGS])
        except HttpResponseError as error:
            passing = error.status_code is None or error.status_code in _PASSING or error.status_code >= _SERVER_FAILED
            kind = EngineUnavailable if passing else EngineRefused
            raise kind(f"Azure AI Vision at {self._endpoint}: {error.status_code} {error.message}") from error
        except (ServiceRequestError, ServiceResponseError) as error:
            raise EngineUnavailable(f"Azure AI Vision at {self._endpoint} can't be reached: {error}") from error
        return ranked([Label(tag.name, tag.confidence) for tag in found.tags.list] if found.tags else [])

    def _client(self) -> ImageAnalysisClient:
        # The state machine waits between attempts without paying for a function that waits.
        return ImageAnalysisClient(
            self._endpoint,
            self._key(),
            retry_total=0,
            connection_timeout=5,
            read_timeout=60,
        )

    def _key(self) -> AzureKeyCredential:
        """The key as it is now: one that was rotated counts at once."""
        with translated(f"The secret {self._secret}"):
            key = self._secrets.get_secret_value(SecretId=self._secret).get("SecretString", "").strip()
        if not key:
            raise EngineNotConfigured(f"The secret {self._secret} must hold the key of {self._endpoint} as its text.")
        return AzureKeyCredential(key)
