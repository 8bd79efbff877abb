# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a site as the module returns it, and the request that an upgrade is held to."""

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, PlanError, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.upgrade_plan import OPERATION as PLAN

from tests.support.appliances import Bench
from tests.support.pairs import node, related

BASE = {"name": "Base 6.2.0", "kind": "base", "version": "6.2.0", "state": "available", "waits_for": [], "note": ""}
SITE = {"name": "Bomgar 22.1.4", "kind": "site", "version": "22.1.4", "state": "blocked", "waits_for": ["Base 6.2.0"], "note": ""}
OFFER = {"base_version": "6.0.2", "packages": [BASE, SITE]}
ALONE = {"nodes": [node("a", "none", members=()).as_dict()], "public": None, "offers": {"a": OFFER}}
PAIR = {**related().as_dict(), "offers": {"a": OFFER, "b": OFFER}}


def planned(check_mode=False, **given):
    """The result after a way through JSON, as between two tasks."""
    options = {"site": ALONE, "mode": "standalone", **given}
    return json.loads(json.dumps(Bench(None, "").run(PLAN, check_mode=check_mode, **json.loads(json.dumps(options)))))


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "site" / "journal.jsonl")


def begun(path, **request):
    """A journal of an upgrade that is under way."""
    journal = Journal(path)
    planned(journal=path, target_version="22.1.4", **request)
    journal.append("step_begun", package="Base 6.2.0", kind="base")
    return journal


# --- what is returned


def test_next_step_has_number_and_preparation():
    found = planned(memory={"done": 4}, policies={"drain": True}, prepared={"checked": ["a"]})
    step = found["next"]
    assert (step["number"], step["total"], step["hop"], step["action"], step["disturbs"]) == (5, 7, 1, "install", "users and clients")
    assert step["before"] == [
        {"do": "backup", "node": "a"},
        {"do": "clients", "node": "a"},
        {"do": "drain", "node": "a", "what": "The installation of Base 6.2.0 on a"},
    ]
    assert found["steps"][0] == {name: value for name, value in step.items() if name != "before"}


def test_pair_plan_has_nodes_and_hash():
    """The hash is the same each time."""
    found = planned(site=PAIR, mode="asynchronous", policies={"data_gap": "accept"})
    assert set(found["plan"]["nodes"]) == {"a", "b"} and found["plan"]["target"] == "22.1.4"
    assert found["hash"] == found["plan"]["hash"] == planned(site=PAIR, mode="asynchronous", policies={"data_gap": "accept"})["hash"]


def test_blockers_serve_programs_and_people():
    found = planned(site=PAIR, mode="asynchronous")
    assert (found["next"], found["reached"], found["steps"]) == (None, False, [])
    assert found["blockers"][0]["blocker"] == "data_gap" and found["blocked"][0].startswith("data_gap: ")


def test_the_diff_shows_the_versions_before_and_after():
    diff = planned()["diff"]
    assert diff["before"] == "a: Base 6.0.2, version 20.2.1\n" and diff["after"].startswith("a: Base 6.2.0, version 22.1.4\nFrom ")


def test_acknowledgements_reach_the_planner():
    """The interim, too."""
    nodes = [node("a", "none", members=["a" * 32]), node("b", "none", members=["b" * 32], version="22.1.4", build="2")]
    site = {
        "nodes": [one.as_dict() for one in nodes],
        "public": {"url": "support.example.com", "guid": "b" * 32},
        "offers": {"a": OFFER, "b": {"base_version": "6.2.0", "packages": []}},
    }
    options = {"site": site, "mode": "asynchronous"}
    waits = planned(**options, policies={"interim": {"acknowledge": True}})
    assert waits["next"]["action"] == "interim" and "upgrade_acknowledged" in waits["next"]["reason"]
    assert planned(**options, policies={"interim": {"acknowledge": True}, "acknowledged": ["interim"]})["next"]["done"]


def test_missing_offers_and_targets_are_errors():
    """An offer that was not read, and a target that is not offered."""
    with pytest.raises(InvalidInput, match="What a offers was not read"):
        planned(site={**ALONE, "offers": {}})
    with pytest.raises(PlanError, match="a: Version 99.9.9 is not offered"):
        planned(target_version="99.9.9")


# --- the request


def test_the_request_is_written_once(path):
    begun(path)
    planned(journal=path, target_version="22.1.4")
    notes = [entry for entry in Journal(path).read() if entry["event"] == "plan_recorded"]
    assert len(notes) == 1 and notes[0]["data"]["request"]["target_version"] == "22.1.4" and notes[0]["data"]["lines"]


def test_another_request_during_an_upgrade_needs_a_reason(path):
    begun(path)
    with pytest.raises(Unsafe, match="target_version: the newest that is offered instead of 22.1.4"):
        planned(journal=path)
    planned(journal=path, replan_reason="Ada Example: a later version came out")
    assert Journal(path).state().plan["request"]["target_version"] == "the newest that is offered"


def test_the_mode_is_part_of_the_request(path):
    begun(path)
    with pytest.raises(Unsafe, match="mode: asynchronous instead of standalone"):
        planned(journal=path, target_version="22.1.4", site=PAIR, mode="asynchronous", policies={"data_gap": "accept"})


def test_check_mode_compares_and_writes_nothing(path):
    planned(journal=path, check_mode=True)
    assert Journal(path).read() == []
    begun(path)
    with pytest.raises(Unsafe):
        planned(journal=path, check_mode=True)


def test_first_plan_alone_is_compared(path):
    begun(path)
    assert planned(journal=path, policies={"first": False})["next"]


# --- the approved plan


def test_the_plan_is_saved_in_the_state_folder(path, tmp_path):
    """Not in check mode."""
    found = planned(journal=path, check_mode=True)
    assert not (tmp_path / "site").exists() and f"Plan {found['hash']}" in found["lines"]
    planned(journal=path)
    kept = tmp_path / "site/plan.json"
    assert json.loads(kept.read_text()) == found["document"] and kept.stat().st_mode & 0o777 == 0o600


def test_an_approved_plan_is_noted_once(path):
    approved = planned()["hash"]
    for _run in range(2):
        assert planned(journal=path, approved_plan=approved)["next"]
    (entry,) = [one for one in Journal(path).read() if one["event"] == "plan_approved"]
    assert entry["data"]["hash"] == approved and entry["data"]["by"]


def test_unapproved_plan_is_refused_before_writing(path, tmp_path):
    approved = planned(target_version="22.1.4")
    with pytest.raises(Unsafe, match=f"not the one that was approved .*{approved['hash']}.* not in the state folder"):
        planned(journal=path, approved_plan=approved["hash"])
    assert not (tmp_path / "site").exists()
    file = tmp_path / "approved.json"
    file.write_text(json.dumps(approved["document"]))
    with pytest.raises(Unsafe, match="target_version: the newest that is offered instead of 22.1.4"):
        planned(journal=path, approved_plan=str(file))
    assert planned(journal=path, approved_plan=str(file), target_version="22.1.4")["next"]


def test_edited_or_missing_approval_is_refused(path, tmp_path):
    file = tmp_path / "approved.json"
    file.write_text(json.dumps({**planned()["document"], "mode": "synchronous"}))
    with pytest.raises(InvalidInput, match="was edited"):
        planned(journal=path, approved_plan=str(file))
    with pytest.raises(ApplianceError):
        planned(journal=path, approved_plan=str(tmp_path / "away.json"))
