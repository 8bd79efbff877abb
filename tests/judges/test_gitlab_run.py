# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""gitlab-ci-local reads the GitLab pipeline of the examples and runs its jobs, with artifacts, rules and order, on a simulated appliance.

Not checked: whether a GitLab runs it; none can be had in a test. The jobs run in a shell instead of the image.
"""

import json
import shutil
import subprocess

import pytest

from tests.support.ansible import ROOT, command, environment_of

from .sites import NODE, write_inventory
from .test_controllers import WORLD

pytestmark = pytest.mark.slow
PIPELINE = ROOT / "examples/automation/gitlab/.gitlab-ci.yml"


class Project:
    """A repository with an inventory and the pipeline; the state folders lie outside of it, as on a runner."""

    def __init__(self, program, running, folder):
        self.program, self.folder, self.states = program, folder / "project", folder / "states"
        self.folder.mkdir()
        self.states.mkdir(mode=0o700)
        write_inventory(self.folder / "inventory", running, self.states / "a")
        (self.folder / "password").write_text("not used by this inventory\n")
        shutil.copy(PIPELINE, self.folder)
        for asked in ("init -q", "add -A", "-c user.name=A -c user.email=a@example.com commit -qm A"):
            subprocess.run(["git", *asked.split()], cwd=self.folder, check=True)
        command(["git", "remote", "add", "origin", "git@gitlab.example.com:a/a.git"], self.folder)

    def replace(self, good, bad):
        path = self.folder / PIPELINE.name
        text = path.read_text()
        assert good in text
        path.write_text(text.replace(good, bad, 1))

    def run(self, *options):
        """The finished pipeline; a person presses the button of the upgrade with `--manual upgrade`."""
        known = {"VAULT_PASSWORD_FILE": self.folder / "password", "UPGRADE_STATES": self.states, "UPGRADE_IMAGE": "none"}
        variables = [word for name, value in known.items() for word in ("--variable", f"{name}={value}")]
        asked = [self.program, "--force-shell-executor", "--home", str(self.folder / "home"), *variables, *options]
        return subprocess.run(
            asked, cwd=self.folder, env=environment_of(self.folder), capture_output=True, text=True, timeout=1200, check=False
        )


@pytest.fixture
def project(run, need, tmp_path):
    """A Project for a simulated appliance, and that."""
    need("rsync")
    running = run(WORLD, speed=600, idle_speed=28800)
    return Project(need("gitlab-ci-local", NODE), running, tmp_path), running


def judge(done):
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a  reached  " in done.stdout, done.stdout


def test_the_pipeline_upgrades_an_appliance(project):
    pipeline, running = project
    judge(pipeline.run("--manual", "upgrade"))
    assert running.machine().version == "26.2.1"
    report = json.loads((pipeline.folder / ".gitlab-ci-local/artifacts/upgrade/results/report.json").read_text())
    assert report["state"] == "reached"


def test_upgrade_waits_for_person_or_schedule(project):
    pipeline, running = project
    done = pipeline.run("preflight", "plan")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "upgrade is when:manual" in pipeline.run().stderr
    assert running.requests("write") == []
    assert [
        pipeline.run("--list", *scheduled).stdout.count("manual") for scheduled in ((), ("--variable", "CI_PIPELINE_SOURCE=schedule"))
    ] == [1, 0]


@pytest.mark.parametrize(
    ("good", "bad"),
    [("appliance.preflight", "appliance.prefligt"), ("-i inventory ", "-i inventery "), ("needs: [upgrade]", "needs: [upgrad]")],
)
def test_a_planted_fault_is_reported(project, good, bad):
    pipeline, running = project
    pipeline.replace(good, bad)
    with pytest.raises(AssertionError):
        judge(pipeline.run("--manual", "upgrade"))
    assert running.requests("write") == []
