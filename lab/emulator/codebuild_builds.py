"""Builds of CodeBuild in containers of the lab's stand-in for its image.

The emulator would hand a buildspec to AWS's agent for local builds, which can't be had everywhere, and leaves out what a build
was started with, the log group of its project and the variables that it exports. Here the build's own image runs it, by the
role of its project.
"""

import contextvars
import os
import pathlib
import shutil
import tempfile
import threading

import docker
from ministack.core import container_reaper
from ministack.services import codebuild

import roles
from buildspec_script import exported, script_of

_overrides = contextvars.ContextVar("environment variables of the build that is being started", default=())

_FORGOTTEN = ("logsConfig", "queuedTimeoutInMinutes", "concurrentBuildLimit")
_create_project = codebuild._create_project
_update_project = codebuild._update_project
_delete_project = codebuild._delete_project
_project_shape = codebuild._project_shape
_start_build = codebuild._start_build
_make_build_record = codebuild._make_build_record


def _remembering(operation):
    def handler(data):
        refusal = _role_refusal(data)
        if refusal is not None:
            return refusal
        response = operation(data)
        project = codebuild._projects.get(data.get("name", ""))
        if response[0] != 200 or project is None:
            return response
        project.update({key: data[key] for key in _FORGOTTEN if key in data})
        return codebuild.json_response({"project": _whole(project)})

    return handler


def _role_refusal(data):
    if "serviceRole" not in data or _assumable(data["serviceRole"], data.get("name", "")):
        return None
    message = f"CodeBuild is not authorized to perform: sts:AssumeRole on {data['serviceRole']}"
    return codebuild.error_response_json("InvalidInputException", message, 400)


def _assumable(role, project):
    arn = f"arn:aws:codebuild:{codebuild.get_region()}:{codebuild.get_account_id()}:project/{project}"
    return roles.assumable(role, "codebuild.amazonaws.com", arn)


def _whole(project):
    kept = {key: project[key] for key in _FORGOTTEN if key in project}
    return {**_project_shape(project), "projectVisibility": "PRIVATE", **kept}


def _delete_by_arn(data):
    return _delete_project({"name": codebuild._project_name_from_identifier(data.get("name", ""))})


def _start_with_variables(data):
    # The thread that runs the build is started in a copy of this context.
    token = _overrides.set(data.get("environmentVariablesOverride", ()))
    try:
        return _start_build(data)
    finally:
        _overrides.reset(token)


def _record(project, build_id, source_version=None):
    build = _make_build_record(project, build_id, source_version)
    cloudwatch = project.get("logsConfig", {}).get("cloudWatchLogs", {})
    build["logs"] = {
        "groupName": cloudwatch.get("groupName") or f"/aws/codebuild/{project['name']}",
        "streamName": build_id.split(":", 1)[-1],
    }
    return build


def _execute(build_id, project):
    build = codebuild._builds.get(build_id)
    if build is None:
        return
    codebuild._record_phase(build, "QUEUED", "SUCCEEDED")
    denial = _denial(build, project)
    if denial is not None:
        codebuild._record_phase(build, "PROVISIONING", "FAILED")
        build["phases"][-1]["contexts"] = [{"statusCode": "ACCESS_DENIED", "message": denial}]
        codebuild._finish_build(build, "FAILED")
        return
    folder = tempfile.mkdtemp(prefix="build-")
    try:
        # A build may be silent for as long as it may take.
        client = docker.from_env(timeout=codebuild._timeout_seconds(project))
        container = _start_container(client, build, project, folder)
        _finish(build, container, project, folder)
    except Exception:
        codebuild.logger.exception("Build %s ended early", build_id)
        status = "STOPPED" if codebuild._stop_requested(build_id) else "FAULT"
        codebuild._finish_build(build, status)
    finally:
        codebuild._clear_stopped(build_id)
        shutil.rmtree(folder, ignore_errors=True)


def _denial(build, project):
    """What keeps a build from starting by its project's role."""
    role, group = project["serviceRole"], build["logs"]["groupName"]
    if not _assumable(role, project["name"]):
        return f"CodeBuild is not authorized to perform: sts:AssumeRole on {role}"
    denial = roles.log_denial(role, _session(build), group, build["logs"]["streamName"])
    return denial and (
        f"Service role {role} does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build {build['arn']}. "
        f"Error message: {denial}"
    )


def _session(build):
    return f"AWSCodeBuild-{build['id'].rpartition(':')[2]}"


def _start_container(client, build, project, folder):
    script = script_of(project["source"]["buildspec"], "/codebuild/job/exports")
    pathlib.Path(folder, "build.sh").write_text(script, encoding="utf8")
    image = project["environment"]["image"]
    # CodeBuild's own images have names without a registry.
    name = f"{os.environ['LAB_REGISTRY']}/{image}" if image.startswith("aws/codebuild/") else image
    client.images.pull(name)  # the engine may have an earlier one of this name
    return client.containers.run(
        name,
        ["sh", "/codebuild/job/build.sh"],
        detach=True,
        environment=_variables(build, project),
        volumes={
            folder: {"bind": "/codebuild/job", "mode": "rw"},
            os.environ["LAB_BUILDX"]: {"bind": "/usr/local/bin/docker-buildx", "mode": "ro"},
            os.environ["LAB_BUILDKIT_SOCKET"]: {"bind": "/run/buildkit/buildkitd.sock", "mode": "rw"},
        },
        labels=container_reaper.own_labels("codebuild", **{"ministack.codebuild.build": build["id"]}),
    )


def _variables(build, project):
    given = [*project["environment"].get("environmentVariables", []), *_overrides.get()]
    region = codebuild.get_region()
    return {
        **roles.credentials(project["serviceRole"], _session(build)),
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        "AWS_ENDPOINT_URL": codebuild._aws_endpoint(),
        "CODEBUILD_BUILD_ID": build["id"],
        "CODEBUILD_BUILD_ARN": build["arn"],
        **{variable["name"]: variable["value"] for variable in given},
    }


def _finish(build, container, project, folder):
    timed_out = threading.Event()

    def end():
        timed_out.set()
        container.remove(force=True, v=True)

    timer = threading.Timer(codebuild._timeout_seconds(project), end)
    timer.daemon = True
    timer.start()
    try:
        last = _follow(build, container)
        code = container.wait()["StatusCode"]
    except Exception:
        if not timed_out.is_set():
            raise
        codebuild._record_phase(build, "BUILD", "TIMED_OUT")
        codebuild._finish_build(build, "TIMED_OUT")
        return
    finally:
        timer.cancel()
    container.remove(force=True, v=True)
    build["exportedEnvironmentVariables"] = _exports(project, folder)
    _explain(build, last)
    codebuild._finish_build(build, "SUCCEEDED" if code == 0 else "FAILED")


def _follow(build, container):
    """Puts what the container writes into the build's log stream; tells the command that failed, if one did."""
    emit, failed = codebuild._log_sink(build), ""
    for raw in container.logs(stream=True, follow=True):
        for line in raw.decode("utf-8", "replace").splitlines():
            if not line.strip():
                continue
            emit(line)
            match = codebuild._PHASE_COMPLETE_RE.search(line)
            if match:
                codebuild._record_phase(build, match.group(1), match.group(2))
            if line.startswith("[Container] Command did not exit successfully "):
                failed = line.removeprefix("[Container] Command did not exit successfully ")
    return failed


def _explain(build, failed):
    command, _, status = failed.rpartition(" exit status ")
    message = f"Error while executing command: {command}. Reason: exit status {status}"
    for phase in build["phases"]:
        if phase.get("phaseStatus") == "FAILED":
            phase["contexts"] = [{"statusCode": "COMMAND_EXECUTION_ERROR", "message": message}]


def _exports(project, folder):
    file = pathlib.Path(folder, "exports")
    if not file.exists():
        return []
    names = exported(project["source"]["buildspec"])
    values = dict(line.split("=", 1) for line in file.read_text(encoding="utf8").splitlines() if "=" in line)
    return [{"name": name, "value": values.get(name, "")} for name in names]


def install():
    """Takes effect for every call from now on."""
    codebuild.EXECUTE_BUILDS = True
    codebuild._create_project = _remembering(_create_project)
    codebuild._update_project = _remembering(_update_project)
    codebuild._delete_project = _delete_by_arn
    codebuild._project_shape = _whole
    codebuild._start_build = _start_with_variables
    codebuild._make_build_record = _record
    codebuild._execute_build = _execute
