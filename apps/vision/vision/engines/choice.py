"""Which engine answers for an inference type."""

from typing import TYPE_CHECKING

from vision.engines.bedrock import BedrockEngine
from vision.engines.engine import Engine, InferenceType
from vision.engines.local import LocalEngine
from vision.engines.sagemaker import SageMakerEngine
from vision.errors import EngineNotConfigured
from vision.settings import Settings

if TYPE_CHECKING:
    from vision.clients import Clients

_VARIABLES: dict[InferenceType, str] = {
    "sagemaker": "SAGEMAKER_ENDPOINT",
    "bedrock": "BEDROCK_MODEL_ID",
    "azure": "AZURE_ENDPOINT and AZURE_SECRET_ARN",
}


def engine_for(inference_type: InferenceType, settings: Settings, clients: "Clients") -> Engine:
    """The engine that the environment names, else the local one where that is allowed."""
    engine = _configured(inference_type, settings, clients)
    if engine is not None:
        return engine
    if settings.local_engine:
        return LocalEngine()
    raise EngineNotConfigured(
        f"The inference type {inference_type} has no engine here: set {_VARIABLES[inference_type]}.",
    )


def _configured(inference_type: InferenceType, settings: Settings, clients: "Clients") -> Engine | None:
    match inference_type:
        case "sagemaker" if settings.sagemaker_endpoint is not None:
            return SageMakerEngine(settings.sagemaker_endpoint, clients.sagemaker)
        case "bedrock" if settings.bedrock_model_id is not None:
            return BedrockEngine(settings.bedrock_model_id, clients.bedrock)
        case "azure" if settings.azure_endpoint is not None and settings.azure_secret_arn is not None:
            from vision.engines.azure import AzureEngine  # its SDK is slow to load, and most don't use it

            return AzureEngine(settings.azure_endpoint, settings.azure_secret_arn, clients.secrets)
        case _:
            return None
