"""Inferences, as executions of the state machine."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient


@dataclass(frozen=True)
class Job:
    """One inference: what was asked for, and how far it is."""

    id: str
    status: str
    s3_key: str
    inference_type: str
    started_at: datetime
    stopped_at: datetime | None = None
    error: str | None = None
    cause: str | None = None


class Jobs:
    def __init__(self, state_machine_arn: str, client: "SFNClient") -> None:
        self._machine = state_machine_arn
        self._states = client

    def start(self, s3_key: str, inference_type: str) -> str:
        """Starts an execution, and returns its name."""
        job_id = str(uuid4())
        wanted = json.dumps({"s3_key": s3_key, "inference_type": inference_type})
        self._states.start_execution(stateMachineArn=self._machine, name=job_id, input=wanted)
        return job_id

    def find(self, job_id: str) -> Job | None:
        arn = f"{self._machine.replace(':stateMachine:', ':execution:')}:{job_id}"
        try:
            found = self._states.describe_execution(executionArn=arn)
        except self._states.exceptions.ExecutionDoesNotExist:
            return None
        wanted = json.loads(found["input"])
        return Job(
            id=job_id,
            status=found["status"],
            # An execution that somebody started by hand may lack them: the state machine has refused it.
            s3_key=str(wanted.get("s3_key")),
            inference_type=str(wanted.get("inference_type")),
            started_at=found["startDate"],
            stopped_at=found.get("stopDate"),
            error=found.get("error"),
            cause=found.get("cause"),
        )
