import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber

from tests.conftest import MACHINE, REGION
from vision.jobs import Job, Jobs

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient

STARTED = datetime(2026, 1, 2, tzinfo=UTC)
EXECUTION = MACHINE.replace("stateMachine", "execution") + ":one"
WANTED = {"s3_key": "images/a.png", "inference_type": "azure"}


@pytest.fixture
def states() -> "SFNClient":
    return boto3.client("stepfunctions", region_name=REGION)


def described(**more: object) -> dict[str, object]:
    basic = {"executionArn": EXECUTION, "stateMachineArn": MACHINE, "startDate": STARTED, "input": json.dumps(WANTED)}
    return {**basic, **more}


def test_an_execution_gets_exactly_the_two_fields(states: "SFNClient") -> None:
    with Stubber(states) as stub:
        wanted = {"stateMachineArn": MACHINE, "name": ANY, "input": json.dumps(WANTED)}
        stub.add_response("start_execution", {"executionArn": EXECUTION, "startDate": STARTED}, wanted)
        assert len(Jobs(MACHINE, states).start("images/a.png", "azure")) == 36
        stub.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("answer", "job"),
    [
        (described(status="RUNNING"), Job("one", "RUNNING", "images/a.png", "azure", STARTED)),
        (
            described(status="FAILED", stopDate=STARTED, error="PictureNotFound", cause="none there"),
            Job("one", "FAILED", "images/a.png", "azure", STARTED, STARTED, "PictureNotFound", "none there"),
        ),
        (described(status="FAILED", input="{}"), Job("one", "FAILED", "None", "None", STARTED)),
    ],
)
def test_an_execution_is_found_by_its_name(states: "SFNClient", answer: dict[str, object], job: Job) -> None:
    with Stubber(states) as stub:
        stub.add_response("describe_execution", answer, {"executionArn": EXECUTION})
        assert Jobs(MACHINE, states).find("one") == job


def test_an_unknown_one_is_none_and_other_errors_stay(states: "SFNClient") -> None:
    with Stubber(states) as stub:
        stub.add_client_error("describe_execution", "ExecutionDoesNotExist")
        assert Jobs(MACHINE, states).find("two") is None
        stub.add_client_error("describe_execution", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDenied"):
            Jobs(MACHINE, states).find("two")
