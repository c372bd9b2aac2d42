"""What the environment decides."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

KEY_ARN = r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+$"
STATE_MACHINE_ARN = r"^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[A-Za-z0-9_-]{1,80}$"
LOG_LEVELS = Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]


class ConfigurationError(Exception):
    """The environment can't be used; the message names every bad variable."""


class Settings(BaseModel):
    """The environment's variables, checked. What is absent or empty is None."""

    model_config = ConfigDict(frozen=True)

    image_bucket: Annotated[str, Field(alias="IMAGE_BUCKET", min_length=3)]
    state_machine_arn: Annotated[str | None, Field(alias="STATE_MACHINE_ARN", pattern=STATE_MACHINE_ARN)] = None
    sagemaker_endpoint: Annotated[str | None, Field(alias="SAGEMAKER_ENDPOINT")] = None
    bedrock_model_id: Annotated[str | None, Field(alias="BEDROCK_MODEL_ID")] = None
    azure_endpoint: Annotated[str | None, Field(alias="AZURE_ENDPOINT", pattern=r"^https://[^/]+/?$")] = None
    azure_secret_arn: Annotated[str | None, Field(alias="AZURE_SECRET_ARN", pattern=KEY_ARN)] = None
    # Pixels are looked at here where an engine is not configured: for a lab without the real ones.
    local_engine: Annotated[bool, Field(alias="LOCAL_ENGINE")] = False
    log_level: Annotated[LOG_LEVELS, Field(alias="LOG_LEVEL")] = "INFO"

    @model_validator(mode="after")
    def azure_is_whole(self) -> Self:
        if (self.azure_endpoint is None) != (self.azure_secret_arn is None):
            raise ValueError("AZURE_ENDPOINT and AZURE_SECRET_ARN must both be set, or neither")
        return self


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Reads and checks the environment; one message names every bad variable."""
    try:
        return Settings.model_validate({name: value for name, value in variables.items() if value != ""})
    except ValidationError as error:
        problems = [_problem(list(detail["loc"]), detail["msg"], detail["input"]) for detail in error.errors()]
        raise ConfigurationError("; ".join(problems)) from None


def _problem(location: list[int | str], message: str, given: object) -> str:
    if not location:
        return message.removeprefix("Value error, ")
    got = "" if isinstance(given, dict) else f", got {given!r}"  # a dict: the whole environment, where one is missing
    return f"{location[0]}: {message}{got}"
