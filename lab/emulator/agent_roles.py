"""Has agent runtimes start by their role, and run by it."""

from ministack.services import bedrock_agentcore, codebuild

import roles
from image_rules import PULLING, repository_of

SERVICE = "bedrock-agentcore.amazonaws.com"
SESSION = "BedrockAgentCore"

_create_agent_runtime = bedrock_agentcore._create_agent_runtime
_update_agent_runtime = bedrock_agentcore._update_agent_runtime
_container_invocations_url = bedrock_agentcore._container_invocations_url


def _create(body):
    data = bedrock_agentcore._parse_body(body)
    return _refusal(data, bedrock_agentcore._runtime_arn("new")) or _create_agent_runtime(body)


def _update(runtime_id, body):
    data = bedrock_agentcore._parse_body(body)
    return _refusal(data, bedrock_agentcore._runtime_arn(runtime_id)) or _update_agent_runtime(runtime_id, body)


def _refusal(data, arn):
    problem = _problem(data.get("roleArn", ""), arn, _image_of(data))
    return problem and bedrock_agentcore._validation(problem)


def _image_of(runtime):
    return ((runtime.get("agentRuntimeArtifact") or {}).get("containerConfiguration") or {}).get("containerUri", "")


def _problem(role, arn, image):
    """What AgentCore says of a role that it can't start an image by; None where it can."""
    if not roles.assumable(role, SERVICE, arn):
        return (
            f"Role validation failed for '{role}'. Please verify that the role exists and its trust policy allows assumption "
            "by this service"
        )
    repository = repository_of(image)
    needed = {"ecr:GetAuthorizationToken": "*", **dict.fromkeys(PULLING, repository)}
    if repository and any(roles.denial(role, SESSION, action, resource) for action, resource in needed.items()):
        return (
            f"Access denied while validating ECR URI '{image}'. The execution role requires permissions for "
            "ecr:GetAuthorizationToken, ecr:BatchGetImage, and ecr:GetDownloadUrlForLayer operations."
        )
    return None


def _start_by_role(runtime):
    role = runtime["roleArn"]
    problem = _problem(role, runtime["agentRuntimeArn"], _image_of(runtime))
    if problem is not None:
        raise RuntimeError(problem)
    variables = {
        "AWS_REGION": bedrock_agentcore.get_region(),
        "AWS_ENDPOINT_URL": codebuild._aws_endpoint(),
        **(runtime.get("environmentVariables") or {}),
        **roles.credentials(role, SESSION),
    }
    return _container_invocations_url({**runtime, "environmentVariables": variables})


def install():
    """Takes effect for every runtime that is made or started from now on."""
    bedrock_agentcore._create_agent_runtime = _create
    bedrock_agentcore._update_agent_runtime = _update
    bedrock_agentcore._container_invocations_url = _start_by_role
