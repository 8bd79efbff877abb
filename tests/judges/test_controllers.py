# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ansible-runner, which AWX runs playbooks with, and ansible-navigator run the shipped playbooks."""

import json
import subprocess

import pytest

from tests.support.waiting import until

from .sites import AUTOMATION, surrounding, write_inventory

pytestmark = pytest.mark.slow
WORLD = """
schema: 1
name: two_controllers
product: rs
clock: {speed: 600, idle_speed: 28800, idle_after: 2}
appliances: [{name: a, hostname: a.example.com, base: 7.2.0, version: 26.1.1}]
packages: [{id: rs-26.2.1, name: BeyondTrust Remote Support 26.2.1, kind: site, version: 26.2.1}]
accounts:
  api: [{client_id: judge, client_secret: secret, permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}}]
  appliance: [{username: admin, password: appliance-password}]
  login: [{username: admin, password: login-password}]
clients: {jump_clients: {active: 20}}
certificates: [{name: a.example.com, default: true, days_left: 310}]
"""


class Controller:
    """One ansible-runner with a private folder of its own."""

    def __init__(self, runner, folder, running, state):
        self.folder = folder
        (folder / "inventory").mkdir(parents=True)
        write_inventory(folder / "inventory/hosts.json", running, state)
        (folder / "env").mkdir()
        (folder / "env/envvars").write_text(json.dumps(surrounding(folder)))
        asked = [runner, "run", str(folder), "-p", "bomgar.appliance.upgrade"]
        self.process = subprocess.Popen(asked, env=surrounding(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def end(self):
        """(exit code, what it printed)"""
        said = self.process.communicate(timeout=280)[0]
        return self.process.returncode, said

    def events(self):
        """The events that AWX would show."""
        return [json.loads(one.read_text()) for one in self.folder.glob("artifacts/*/job_events/*.json")]


def test_lock_refuses_the_second_controller(run, need, tmp_path):
    runner, running = need("ansible-runner", str(AUTOMATION)), run(WORLD, speed=600, idle_speed=28800)
    first = Controller(runner, tmp_path / "one", running, tmp_path / "site")
    until((tmp_path / "site/journal.jsonl.lock").exists, lambda: first.process.poll() is None, first.end, seconds=60)
    second = Controller(runner, tmp_path / "two", running, tmp_path / "site")
    code, said = second.end()
    assert code != 0 and "Another run locks this site" in said, said
    code, said = first.end()
    assert code == 0, said
    assert running.machine().version == "26.2.1"
    begun = [one["write"] for one in running.requests("write") if one["write"].startswith("install ")]
    assert begun == ["install rs-26.2.1"]
    report = json.loads((tmp_path / "site/report.json").read_text())
    assert report["state"] == "reached" and report["next"]["not_before"] == ""
    assert {one["event"] for one in first.events()} >= {"playbook_on_start", "runner_on_ok", "playbook_on_stats"}


def test_missing_common_folder_refuses_nothing(run, need, tmp_path):
    """The planted fault: two controllers with a state folder each."""
    runner, running = need("ansible-runner", str(AUTOMATION)), run(WORLD, speed=600, idle_speed=28800)
    both = [Controller(runner, tmp_path / name, running, tmp_path / name / "site") for name in ("one", "two")]
    assert not any("Another run locks this site" in one.end()[1] for one in both)


def navigate(need, folder, running, playbook="status", **known):
    """How ansible-navigator ends that runs a playbook without an execution environment."""
    inventory = write_inventory(folder / "hosts.json", running, folder / "site", **known)
    asked = [need("ansible-navigator", str(AUTOMATION)), "run", f"bomgar.appliance.{playbook}", "-i", str(inventory)]
    quiet = ["--ee", "false", "-m", "stdout", "--pae", "false", "--lf", str(folder / "navigator.log")]
    return subprocess.run([*asked, *quiet], env=surrounding(folder), cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def judge(done):
    """The version that the appliance runs was read, and shown by navigator."""
    assert done.returncode == 0 and "26.1.1" in done.stdout, done.stdout + done.stderr


def test_navigator_runs_a_playbook_without_an_execution_environment(run, need, tmp_path):
    running = run(WORLD)
    judge(navigate(need, tmp_path, running))
    assert running.requests("write") == []


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"playbook": "statuses"}, "bomgar.appliance.statuses"),
        ({"url": "https://127.0.0.1:1"}, "could not be read"),
        ({"bomgar_client_secret": "of another account"}, "was refused"),
    ],
    ids=["playbook", "address", "secret"],
)
def test_a_planted_fault_ends_navigator_with_an_error(run, need, tmp_path, fault, named):
    done = navigate(need, tmp_path, run(WORLD), **fault)
    with pytest.raises(AssertionError):
        judge(done)
    assert done.returncode != 0 and named in done.stdout + done.stderr, done.stdout + done.stderr
