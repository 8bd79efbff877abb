# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person is told who interrupts a run."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.interruption import sentences
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of


def state(*events):
    return state_of(
        [
            {"seq": number, "time": f"2026-03-02T02:{10 + number}:00+00:00", "run": 1, "event": event, "data": data}
            for number, (event, data) in enumerate(events, 1)
        ]
    )


BREAK = {"action": "break", "node": "a.example.com"}
STEP = {"package": "Base 6.2.0", "kind": "base", "version": "6.2.0", "host": "b.example.com"}


def test_installation_in_a_broken_pair():
    lines = sentences(state(("action_begun", BREAK), ("action_done", BREAK), ("step_begun", STEP), ("step_sent", STEP)), "", "make it so")
    assert lines == [
        "Interrupted. What goes on:",
        "  - Base 6.2.0 is being installed on b.example.com since 02:13 UTC. Its request was sent: it goes on without this run.",
        "  - The failover relation is broken for this upgrade: neither node takes over for the other one.",
        "Do not restart or switch off an appliance, and press nothing on its pages.",
        "To go on, run the same command again: it reads the appliances first, and no request but that for a data sync is sent twice.",
        "    make it so",
    ]


def test_unsent_step_is_distinguished():
    assert "Its request was not sent yet." in sentences(state(("step_begun", STEP)), "", "x")[1]


def test_action_on_an_unverified_pair():
    lines = sentences(state(("action_begun", BREAK)), "", "x")
    assert "The break of the failover relation was begun on a.example.com at 02:11 UTC" in lines[1]


def test_data_sync_continues_without_a_person():
    lines = sentences(state(("action_begun", {"action": "sync", "node": "a.example.com"})), "", "x")
    assert lines[1] == "  - A data sync of a.example.com was begun at 02:11 UTC and is not verified. It goes on without this run."
    assert lines[2] == "Do not restart or switch off an appliance, and press nothing on its pages."


def test_clients_catch_up_without_the_run():
    seen = {"guid": "aa", "host": "a.example.com", "build": "1", "serves": True}
    first = ("version_seen", {**seen, "version": "21.1.1", "appliance_time": 1000.0})
    lines = sentences(state(first, ("version_seen", {**seen, "version": "22.1.4", "appliance_time": 2000.0})), "", "x")
    assert lines[1] == "  - Clients go on upgrading to 22.1.4 by themselves, and their waiting time counts on without this run."
    assert lines[2].startswith("To go on, run the same command again"), "nothing at the appliance is in danger"


def test_a_task_without_a_journal_is_named():
    lines = sentences(state(), "The task update_install was at work on b.example.com.", "x")
    assert "update_install was at work" in lines[1] and lines[2].startswith("Do not restart")


def test_nothing_that_is_open_warns_of_nothing():
    assert not any("Do not" in line for line in sentences(state(), "", "x"))
