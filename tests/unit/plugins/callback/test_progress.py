# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The stdout callback `progress` under Ansible: what a person sees of tasks, of an upgrade, on a terminal, and after Ctrl-C."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from simulator.testing import Running

from tests.chaos.cases import ALONE
from tests.support.ansible import command, connection_of, environment_of, play, program
from tests.support.upgrades import FIRST_RUN
from tests.support.waiting import until

pytestmark = pytest.mark.slow
SCREEN = {"ANSIBLE_STDOUT_CALLBACK": "bomgar.appliance.progress", "COLUMNS": "100"}
TASKS = [
    {"name": "Say hello", "ansible.builtin.debug": {"msg": ["hello", "\x1b[2Jworld"]}},
    {"name": "Change it", "ansible.builtin.command": "true"},
    {"name": "Leave it", "ansible.builtin.command": "true", "changed_when": False},
    {"name": "Never", "ansible.builtin.command": "true", "when": False},
    {"name": "Try it", "ansible.builtin.fail": {"msg": "it\nbroke"}, "ignore_errors": True},
    {"name": "Each", "ansible.builtin.fail": {"msg": "no {{ item }}"}, "loop": ["a"], "ignore_errors": True},
    {"name": "Plan", "bomgar.appliance.journal_info": {"path": "{{ playbook_dir }}/journal.jsonl"}},
    {"name": "Stop", "ansible.builtin.fail": {"msg": "the end"}},
]
SHOWN = """\
all
  hello
  world
  changed   appliance  Change it
  ok        appliance  Leave it
FAILED, ignored  appliance  Try it
  it
  broke
FAILED  appliance  Each (item=a)
  no a
FAILED, ignored  appliance  Each
  The items that failed are above.
  ok        appliance  Plan
FAILED  appliance  Stop
  the end

SUMMARY: 1 change
appliance: failed: Stop. The message is above.
"""


def test_tasks_of_others_are_short_and_failures_whole(tmp_path):
    done = play(TASKS, tmp_path, check=False, **SCREEN)
    assert (done.returncode, done.stdout) == (2, SHOWN), done.stderr


def test_with_v_every_task_has_a_line(tmp_path):
    done = play(TASKS[3:4], tmp_path, arguments=["-vv"], **SCREEN)
    assert "  skipped   appliance  Never\n" in done.stdout and "false_condition" in done.stdout


def test_an_unknown_zone_is_refused_by_name(tmp_path):
    done = play(TASKS[:1], tmp_path, check=False, BOMGAR_APPLIANCE_PROGRESS_ZONE="Europe/Nowhere", **SCREEN)
    assert done.returncode != 0 and "no time zone 'Europe/Nowhere' is known here" in done.stderr + done.stdout


def upgrading(running, folder):
    """The command that upgrades the appliance of a simulator."""
    options = {f"bomgar_{key}": value for key, value in connection_of(running, folder, "a").items()}
    common = {
        "ansible_python_interpreter": sys.executable,
        "upgrade_state_dir": str(folder / "site"),
        "upgrade_target_version": "newest",
        "backup_certificate_passphrase": "canary passphrase",
        "preflight_checks": ["all", "!clock"],
        "install_poll_interval": 1,
        "catch_up_running_since": FIRST_RUN,
        "catch_up_mode": "stop",
    }
    (folder / "hosts.json").write_text(json.dumps({"appliances": {"hosts": {"a.example.com": {**options, **common}}}}))
    return [program("ansible-playbook"), "-i", str(folder / "hosts.json"), "bomgar.appliance.upgrade"]


def shape(text):
    """The words of a screen without what differs from run to run."""
    text = re.sub(r"\d+:\d\d:\d\d", "H:MM:SS", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "MOMENT", text))
    text = re.sub(r"-i \S+hosts.json", "-i hosts.json", text)
    return [line for line in text.splitlines() if " of about " not in line]


def test_upgrade_shows_plan_steps_and_summary(tmp_path):
    with Running(ALONE, speed=60, idle_speed=60) as running:
        done = command(upgrading(running, tmp_path), tmp_path, check=False, **SCREEN)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = shape(done.stdout)
    assert len(lines) < 50 and not [line for line in lines if "TASK" in line or "ok:" in line], done.stdout
    first, last = next(at for at, line in enumerate(lines) if line.startswith("SUMMARY: ")), len(lines)
    steps = [line for line in lines[:first] if line.startswith("[")]
    assert [line.rpartition("  ")[2] for line in steps][:1] == ["done in H:MM:SS"], done.stdout
    assert steps[-1].endswith("waits after H:MM:SS"), done.stdout
    assert lines[first + 1].startswith("a.example.com: The upgrade waits: clients have to catch up"), done.stdout
    assert lines[last - 1].startswith("         not before MOMENT"), done.stdout
    following = next(line for line in done.stdout.splitlines() if line.startswith("  next:  "))
    assert following == f"  next:  ansible-playbook -i {tmp_path / 'hosts.json'} bomgar.appliance.upgrade"
    assert any(line.endswith("saved: settings, certificates with their keys") for line in lines)


def on_a_terminal(arguments, folder, columns, **environment):
    """What a program writes to a terminal."""
    master, terminal = pty.openpty()
    known = {**environment_of(folder), "TERM": "xterm", "COLUMNS": str(columns), **environment}
    process = subprocess.Popen(arguments, cwd=folder, env=known, stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal)
    os.close(terminal)
    seen = b""
    with open(master, "rb", buffering=0) as screen, contextlib.suppress(OSError):  # the end, on Linux
        while chunk := screen.read(65536):
            seen += chunk
    process.wait()
    return seen.decode()


def test_narrow_terminal_clears_its_bar(tmp_path):
    pytest.importorskip("rich")
    environment = {"ANSIBLE_STDOUT_CALLBACK": "bomgar.appliance.progress", "NO_COLOR": "1"}
    with Running(ALONE, speed=60, idle_speed=60) as running:
        shown = on_a_terminal(upgrading(running, tmp_path), tmp_path, 60, **environment)
    drawn = [part for part in shown.split("\x1b[2K") if " of about " in part]
    assert drawn and max(len(line.strip("\r")) for line in drawn[-1].split("\n")[:1]) < 60
    end = shown[shown.index("SUMMARY") :]
    assert "\x1b" not in end and "Traceback" not in shown
    assert not re.findall(r"\x1b\[\d*m", shown), "no color"


def test_between_two_tasks_too_an_interruption_is_explained(tmp_path):
    journal = tmp_path / "site" / "journal.jsonl"
    tasks = [
        {"bomgar.appliance.upgrade_run": {"path": str(journal), "state": "opened"}},
        {"ansible.builtin.command": f'{sys.executable} -c \'import time; open("{tmp_path}/slow", "w"); time.sleep(60)\''},
    ]
    (tmp_path / "play.yml").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    with open(tmp_path / "out", "w") as out:
        process = subprocess.Popen(
            [program("ansible-playbook"), str(tmp_path / "play.yml")],
            cwd=tmp_path,
            env={**environment_of(tmp_path), **SCREEN},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        until((tmp_path / "slow").exists, lambda: process.poll() is None, (tmp_path / "out").read_text)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=300) != 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    said = (tmp_path / "out").read_text()
    assert said.count("Interrupted. What goes on:") == 1 and "run the same command again" in said, said
    assert not (tmp_path / "site" / "journal.jsonl.lock").exists()
    last = Journal(str(journal)).read()[-1]
    assert (last["event"], last["data"]["state"]) == ("run_ended", "interrupted")


def test_derived_callback_shows_the_same(tmp_path):
    """As ansible-runner does it for AWX: a class that is made of the configured callback, without its options."""
    derived = """
DOCUMENTATION = 'name: derived\\ntype: stdout\\nshort_description: x\\ndescription: x\\noptions: {}'
from ansible.plugins.loader import callback_loader
class CallbackModule(callback_loader.get('bomgar.appliance.progress').__class__):
    CALLBACK_NAME = 'derived'
"""
    (tmp_path / "callbacks").mkdir()
    (tmp_path / "callbacks" / "derived.py").write_text(derived)
    environment = {**SCREEN, "ANSIBLE_STDOUT_CALLBACK": "derived", "ANSIBLE_CALLBACK_PLUGINS": str(tmp_path / "callbacks")}
    done = play(TASKS, tmp_path, check=False, **environment)
    assert (done.returncode, done.stdout) == (2, SHOWN), done.stderr
