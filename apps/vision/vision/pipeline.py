"""The worker: one inference from a picture in the bucket to a result beside it."""

from collections.abc import Callable
from dataclasses import asdict
from logging import Logger
from time import perf_counter
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from vision.engines.engine import Engine, InferenceType
from vision.errors import InvalidInput, VisionError
from vision.picture import Picture
from vision.storage import Storage, result_key


class PipelineInput(BaseModel):
    """What the state machine hands over."""

    s3_key: Annotated[str, Field(min_length=1, max_length=1024)]
    inference_type: InferenceType


class Pipeline:
    def __init__(self, storage: Storage, engine_for: Callable[[InferenceType], Engine], log: Logger) -> None:
        self._storage = storage
        self._engine_for = engine_for
        self._log = log

    def run(self, event: object) -> dict[str, Any]:
        started = perf_counter()
        try:
            output = self._infer(_read(event))
        except VisionError as error:
            # The runtime logs the error too, but not what it was about.
            self._log.warning(str(error), extra={"fields": {"error": type(error).__name__, "event": event}})
            raise
        fields = {
            "s3Key": output["s3_key"],
            "inferenceType": output["inference_type"],
            "resultKey": output["result_key"],
            "labels": len(output["labels"]),
            "milliseconds": round((perf_counter() - started) * 1000),
        }
        self._log.info("inference", extra={"fields": fields})
        return output

    def _infer(self, wanted: PipelineInput) -> dict[str, Any]:
        # Before the picture is fetched: without an engine nothing else matters.
        engine = self._engine_for(wanted.inference_type)
        picture = Picture.decode(self._storage.read_picture(wanted.s3_key))
        found = {
            "s3_key": wanted.s3_key,
            "inference_type": wanted.inference_type,
            "labels": [asdict(label) for label in engine.labels(picture)],
        }
        width, height = picture.pixels.size
        facts = {"content_type": picture.content_type, "width": width, "height": height}
        key = result_key(wanted.s3_key, wanted.inference_type)
        self._storage.write_result(key, {**found, "engine": engine.name, "picture": facts})
        return {**found, "result_key": key}


def _read(event: object) -> PipelineInput:
    try:
        return PipelineInput.model_validate(event)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, detail['loc'])) or 'event'}: {detail['msg']}" for detail in error.errors()]
        raise InvalidInput(
            'The worker takes {"s3_key": "...", "inference_type": "sagemaker" | "bedrock" | "azure"}; '
            + "; ".join(problems),
        ) from None
