"""What the lab serves: MiniStack, at ECR's host names too, with retried calls answered once, tasks that have
credentials and are checked, agents' logs, and the fields that it forgets."""

import os

import docker
from ministack.app import app as ministack
from ministack.services import apigateway, lambda_svc

import agent_logs
import beside
import codebuild_builds
import ecr_answers
import function_urls
import preflights
import registry_host
import remembered_fields  # noqa: F401, takes effect when it is imported
import target_health
import task_credentials
from aws_model.checked_requests import CheckedRequests
from function_urls import FunctionUrls
from registry_host import ProxiedRegistry
from replay import ReplayedRetries

agent_logs.install()
codebuild_builds.install()
ecr_answers.install()
function_urls.install(lambda_svc, os.environ["GATEWAY_PORT"])
lambda_svc._RIE_CONNECT_RETRY_SECONDS = 120.0  # a start by qemu on a busy machine takes longer than its 30 seconds
preflights.install(apigateway)
registry_host.lead_docker(docker, os.environ["GATEWAY_PORT"])
target_health.install()
task_credentials.install()

app = ProxiedRegistry(FunctionUrls(ReplayedRetries(CheckedRequests(beside.from_environment(ministack)))))
