"""Has state machines do what they do by their role, which has to be able to deliver their log."""

import contextvars

from ministack.core.responses import error_response_json
from ministack.services import stepfunctions

import roles

# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
DELIVERY = (
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
)

_role = contextvars.ContextVar("role of the state machine that runs")

_create_state_machine = stepfunctions._create_state_machine
_update_state_machine = stepfunctions._update_state_machine
_run_execution = stepfunctions._run_execution
_call_lambda = stepfunctions._call_lambda
_send_message = stepfunctions._invoke_sqs_send_message


def _create(data):
    arn = f"arn:aws:states:{stepfunctions.get_region()}:{stepfunctions.get_account_id()}:stateMachine:{data.get('name')}"
    return _refusal(arn, data) or _create_state_machine(data)


def _update(data):
    machine = stepfunctions._state_machines.get(data.get("stateMachineArn"), {})
    return _refusal(data.get("stateMachineArn", ""), {**machine, **data}) or _update_state_machine(data)


def _refusal(arn, machine):
    role = machine.get("roleArn", "")
    if not roles.assumable(role, "states.amazonaws.com", arn):
        message = (
            "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the "
            "provided role."
        )
        return error_response_json("AccessDeniedException", message, 400)
    logs = (machine.get("loggingConfiguration") or {}).get("level", "OFF") != "OFF"
    if logs and any(roles.denial(role, "states", action, "*") for action in DELIVERY):
        message = "The state machine IAM Role is not authorized to access the Log Destination"
        return error_response_json("AccessDeniedException", message, 400)
    return None


def _run_by_role(execution_arn):
    machine = (stepfunctions._executions.get(execution_arn) or {}).get("stateMachineArn")
    # Its executions go on where a machine is deleted.
    token = _role.set((stepfunctions._state_machines.get(machine) or {}).get("roleArn", ""))
    try:
        _run_execution(execution_arn)
    finally:
        _role.reset(token)


def _denial(action, resource):
    return roles.denial(_role.get(), "states", action, resource)


def _call_by_role(func_ref, event):
    denial = _denial("lambda:InvokeFunction", func_ref)
    if denial is not None:
        cause = f"{denial} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException)"
        raise stepfunctions._ExecutionError("Lambda.AWSLambdaException", cause)
    return _call_lambda(func_ref, event)


def _send_by_role(resource, input_data):
    queue = input_data["QueueUrl"].rpartition("/")[2]
    here = f"{stepfunctions.get_region()}:{stepfunctions.get_account_id()}"
    denial = _denial("sqs:SendMessage", f"arn:aws:sqs:{here}:{queue}")
    if denial is not None:
        raise stepfunctions._ExecutionError("SQS.AmazonSQSException", denial)
    return _send_message(resource, input_data)


def install():
    """Takes effect for every call and execution from now on."""
    stepfunctions._create_state_machine = _create
    stepfunctions._update_state_machine = _update
    stepfunctions._run_execution = _run_by_role
    stepfunctions._call_lambda = _call_by_role
    stepfunctions._SERVICE_DISPATCH["arn:aws:states:::sqs:sendMessage"] = _send_by_role
