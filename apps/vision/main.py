"""The image's two entry points: `main.handler` for the API, `main.pipeline_handler` for the worker."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from vision.clients import Clients
from vision.log import create_log
from vision.settings import ConfigurationError, read_settings
from vision.storage import Storage

Handler = Callable[[Any, Any], dict[str, Any]]

settings = read_settings(os.environ)
log = create_log(settings.log_level)
clients = Clients()
storage = Storage(settings.image_bucket, clients.s3)


def api() -> Handler:
    from mangum import Mangum

    from vision.api import create_app
    from vision.jobs import Jobs

    if settings.state_machine_arn is None:
        raise ConfigurationError("STATE_MACHINE_ARN must be set for the API: it starts the inferences")
    return Mangum(create_app(storage, Jobs(settings.state_machine_arn, clients.states), log), lifespan="off")


def worker() -> Handler:
    from vision.engines.choice import engine_for
    from vision.pipeline import Pipeline

    pipeline = Pipeline(storage, partial(engine_for, settings=settings, clients=clients), log)
    return lambda event, _context: pipeline.run(event)


def __getattr__(name: str) -> Handler:
    """Makes the handler that the runtime asks for while it starts, so that each function loads its own half only."""
    match name:
        case "handler":
            return api()
        case "pipeline_handler":
            return worker()
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
