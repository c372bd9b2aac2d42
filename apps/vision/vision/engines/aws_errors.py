"""What the errors of AWS's services mean for an inference."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from vision.errors import EngineRefused, EngineUnavailable

_TIMEOUT, _MODEL_FAILED, _TOO_MANY, _SERVER_FAILED = 408, 424, 429, 500


@contextmanager
def translated(engine: str) -> Iterator[None]:
    """Raises what a retry may help against as EngineUnavailable, and everything else as EngineRefused."""
    try:
        yield
    except ClientError as error:
        kind = EngineUnavailable if is_passing(error) else EngineRefused
        raise kind(f"{engine}: {error}") from error
    except (NoConnection, HTTPClientError) as error:
        raise EngineUnavailable(f"{engine} can't be reached: {error}") from error


def is_passing(error: ClientError) -> bool:
    """Whether the same request may succeed later."""
    response = error.response
    if "Throttl" in response["Error"]["Code"]:
        return True
    status = response["ResponseMetadata"]["HTTPStatusCode"]
    if status == _MODEL_FAILED:
        # The service is well; what counts is what the model said, under either service's name for it.
        said = response.get("OriginalStatusCode", response.get("originalStatusCode"))
        status = said if isinstance(said, int) else _SERVER_FAILED
    return status in (_TIMEOUT, _TOO_MANY) or status >= _SERVER_FAILED
