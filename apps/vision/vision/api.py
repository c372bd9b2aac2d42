"""The API: upload a picture, start an inference, ask for its status and its result."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from logging import DEBUG, INFO, Logger
from time import perf_counter
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Path, Request, Response, status
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from vision.engines.engine import InferenceType
from vision.errors import InvalidPicture
from vision.jobs import Job, Jobs
from vision.picture import EXTENSIONS, MAX_BYTES, Picture
from vision.storage import IMAGE_PREFIX, UPLOAD_SECONDS, Storage, result_key

# A Function URL takes 6 MB, in which a picture is written in base64:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_DIRECT_BYTES = 4_400_000
HEALTH = "/health"
JobId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


class UploadRequest(BaseModel):
    """A picture that is to be uploaded."""

    content_type: Annotated[str, Field(pattern=f"^({'|'.join(EXTENSIONS)})$")]
    size: Annotated[int, Field(ge=1, le=MAX_BYTES)]


class Upload(BaseModel):
    """Where a picture is, or is to be put: by PUT to the URL, with these headers."""

    s3_key: str
    upload_url: str | None = None
    upload_headers: dict[str, str] | None = None
    expires_in_seconds: int | None = None


class InferenceRequest(BaseModel):
    s3_key: Annotated[str, Field(pattern=f"^{IMAGE_PREFIX}.+", max_length=1024)]
    inference_type: InferenceType


class Inference(BaseModel):
    """How far an inference is: RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED."""

    id: str
    status: str
    s3_key: str
    inference_type: str
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    error: str | None = None
    cause: str | None = None


async def body_of(request: Request) -> bytes:
    return await request.body()


def create_app(storage: Storage, jobs: Jobs, log: Logger) -> FastAPI:
    app = FastAPI(title="Vision", version="1.0.0", docs_url=None, redoc_url=None)
    app.middleware("http")(request_log(log))
    app.get(HEALTH)(health)
    add_images(app, storage)
    add_inferences(app, storage, jobs)
    return app


def health() -> dict[str, str]:
    return {"status": "ok", "service": "vision"}


def add_images(app: FastAPI, storage: Storage) -> None:
    content = {
        **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in EXTENSIONS},
        "application/json": {"schema": UploadRequest.model_json_schema()},
    }

    @app.post(
        "/images",
        status_code=status.HTTP_201_CREATED,
        response_model_exclude_none=True,
        openapi_extra={"requestBody": {"required": True, "content": content}},
    )
    def upload(body: Annotated[bytes, Depends(body_of)], content_type: Annotated[str, Header()] = "") -> Upload:
        """Takes a small picture as it is; for a larger one, described in JSON, returns a URL that takes it."""
        kind = content_type.split(";")[0].strip().lower()
        if kind == "application/json":
            return large(storage, body)
        if kind not in EXTENSIONS:
            allowed = ", ".join([*EXTENSIONS, "application/json"])
            raise HTTPException(415, f"Content-Type must be one of {allowed}; got {kind or 'none'}.")
        return small(storage, body)


def small(storage: Storage, body: bytes) -> Upload:
    if len(body) > MAX_DIRECT_BYTES:
        raise HTTPException(
            413,
            f"A picture sent here may have {MAX_DIRECT_BYTES} bytes at most; this one has {len(body)}. "
            'For a larger one, POST {"content_type": "...", "size": ...} and PUT it to the URL that is returned.',
        )
    try:
        picture = Picture.decode(body)
    except InvalidPicture as error:
        raise HTTPException(422, str(error)) from error
    return Upload(s3_key=storage.write_picture(body, picture.content_type))


def large(storage: Storage, body: bytes) -> Upload:
    try:
        wanted = UploadRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_context=False)) from error
    key, url = storage.upload_url(wanted.content_type, wanted.size)
    headers = {"Content-Type": wanted.content_type, "Content-Length": str(wanted.size)}
    return Upload(s3_key=key, upload_url=url, upload_headers=headers, expires_in_seconds=UPLOAD_SECONDS)


def add_inferences(app: FastAPI, storage: Storage, jobs: Jobs) -> None:
    def found(job_id: JobId) -> Job:
        job = jobs.find(job_id)
        if job is None:
            raise HTTPException(404, f"There is no inference {job_id}.")
        return job

    @app.post("/inferences", status_code=status.HTTP_202_ACCEPTED, response_model_exclude_none=True)
    def start(wanted: InferenceRequest, response: Response) -> Inference:
        if not storage.has_picture(wanted.s3_key):
            raise HTTPException(404, f"There is no picture {wanted.s3_key}: upload it first, by POST /images.")
        job_id = jobs.start(wanted.s3_key, wanted.inference_type)
        response.headers["Location"] = f"/inferences/{job_id}"
        return Inference(id=job_id, status="RUNNING", s3_key=wanted.s3_key, inference_type=wanted.inference_type)

    @app.get("/inferences/{job_id}", response_model_exclude_none=True)
    def show(job: Annotated[Job, Depends(found)]) -> Inference:
        return Inference.model_validate(job, from_attributes=True)

    @app.get("/inferences/{job_id}/result")
    def result(job: Annotated[Job, Depends(found)]) -> dict[str, Any]:
        if job.status != "SUCCEEDED":
            reason = f": {job.error}: {job.cause}" if job.error else ""
            raise HTTPException(409, f"The inference {job.id} has no result, its status is {job.status}{reason}")
        answer = storage.read_result(result_key(job.s3_key, job.inference_type))
        if answer is None:
            raise HTTPException(410, f"The result of the inference {job.id} is no longer kept.")
        return answer


def request_log(log: Logger) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Writes one line per request; health checks only at DEBUG, since they come without end."""

    async def write(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        started = perf_counter()
        response = await call_next(request)
        fields = {
            "requestId": getattr(request.scope.get("aws.context"), "aws_request_id", None),
            "method": request.method,
            "path": request.url.path,
            "status": response.status_code,
            "milliseconds": round((perf_counter() - started) * 1000),
        }
        log.log(DEBUG if request.url.path == HEALTH else INFO, "request", extra={"fields": fields})
        return response

    return write
