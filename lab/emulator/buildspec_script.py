"""A buildspec as a shell script that writes what CodeBuild's log says of its phases."""

import json
import shlex

PHASES = ("install", "pre_build", "build", "post_build")

_PRELUDE = """\
failed= stopped=
phase() {
  case "$stopped" in "") failed= ;; *) return ;; esac
  echo "[Container] Entering phase $1"
}
run() {
  case "$stopped$failed" in "") ;; *) return ;; esac
  echo "[Container] Running command $1"
  eval "$1" || {
    failed=$?
    echo "[Container] Command did not exit successfully $1 exit status $failed"
  }
}
end() {
  case "$stopped" in "") ;; *) return ;; esac
  case "$failed" in
    "") echo "[Container] Phase complete: $1 State: SUCCEEDED" ;;
    *) result=$failed; echo "[Container] Phase complete: $1 State: FAILED" ;;
  esac
}
"""


def script_of(buildspec, exports):
    """The script, which leaves the exported variables in the file `exports`. Commands share one shell, as they do on AWS; a
    failed phase ends the build, but that `post_build` comes after `build` in any case."""
    spec = json.loads(buildspec)
    lines = [_PRELUDE, "result=0"]
    for name in PHASES:
        commands = spec.get("phases", {}).get(name, {}).get("commands", [])
        if not commands:
            continue
        lines.append(f"phase {name.upper()}")
        lines += [f"run {shlex.quote(command)}" for command in commands]
        lines.append(f"end {name.upper()}")
        if name in ("install", "pre_build"):
            lines.append('stopped=$failed')
    for name in exported(buildspec):
        lines.append(f"""printf '%s\\n' "{name}=${{{name}-}}" >> {shlex.quote(exports)}""")
    return "\n".join([*lines, "exit $result", ""])


def exported(buildspec):
    """Names of the variables that a build exports."""
    return json.loads(buildspec).get("env", {}).get("exported-variables", [])
