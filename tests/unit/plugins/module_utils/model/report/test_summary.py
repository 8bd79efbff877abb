# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The summary of a run: the verdict in one sentence, the nodes, what is open, the next command and its time."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.summary import summarize

COMMAND = "ansible-playbook bomgar.appliance.upgrade --limit site"
NODES = [
    {"name": "a", "guid": "aa", "role": "backup", "version": "22.1.4", "reachable": True},
    {"name": "b", "guid": "bb", "role": "primary", "version": "22.1.4", "reachable": True},
]
SITE = {
    "nodes": NODES,
    "serving": "b",
    "bases": {"a": "6.2.0", "b": "6.2.0"},
    "description": {"next": ["Restart nothing.", f"Then run: {COMMAND}"]},
}


def entries(*events):
    return [
        {"seq": number, "time": f"2026-03-02T20:0{number}:00+00:00", "run": 1, "event": event, "data": data}
        for number, (event, data) in enumerate(events)
    ]


def summary(state, *events, **given):
    known = entries(("run_opened", {}), *events)
    return summarize(known, state_of(known), run_state=state, command=COMMAND, **{"site": SITE, **given})


def test_a_finished_upgrade_has_no_next_command():
    made = summary("reached")
    assert made["verdict"] == "The upgrade is finished. Both nodes run 22.1.4."
    assert made["next"] == {"first": [], "command": "", "not_before": ""} and made["open"] == []
    assert made["nodes"][1] == {**NODES[1], "base": "6.2.0", "serves": True}


def test_a_failure_names_its_reason_on_one_line():
    made = summary("failed", reason="a: cannot install 'Base 6.2.0': 63 % for 2 hours.\nCall support")
    assert made["verdict"] == "The upgrade failed: a: cannot install 'Base 6.2.0': 63 % for 2 hours. Call support."
    assert made["next"]["command"] == COMMAND and made["next"]["first"] == ["Restart nothing."]


def test_a_wait_for_clients_says_until_when():
    waiting = {"package": "RS 22.1.4", "reasons": ["3 hours remain"], "next_run_at": "2026-03-03T20:00:00+00:00"}
    made = summary("waiting", ("catch_up_waiting", waiting))
    assert made["verdict"] == "The upgrade waits: clients have to catch up after RS 22.1.4 (3 hours remain)."
    assert made["next"]["not_before"] == "2026-03-03T20:00:00+00:00"


def test_a_wait_of_an_earlier_run_is_over():
    waiting = ("catch_up_waiting", {"package": "RS 22.1.4", "next_run_at": "2026-03-03T20:00:00+00:00"})
    assert summary("waiting", waiting, ("run_opened", {}))["next"]["not_before"] == ""


def test_a_wait_for_a_window_says_until_when():
    made = summary("waiting", ("window_waiting", {"until": "2026-03-07T22:00:00+00:00", "why": "no window is open"}))
    assert made["verdict"] == "The upgrade waits: no window is open." and made["next"]["not_before"].startswith("2026-03-07")


@pytest.mark.parametrize("state", ["manual", "planned", "stopped", None, "odd"])
def test_every_end_is_one_sentence(state):
    assert summary(state)["verdict"].endswith(".")


def test_what_could_not_be_read_leaves_no_nodes():
    made = summarize([], None, run_state="failed", reason="no route", site=None, command=COMMAND)
    assert made["nodes"] == [] and "journal could not be read" in made["open"][0]


def test_an_open_step_is_open_in_the_summary():
    made = summary("failed", ("step_begun", {"package": "Base 6.2.0", "kind": "base"}))
    assert made["open"] == [
        "Base 6.2.0 was begun at 2026-03-02T20:01:00+00:00 and is not verified. Do not install it by hand while it can still run."
    ]


LOST = {"verdict": "bad", "sentence": "worse", "path": "/srv/comparison.json", "bad": ["jump_groups", "users"]}


def test_repair_comes_before_the_command():
    made = summary("failed", ("snapshots_compared", LOST))
    assert made["next"]["command"] == COMMAND
    assert made["next"]["first"][-1] == (
        "Repair what the upgrade lost (jump_groups, users), or name it in `snapshot_filters` with a reason. See /srv/comparison.json."
    )


@pytest.mark.parametrize(
    "events", [[("snapshots_compared", {**LOST, "verdict": "unknown"})], [("snapshots_compared", LOST), ("run_opened", {})]]
)
def test_bad_comparison_asks_for_repair(events):
    assert summary("failed", *events)["next"]["first"] == ["Restart nothing."]


@pytest.mark.parametrize(
    ("state", "reason", "verdict"),
    [
        ("prepared", None, "The upgrade is prepared."),
        ("failed", "no space left", "The preparation is not complete: no space left."),
        ("manual", None, "The preparation waits for a person."),
        ("reached", None, "The upgrade is finished. Both nodes run 22.1.4."),
    ],
)
def test_a_preparation_is_not_called_an_upgrade(state, reason, verdict):
    known = entries(("run_opened", {}), ("run_opened", {"purpose": "prepare"}))
    assert summarize(known, state_of(known), run_state=state, reason=reason, site=SITE)["verdict"] == verdict
