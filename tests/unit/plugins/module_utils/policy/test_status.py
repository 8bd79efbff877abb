# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The row of a site, from plausible upgrades and what the nodes report beside them."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.memory import memory_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Node, Pair, Public
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.build import Sources, build_report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.summary import not_before
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.status import site_row, unread, unread_row

from tests.support import stories

A, B = stories.GUIDS
LOCK = {"holder": "ada@controller", "begun": "2026-03-06T19:00:00+00:00", "heartbeat": "2026-03-06T19:10:00+00:00", "dead": False}


def row_of(story, *, away=(), problems=(), **given):
    nodes = [
        Node(name, name, guid=guid, version="23.2.1", healthy=True, role="primary" if name == B else "backup", clock=story.now)
        if name not in away
        else Node(name, name, reachable=False, why="The connection was refused.")
        for name, guid in stories.GUIDS.items()
    ]
    site = {
        **Pair(tuple(nodes), Public("support.example.com", guid=stories.GUIDS[B])).as_dict(),
        "problems": problems,
        "bases": {B: "7.0.0"},
    }
    sources = Sources(
        entries=story.entries,
        chain=story.chain,
        site="support",
        made_at=stories.MADE_AT,
        plan=story.files.get("plan.json") or {},
        preflight={name[10:-5]: one for name, one in story.files.items() if name.startswith("preflight/")},
    )
    given.setdefault("until", not_before(story.entries))
    return site_row("support", "asynchronous", site, memory_of(state_of(story.entries)), build_report(sources), **given)


def until(event, run=None):
    """The finished story, cut off after the last entry of that event (in that run)."""
    story = stories.finished()
    kept = max(n for n, one in enumerate(story.entries) if one["event"] == event and run in (None, one["run"]))
    story.entries = story.entries[: kept + 1]
    story.now = stories.datetime.datetime.fromisoformat(story.entries[-1]["time"]).timestamp()
    return story


def test_finished_upgrade_is_at_last_step():
    row = row_of(stories.finished())
    assert (row["state"], row["step"]["number"], row["step"]["of"], row["step"]["done"]) == ("reached", 9, 9, True)
    assert (row["catch_up"], row["waiting_until"], row["last_run"]["state"]) == (None, "", "reached")
    assert [node["serves"] for node in row["nodes"]] == [False, True] and row["nodes"][1]["base"] == "7.0.0"


def test_waiting_site_shows_time_and_clients():
    row = row_of(until("run_ended", run=3), threshold=90)
    assert row["state"] == "waiting" and row["waiting_until"] and row["step"]["title"] == "wait until clients have caught up"
    assert row["step"]["number"] == 9 and not row["step"]["done"]
    assert (row["catch_up"]["percent"], row["catch_up"]["rate_per_hour"]) == (59.5, 3.89)
    assert row["catch_up"]["estimated_end"] > row["catch_up"]["measured_at"]


def test_online_clients_are_compared_without_count():
    story = stories.Story()
    story.add("run_opened")
    about = {"guid": stories.GUIDS[B], "host": B, "build": ""}
    story.add("version_seen", **about, version="22.1.4", appliance_time=story.now)
    story.add("catch_up_passed", package="site version 22.1.4")
    story.add("clients_counted", moment="before", counts={"kinds": {}, "connected": {"pinned_client": 180}})
    story.add("version_seen", 60, **about, version="23.2.1", appliance_time=story.now)
    known = row_of(story, online=63)["catch_up"]
    assert (known["percent"], known["measured_at"], known["estimated_end"]) == (35.0, iso(story.now), None)
    assert row_of(story)["catch_up"]["percent"] is None


@pytest.mark.parametrize(("lock", "state"), [(None, "unfinished"), (LOCK, "running"), ({**LOCK, "dead": True}, "unfinished")])
def test_run_lives_with_its_lock(lock, state):
    """A run without an end is running while its lock is alive."""
    row = row_of(until("step_begun"), lock=lock)
    assert row["state"] == state and (row["step"]["number"], row["step"]["of"], row["step"]["node"]) == (7, 9, A)
    assert row["verdict"] == ("A run is at work." if state == "running" else "The run was cut off, or is still at work.")


def test_silent_node_keeps_its_last_version():
    row = row_of(stories.failed(), away=(A,))
    assert (row["nodes"][0]["version"], row["nodes"][0]["last_version"]) == ("", "22.1.4")
    assert row["state"] == "failed" and "DO NOT RESTART" in row["verdict"] and row["open"]
    assert unread([row]) == [f"{A} could not be read: The connection was refused."]


def test_findings_are_what_blocks_and_nobody_waived():
    problem = {"sentence": "The last data sync failed.", "evidence": "a: failed", "blocker": "x", "remedy": "y"}
    story = stories.failed()
    story.files[f"preflight/{B}.json"]["checks"].append({"id": "dns", "title": "DNS", "kind": "error", "message": "", "waived_by": ""})
    found = row_of(story, problems=[problem])["findings"]
    assert found[0] == {"source": "site", "target": "", "text": "The last data sync failed. a: failed"}
    assert found[1:] == [{"source": "preflight", "target": B, "text": "DNS"}]


def test_unread_site_is_a_row():
    row = unread_row("support", "upgrade_mode is wrong.")
    assert set(row) == set(row_of(stories.finished())) and unread([row]) == ["upgrade_mode is wrong."]
