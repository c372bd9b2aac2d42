import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from buildspec_script import exported, script_of


def run(phases, exports=()):
    spec = json.dumps({"version": 0.2, "env": {"exported-variables": list(exports)}, "phases": phases})
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "exports")
        script = script_of(spec, file)
        done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, cwd=folder, check=False)
        values = pathlib.Path(file).read_text(encoding="utf8") if os.path.exists(file) else ""
    return done.returncode, done.stdout, values


class BuildspecScriptTest(unittest.TestCase):
    def test_commands_share_a_shell_and_its_variables(self):
        build = {"commands": ["A='it''s 1'", "cd /", 'echo "$A in $PWD"', 'B="$A"']}
        code, log, values = run({"build": build}, ["B", "NEVER_SET"])
        self.assertEqual(code, 0)
        self.assertIn("\nits 1 in /\n", log)
        self.assertIn("[Container] Running command cd /\n", log)
        self.assertIn("Phase complete: BUILD State: SUCCEEDED", log)
        self.assertEqual(values, "B=its 1\nNEVER_SET=\n")

    def test_a_failed_command_ends_its_phase_and_the_build(self):
        code, log, _ = run({"pre_build": {"commands": ["(exit 3)", "echo after"]}, "build": {"commands": ["echo built"]}})
        self.assertEqual(code, 3)
        self.assertIn("Command did not exit successfully (exit 3) exit status 3", log)
        self.assertIn("Phase complete: PRE_BUILD State: FAILED", log)
        self.assertNotIn("\nafter\n", log)
        self.assertNotIn("\nbuilt\n", log)

    def test_post_build_comes_after_a_failed_build(self):
        code, log, _ = run({"build": {"commands": ["false"]}, "post_build": {"commands": ["echo cleaned"]}})
        self.assertEqual(code, 1)
        self.assertIn("\ncleaned\n", log)
        self.assertIn("Phase complete: BUILD State: FAILED", log)
        self.assertIn("Phase complete: POST_BUILD State: SUCCEEDED", log)

    def test_what_is_exported_is_what_the_buildspec_names(self):
        self.assertEqual(exported('{"env": {"exported-variables": ["A"]}}'), ["A"])
        self.assertEqual(exported('{"phases": {}}'), [])


if __name__ == "__main__":
    unittest.main()
