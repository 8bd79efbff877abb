# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Ctrl-C and SIGTERM in the middle of a step: the person is told what goes on, and the same command goes on at once."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from datetime import datetime, timezone

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from simulator.testing import Running

from tests.chaos.cases import world_of
from tests.support.ansible import command, connection_of, environment_of, program
from tests.support.waiting import until

pytestmark = pytest.mark.slow
SCREENS = ("default", "bomgar.appliance.progress")


def begun(arguments, folder, screen="default"):
    """The shipped command in a process group of its own, as in a terminal. screen: the stdout callback."""
    with open(folder / "stdout", "w") as out, open(folder / "stderr", "w") as err:
        return subprocess.Popen(
            arguments,
            cwd=folder,
            env={**environment_of(folder), "PYTHONUNBUFFERED": "1", "ANSIBLE_STDOUT_CALLBACK": screen},
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )


@pytest.fixture
def ended():
    """Processes that are no more after the test, whatever comes."""
    with contextlib.ExitStack() as stack:
        yield lambda process: stack.callback(_end, process) and process


def _end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def upgrading(running, folder):
    """The command of a user, with a variable that holds a secret of his own."""
    options = " ".join(f"bomgar_{name}={value}" for name, value in connection_of(running, folder, "a").items())
    host = f"support.example.com ansible_connection=local ansible_python_interpreter={sys.executable} {options}"
    (folder / "hosts").write_text(f"[appliances]\n{host}\n")
    since = datetime.fromtimestamp(running.now() - 3 * 86400, timezone.utc).isoformat()
    declared = {"version": "19.1.8", "since": since, "by": "Ada Example", "why": "installed by hand"}
    given = [
        "upgrade_target_version=22.1.4",
        f"upgrade_state_dir={folder / 'site'}",
        "backup_keys_waiver=vault",
        "install_accept_eula=true",
        "install_poll_interval=1",
        '{"preflight_checks": ["all", "!clock", "!state_durable"]}',
        "hook_password=canary-word",
        json.dumps({"catch_up_running_since": declared}),
    ]
    extra = [word for one in given for word in ("-e", one)]
    return [program("ansible-playbook"), "-i", str(folder / "hosts"), "bomgar.appliance.upgrade_standalone", *extra]


def interrupted(arguments, folder, journal, ended, kill, number, screen, at_work):
    """What a run says that is interrupted while at_work()."""
    process = ended(begun(arguments, folder, screen))
    until(at_work, lambda: process.poll() is None, (folder / "stdout").read_text)
    kill(process.pid, number)
    assert process.wait(timeout=300) != 0  # after SIGTERM the worker may outlive it for a moment
    until(lambda: not os.path.exists(f"{journal.path}.lock"), said=(folder / "stdout").read_text)
    last = journal.read()[-1]
    assert (last["event"], last["data"]["state"], last["data"]["why"]) == ("run_ended", "interrupted", signal.Signals(number).name)
    return (folder / "stderr").read_text()


KINDS = ((os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM))  # a terminal; and who knows only the controller
SYNC_MAX_AGE = 3600  # seconds: the default of the role upgrade
UNTOUCHED = "Do not restart or switch off"


def test_same_command_continues_interrupted_installation(tmp_path, ended):
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    with Running("far_outdated") as running:
        for (kill, number), screen in zip(KINDS, SCREENS):
            before = len(running.requests())

            def installs(before=before):
                asked = (journal.state().open_step or {}).get("sent") and running.requests("write")
                return asked and len(running.requests()) > before + 3

            said = interrupted(upgrading(running, tmp_path), tmp_path, journal, ended, kill, number, screen, installs)
            step = journal.state().open_step
            place = f"on {step['host']} since {step['begun'][11:16]} UTC"
            assert f"{step['package']} is being installed {place}. Its request was sent" in said
            assert UNTOUCHED in said and "run the same command again" in said, said
            assert re.search(r"^ +ansible-playbook -i \S+ bomgar.appliance.upgrade_standalone -e upgrade_target_version=22", said, re.M)
            assert "canary-word" not in said and "api-secret" not in said
        assert len([one for one in running.requests("write") if "install" in one["write"]]) == 1, "it was asked for once"


def one_step(running, folder, journal, module, options):
    """The command for a play that takes one step under the lock of the site, as the role upgrade does."""
    run = {"bomgar.appliance.upgrade_run": {"path": journal.path, "state": "opened"}, "register": "run"}
    step = {module: {**connection_of(running, folder, "a"), "journal": journal.path, "poll_interval": 1, **options}}
    close = {"bomgar.appliance.upgrade_run": {"path": journal.path, "state": "closed", "run_state": "reached"}}
    under_lock = {"environment": {"BOMGAR_APPLIANCE_RUN": "{{ run.lock | default('') }}"}, "block": [run, step, close]}
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": [under_lock]}
    (folder / "play.yml").write_text(json.dumps([{**play, "vars": {"ansible_python_interpreter": sys.executable}}]))
    return [program("ansible-playbook"), str(folder / "play.yml")]


def beyond(running, more, also=lambda: True):
    """Asks whether the simulator has answered more requests from now on, and whether something else holds."""
    before = len(running.requests())
    return lambda: also() and len(running.requests()) > before + more


def test_interrupted_sync_is_not_started_again(tmp_path, ended):
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    with Running(world_of("asynchronous")) as running:
        running.advance(2 * SYNC_MAX_AGE)  # longer ago than the sync before a break may be
        peer = {**connection_of(running, tmp_path, "b"), "name": "b"}
        options = {"name": "a", "peer": peer, "max_age": SYNC_MAX_AGE}  # without it, each run begins a new sync
        play = one_step(running, tmp_path, journal, "bomgar.appliance.failover_sync", options)

        def asked():
            return [one for one in running.requests("write") if "sync" in one["write"]]

        for (kill, number), screen in zip(KINDS, SCREENS):
            said = interrupted(play, tmp_path, journal, ended, kill, number, screen, beyond(running, 16, asked))
            assert re.search(r"A data sync of a was begun at \d\d:\d\d UTC and is not verified. It goes on without this run", said), said
            assert UNTOUCHED in said and "run the same command again" in said
            assert running.pair().syncing and len(asked()) == 1
        running.advance(600)  # the clock stands still otherwise: a run that asked again would wait for ever
        command(play, tmp_path)
        assert len(asked()) == 1 and journal.state().pair.actions[-1]["ended"]


def test_an_interrupted_wait_for_clients_loses_nothing(tmp_path, ended):
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    with Running("modern_layout") as running:
        began = running.now()
        journal.append("step_done", host="x", package="RS 22.1.4", kind="site", version="22.1.4", appliance_time=began)
        play = one_step(running, tmp_path, journal, "bomgar.appliance.catch_up", {"mode": "hold"})
        for (kill, number), screen in zip(KINDS, SCREENS):
            said = interrupted(play, tmp_path, journal, ended, kill, number, screen, beyond(running, 8))
            assert "Clients go on upgrading to 22.1.4 by themselves, and their waiting time counts on without this run" in said, said
            assert UNTOUCHED not in said and "run the same command again" in said
            assert journal.state().versions.catch_up["since"] == began
        running.advance(2 * 86400)
        command(play, tmp_path)
        assert journal.state().versions.catch_up is None and running.requests("write") == []


def test_interruption_while_a_task_starts_is_explained(tmp_path, ended):
    """The worker evaluates the options of the task, and nothing of this collection is at work in it yet."""
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    slow = "{{ lookup('pipe', 'touch " + str(tmp_path / "starts") + "; exec sleep 300') }}"
    with Running("modern_layout") as running:
        play = one_step(running, tmp_path, journal, "bomgar.appliance.appliance_info", {"host": slow})
        said = interrupted(play, tmp_path, journal, ended, *KINDS[1], SCREENS[1], (tmp_path / "starts").exists)
    assert said.count("Interrupted. What goes on:") == 1 and "run the same command again" in said, said


def test_interruption_between_tries_is_explained(tmp_path, ended):
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    journal.append("action_begun", action="take_over", node="b.example.com")
    look = {
        "bomgar.appliance.journal_info": {"path": journal.path},
        "register": "seen",
        "until": "seen is failed",
        "retries": 500,
        "delay": 1,
    }
    (tmp_path / "play.yml").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": [look]}]))
    process = ended(begun([program("ansible-playbook"), "-v", str(tmp_path / "play.yml")], tmp_path))
    shown = (tmp_path / "stdout").read_text
    until(lambda: "RETRYING" in shown(), lambda: process.poll() is None, shown)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=300)
    said = (tmp_path / "stderr").read_text()
    assert "The take-over by b.example.com was begun at" in said and said.count("Interrupted. What goes on:") == 1, said
