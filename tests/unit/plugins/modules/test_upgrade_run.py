# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A run of a site's upgrade: its lock, what was decided for it, who swapped the roles since the last one."""

import errno
import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE

from tests.support.journals import Kept, remove_second_line


def whole_run(kept, monkeypatch, *, between=lambda: None, **opening):
    """What opening a run returned that then ended."""
    result = kept.open(**opening)
    with monkeypatch.context() as patched:
        patched.setenv(VARIABLE, result["lock"])
        between()
        kept.close(run_state="waiting")
    return result


def test_opening_takes_the_lock_and_closing_releases_it(kept, opened):
    assert os.path.exists(kept.path + ".lock") and opened["memory"]["runs"] == 1
    result = kept.close(run_state="reached")
    assert not os.path.exists(kept.path + ".lock") and result["lock"] == "" and "run 1 ended: reached" in result["report"][-1]


def test_the_default_folder_is_warned_of(kept, tmp_path):
    assert kept.open()["warnings"] == []
    default = Kept(str(tmp_path / "home" / "bomgar.appliance" / "sites" / "support.example.com" / "journal.jsonl"))
    (warning,) = default.open()["warnings"]
    assert "exclude no run of another user or controller" in warning and "upgrade_state_dir" in warning


def test_a_second_run_is_refused(kept, opened, monkeypatch):
    """Also in check mode; it leaves no trace."""
    monkeypatch.delenv(VARIABLE)
    for check_mode in (False, True):
        with pytest.raises(Unsafe, match="Another run locks this site"):
            kept.open(check_mode=check_mode)
    assert len(Journal(kept.path).read()) == 1


def test_check_mode_neither_locks_nor_notes(kept):
    kept.open(check_mode=True)
    kept.close(check_mode=True)
    assert not os.path.exists(os.path.dirname(kept.path))


def test_useless_expiry_is_refused_before_writing(kept):
    """An expiry that protects nobody is refused before anything is written."""
    for check_mode in (False, True):
        with pytest.raises(InvalidInput, match="60 to 86400"):
            kept.open(expiry=5, check_mode=check_mode)
    assert not os.path.exists(kept.path)


def test_lock_of_dead_run_is_replaced(kept):
    """And that is recorded."""
    kept.open()
    os.utime(kept.path + ".lock", (0, 0))
    kept.open(expiry=60)
    assert "@" in Journal(kept.path).read()[-1]["data"]["took_over"]


def test_damaged_journal_ends_the_run(kept, opened):
    """It writes its report and unlocks the site."""
    kept.declare("acknowledged", what="interim")
    kept.declare("acknowledged", what="more")
    remove_second_line(kept.path)
    result = kept.close(run_state="failed")
    assert result["chain"]["state"] == "broken" and not os.path.exists(kept.path + ".lock")


def test_decision_is_recorded_with_its_name(kept, monkeypatch):
    defaults = {"catch_up_threshold": 95.0, "upgrade_data_gap": "refuse"}
    decided = dict(defaults, catch_up_threshold="50")
    for _run in range(2):
        result = whole_run(kept, monkeypatch, by="Ada Example", decisions=decided, defaults=defaults)
    lines = [line for line in result["report"] if "decided" in line]
    assert [line.partition("  ")[2] for line in lines] == ["decided: catch_up_threshold is '50' instead of 95 (by Ada Example)"]
    assert result["decisions"]["catch_up_threshold"]["by"] == "Ada Example"
    result = kept.open(by="Bob", decisions=dict(decided, catch_up_threshold=95), defaults=defaults)
    assert "catch_up_threshold is its default again, 95 (by Bob)" in result["report"][-1] and result["decisions"] == {}


def test_swap_between_runs_is_recorded(kept, monkeypatch):
    for origin in ("a", "b", "b"):
        result = whole_run(kept, monkeypatch, origin=origin)
    seen = [line.partition("  ")[2] for line in result["report"] if "swapped" in line]
    assert seen == ["somebody else swapped the roles or moved the public name: b serves, a did before"]


def test_own_changes_are_no_foreign_swap(kept, monkeypatch):
    """Neither a swap of the run nor the roles after it broke the relation are a swap by somebody else."""

    def act(action, node):
        journal = Journal(kept.path)
        journal.append("action_begun", action=action, node=node)
        if action != "break":
            journal.append("action_done", action=action, node=node, guid="ab" * 16, appliance_time=1.0)

    for action, node, origin in (("swap", "a", "b"), ("break", "b", "a"), ("establish", "a", "a")):
        whole_run(kept, monkeypatch, origin=origin, between=lambda action=action, node=node: act(action, node))
    assert not any("somebody else" in line for line in kept.read()["report"])


def test_summary_is_returned_and_recorded(kept, opened):
    site = {"nodes": [{"name": "a", "version": "23.2.1", "role": "primary", "reachable": True}], "serving": "a", "bases": {"a": "7.0.0"}}
    result = kept.close(run_state="failed", reason="a: no route.", site=site, command="ansible-playbook x")
    assert result["summary"]["verdict"] == "The upgrade failed: a: no route." and result["summary"]["nodes"][0]["base"] == "7.0.0"
    assert result["summary"]["next"]["command"] == "ansible-playbook x"
    assert Journal(kept.path).read()[-1]["data"]["summary"] == result["summary"]


def test_check_mode_predicts_the_summary(kept):
    assert kept.close(check_mode=True, run_state="planned")["summary"]["verdict"].startswith("Nothing was changed")


def test_a_full_disk_hides_no_verdict(kept, opened, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        result = kept.close(run_state="failed", reason="no route")
    assert "no route" in result["summary"]["verdict"] and "The disk is full" in result["warnings"][0]


def test_bad_report_folder_only_warns(kept, opened):
    folder = os.path.dirname(kept.path)
    kept.declare("acknowledged", what="interim")
    result = kept.close(run_state="failed", reason="no route", report={"state_dir": folder})
    assert sorted(os.path.basename(path) for path in result["files"]) == ["junit.xml", "report.html", "report.json"]
    assert all(map(os.path.exists, result["files"])) and result["warnings"] == []


def test_unwritten_report_hides_no_verdict(kept, opened):
    folder = os.path.dirname(kept.path)
    result = kept.close(run_state="failed", reason="no route", report={"state_dir": folder, "dest": kept.path})
    assert "no route" in result["summary"]["verdict"] and "is not a folder" in result["warnings"][0] and result["lock"] == ""
