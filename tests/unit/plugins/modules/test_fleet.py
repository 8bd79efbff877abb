# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which sites of a fleet need a run, by their journals and locks."""

import datetime

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from ansible_collections.bomgar.appliance.plugins.modules.fleet import OPERATION

from tests.support.fleets import begin
from tests.support.journals import performed

NOW = datetime.datetime.now(datetime.timezone.utc)
PAST, LATER = ((NOW + datetime.timedelta(hours=hours)).isoformat(timespec="seconds") for hours in (-1, 20))
REQUEST = {"mode": "standalone", "target_version": "22.1.4", "target_base": "the newest that is offered", "optional_packages": "install"}


class Fleet:
    """Sites a, b and c with state folders; a is the canary."""

    def __init__(self, folder):
        self.folder = folder

    def ran(self, site, state, *, until=None, target="22.1.4"):
        """Let a run of the site end like that."""
        journal = begin(self.folder, site)
        if target:
            journal.append("plan_recorded", request={**REQUEST, "target_version": target}, lines=[], reason=None, by="ada")
        if until:
            journal.append("window_waiting", until=until, why="outside of all windows")
        journal.append("run_ended", state=state, why=None, site=[], summary={"verdict": f"It is {state}.", "nodes": []})

    def decided(self, **given):
        sites = [self.site(name) for name in "abc"]
        options = {"hosts": list("abc"), "sites": sites, "canary": ["a"], "batches": [1], **given}
        return performed(OPERATION, **options)

    def site(self, name):
        folder = str(self.folder / name)
        return {"site": name, "host": name, "nodes": [name], "mode": "standalone", "state_dir": folder, "target_version": "22.1.4"}


@pytest.fixture
def fleet(tmp_path):
    return Fleet(tmp_path)


def verdicts(made):
    return {one["site"]: one["verdict"] for one in made["sites"]}


def test_new_sites_may_all_begin_in_their_turn(fleet):
    made = fleet.decided()
    assert (made["hosts"], made["sizes"], made["go"]) == (["a", "b", "c"], [1, 1, 1], ["a"])
    assert verdicts(made) == {"a": "due", "b": "not_started", "c": "not_started"} and made["check"] == []


def test_a_waiting_canary_holds_all_others(fleet):
    fleet.ran("a", "waiting", until=LATER)
    made = fleet.decided()
    assert verdicts(made) == {"a": "waiting", "b": "not_started", "c": "not_started"}
    assert (made["hosts"], made["go"], made["state"], made["next_run_at"]) == ([], [], "waiting", LATER)


@pytest.mark.parametrize("given", [{"until": PAST}, {"until": LATER, "target": "22.2.2"}])
def test_finished_or_foreign_wait_needs_run(fleet, given):
    """A wait that is over, or was for another target, needs a run."""
    fleet.ran("a", "waiting", **given)
    assert fleet.decided()["go"] == ["a"]


def test_a_person_may_have_the_waiting_sites_asked(fleet):
    fleet.ran("a", "waiting", until=LATER)
    assert fleet.decided(ask_waiting=True)["go"] == ["a"]


def test_done_site_is_verified_first(fleet):
    fleet.ran("a", "reached")
    made = fleet.decided()
    assert (made["check"], made["go"], made["hosts"]) == (["a"], [], ["b", "c"])
    read = {"a": {"verdict": "done", "why": "", "version": "22.1.4"}}
    assert fleet.decided(read=read)["go"] == ["b"]
    read["a"]["verdict"] = "due"
    assert fleet.decided(read=read)["go"] == ["a"]


def test_journal_decides_site_behind_held_wave(fleet):
    fleet.ran("a", "waiting", until=LATER)
    fleet.ran("b", "reached")
    made = fleet.decided()
    assert made["check"] == [] and verdicts(made)["b"] == "done"
    assert "not asked" in made["sites"][1]["why"]


def test_a_locked_site_stops_its_wave(fleet):
    Lock(str(fleet.folder / "a" / "journal.jsonl"), "").acquire()
    made = fleet.decided()
    assert verdicts(made) == {"a": "locked", "b": "not_started", "c": "not_started"} and made["state"] == "failed"
    assert verdicts(fleet.decided(canary=[], batches=[], max_fail_percentage=34)) == {"a": "locked", "b": "due", "c": "due"}


def test_what_ended_in_this_pass_counts(fleet):
    ended = {"a": {"state": "reached"}, "b": {"state": "failed", "error": "AccessDenied", "msg": "b: no such account."}}
    made = fleet.decided(ended=ended)
    assert verdicts(made) == {"a": "done", "b": "failed", "c": "not_started"}
    assert made["sites"][1]["why"] == "b: no such account."


def test_limit_keeps_the_waves(fleet):
    made = fleet.decided(limit=["b"])
    assert verdicts(made) == dict.fromkeys("abc", "not_started") and made["hosts"] == []


def test_tolerated_failures_are_given_per_host(fleet):
    made = fleet.decided(canary=[], batches=[], max_fail_percentage=67)
    assert made["tolerated"] == {"a": 2, "b": 2, "c": 2}
    Lock(str(fleet.folder / "a" / "journal.jsonl"), "").acquire()
    assert fleet.decided(canary=[], batches=[], max_fail_percentage=67)["tolerated"]["b"] == 1


def test_unreadable_journal_is_left_to_run(fleet):
    fleet.ran("a", "reached")
    (fleet.folder / "a" / "journal.jsonl").write_text("damaged\n")
    assert fleet.decided()["go"] == ["a"]


def test_a_wrong_name_is_refused(fleet):
    made = fleet.decided(canary=["nobody"])
    assert made["failed"] and "fleet_canary names 'nobody'" in made["msg"]
