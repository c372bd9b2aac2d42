"""What the lab serves: MiniStack with IAM enforced, at ECR's host names too, with retried calls answered once, tasks that
are checked, agents' logs, and the fields that it forgets."""

import os

import docker
from ministack.app import app as ministack
from ministack.core import iam_evaluator
from ministack.services import alb, apigateway, ec2, lambda_svc

import agent_logs
import agent_roles
import balancer_names
import beside
import codebuild_builds
import controls
import deliveries
import ecr_answers
import every_port
import flow_log_roles
import function_access
import function_urls
import identities
import own_hosts
import policy_letters
import preflights
import registry_access
import registry_host
import remembered_fields  # noqa: F401, takes effect when it is imported
import roles
import target_health
import task_roles
import workflow_roles
from aws_model.checked_requests import CheckedRequests
from registry_host import ProxiedRegistry
from replay import ReplayedRetries

roles.install()
identities.install(*(os.environ[f"LAB_DEPLOYER_{name}"] for name in ("NAME", "KEY", "SECRET")))
agent_logs.install()
agent_roles.install()
balancer_names.install(alb, os.environ["GATEWAY_PORT"])
codebuild_builds.install()
ecr_answers.install()
every_port.install(ec2)
flow_log_roles.install()
function_access.install()
function_urls.install(lambda_svc, os.environ["GATEWAY_PORT"])
lambda_svc._RIE_CONNECT_RETRY_SECONDS = 300.0  # a start by qemu on a busy machine takes longer than its 30 seconds
preflights.install(apigateway)
own_hosts.install()
policy_letters.install(iam_evaluator)
registry_access.install()
registry_host.lead_docker(docker, os.environ["GATEWAY_PORT"], registry_access.ENGINE)
target_health.install()
task_roles.install()
workflow_roles.install()

deliveries.install()


def denial(service, operation, members, region, access_key_id):
    account = os.environ["MINISTACK_ACCOUNT_ID"]
    return deliveries.denial(service, operation, members, region, access_key_id, account)


checked = CheckedRequests(beside.from_environment(ministack), denial)
reports = {"iam-uses": lambda: roles.uses, "api-model": checked.report, "deliveries": deliveries.report}
app = controls.Controls(ProxiedRegistry(ReplayedRetries(checked)), roles.delay, reports)
