# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The memory of a site as its users meet it: the lock of a run, a plan that changed, a journal that is gone."""

import os

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.lock import VARIABLE
from ansible_collections.bomgar.appliance.plugins.module_utils.model.manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.wish import differences, wish_of
from ansible_collections.bomgar.appliance.plugins.modules.journal import OPERATION

STEP = {"package": "Base 6.2.0", "kind": "base", "version": "6.2.0"}


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def keep(path):
    def run(state="read", *, check_mode=False, **given):
        checked = ArgumentSpecValidator(OPERATION.argument_spec(), **OPERATION.rules).validate({"path": path, "state": state, **given})
        assert not checked.error_messages, checked.error_messages
        return OPERATION.function(checked.validated_parameters, check_mode=check_mode, say=lambda text: None)

    return run


@pytest.fixture
def opened(keep, monkeypatch):
    """A run that is open, as its tasks see it."""
    told = keep("open")
    monkeypatch.setenv(VARIABLE, told["lock"])
    return told


def wish(target="22.1.4", **more):
    return wish_of(**{"mode": "standalone", "target": target, "target_base": None, "other": "install", "manifest": None, **more})


def test_opening_takes_the_lock_and_closing_gives_it_back(keep, opened, path):
    assert os.path.exists(path + ".lock")
    keep("closed", outcome="reached")
    assert not os.path.exists(path + ".lock")


def test_a_second_run_is_refused_also_in_check_mode_and_leaves_no_trace(keep, opened, path, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    for check_mode in (False, True):
        with pytest.raises(Unsafe, match="Another run is at work on this site"):
            keep("open", check_mode=check_mode)
    assert len(Journal(path).read()) == 1


def test_check_mode_neither_locks_nor_notes(keep, path):
    keep("open", check_mode=True)
    keep("planned", check_mode=True, wish=wish(), lines=["x"])
    assert not os.path.exists(os.path.dirname(path))


def test_a_dead_runs_lock_is_taken_over_and_that_is_noted(keep, path):
    keep("open")
    os.utime(path + ".lock", (0, 0))
    keep("open", expiry=60)
    assert "@" in Journal(path).read()[-1]["data"]["took_over"]


def test_a_person_who_knows_takes_the_lock_away_with_a_reason(keep, opened, path, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    assert keep("unlocked", check_mode=True, reason="the machine is gone")["changed"] and os.path.exists(path + ".lock")
    told = keep("unlocked", reason="the machine is gone")
    assert told["changed"] and "the machine is gone" in told["report"][-1]
    assert not keep("unlocked", reason="again")["changed"]
    keep("open")


def test_a_plan_may_change_until_something_was_begun(keep, opened):
    keep("planned", wish=wish(), lines=["to 22.1.4"])
    keep("planned", wish=wish("23.2.1"), lines=["to 23.2.1"])


def test_a_changed_plan_of_an_upgrade_under_way_is_refused_showing_both(keep, opened, path):
    keep("planned", wish=wish(), lines=["From 20.2.1 to 22.1.4", "1. install Base 6.2.0"])
    Journal(path).append("step_begun", **STEP)
    before = len(Journal(path).read())
    with pytest.raises(Unsafe) as caught:
        keep("planned", wish=wish("23.2.1"), lines=["From 20.2.1 to 23.2.1"])
    told = str(caught.value)
    assert "target_version: 23.2.1 instead of 22.1.4" in told
    assert "From 20.2.1 to 22.1.4 / 1. install Base 6.2.0" in told and "From 20.2.1 to 23.2.1" in told and told.count("(plan ") == 2
    assert len(Journal(path).read()) == before
    keep("planned", wish=wish(), lines=["the same wish"])
    keep("planned", wish=wish("23.2.1"), lines=["To 23.2.1"], reason="CVE-2026-1, agreed with Ada")
    assert any("CVE-2026-1" in line for line in keep()["report"])
    keep("planned", wish=wish("23.2.1"), lines=["To 23.2.1"])


def test_an_edited_package_is_another_plan(keep, opened, path):
    packages = [{"name": "Bomgar 22.1.4", "kind": "site", "version": "22.1.4", "sha256": "ab" * 32}]
    keep("planned", wish=wish(manifest=read_manifest({"packages": packages})), lines=[])
    Journal(path).append("step_begun", **STEP)
    packages[0]["sha256"] = "cd" * 32
    with pytest.raises(Unsafe, match="package Bomgar 22.1.4"):
        keep("planned", wish=wish(manifest=read_manifest({"packages": packages})), lines=[])


def test_the_next_upgrade_has_a_plan_of_its_own(keep, opened, path, monkeypatch):
    keep("planned", wish=wish(), lines=[])
    Journal(path).append("step_begun", **STEP)
    Journal(path).append("step_done", **STEP)
    keep("closed", outcome="reached")
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv(VARIABLE, keep("open")["lock"])
    keep("planned", wish=wish("24.1.1"), lines=[])


def test_the_same_wish_in_any_order_is_the_same():
    assert differences(wish(), dict(reversed(wish().items()))) == []
    assert len({str(sorted(wish().items())) for _time in range(100)}) == 1


def test_a_journal_that_is_gone_is_told_and_the_gate_begins_anew(keep, path):
    os.makedirs(os.path.join(os.path.dirname(path), "backups"), mode=0o700)
    os.chmod(os.path.dirname(path), 0o700)
    told = keep("open")
    assert told["lost"] and not told["gate"]
    assert any("an earlier journal is gone" in line for line in told["report"])
    os.environ[VARIABLE] = told["lock"]
    try:
        told = keep("gate", version="22.1.4", appliance_time=1_772_452_800.0)
    finally:
        del os.environ[VARIABLE]
    assert not told["lost"] and told["gate"]["since"] == 1_772_452_800.0


def test_a_first_run_has_lost_nothing(keep):
    assert not keep("open")["lost"]


def test_releasing_needs_a_reason(keep, opened, path):
    Journal(path).append("step_begun", **STEP)
    with pytest.raises(InvalidInput, match="reason"):
        keep("released")
    assert keep("released", reason="support case 1")["changed"]
