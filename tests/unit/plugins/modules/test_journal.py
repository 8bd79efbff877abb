# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people declare: a step that is settled, a run that is dead, a journal that is damaged."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE

from tests.support.entries import BASE
from tests.support.journals import remove_second_line


def acknowledge(kept, *names):
    for name in names:
        kept.declare("acknowledged", what=name)


def test_acknowledged_and_confirmed_are_in_the_memory(kept):
    kept.declare("acknowledged", what="interim", by="Ada Example")
    kept.declare("confirmed", what="integration_clients", by="Ada Example")
    memory = kept.read()["memory"]
    assert memory["acknowledged"] == ["interim"] and memory["clients"]["confirmed"] == ["integration_clients"]
    assert any("acknowledged: interim (by Ada Example)" in line for line in kept.read()["report"])


def test_check_mode_writes_nothing(kept):
    assert not kept.declare("acknowledged", what="interim", check_mode=True)["changed"]
    assert kept.read()["memory"]["acknowledged"] == []


def test_lock_removal_needs_a_reason(kept, opened, monkeypatch):
    """A person removes the lock of a dead run with a reason."""
    monkeypatch.delenv(VARIABLE)
    assert kept.declare("unlocked", check_mode=True, reason="the machine is gone")["changed"] and os.path.exists(kept.path + ".lock")
    result = kept.declare("unlocked", reason="the machine is gone")
    assert result["changed"] and "the machine is gone" in result["report"][-1]
    assert not kept.declare("unlocked", reason="again")["changed"]
    kept.open()


def test_releasing_needs_a_reason(kept, opened):
    Journal(kept.path).append("step_begun", **BASE)
    with pytest.raises(InvalidInput, match="reason"):
        kept.declare("released")
    assert kept.declare("released", reason="support case 1", check_mode=True)["changed"] and kept.read()["memory"]["open_step"]
    assert kept.declare("released", reason="support case 1")["changed"] and kept.read()["memory"]["open_step"] == {}
    assert not kept.declare("released", reason="again")["changed"]


def test_damaged_journal_is_readable_not_writable(kept):
    """A damaged journal is read, and stops who acts."""
    acknowledge(kept, "interim", "data gap", "more")
    remove_second_line(kept.path)
    result = kept.read()
    assert result["chain"]["state"] == "broken" and "THE JOURNAL IS DAMAGED" in result["report"][1]
    for act in (kept.open, lambda: acknowledge(kept, "x"), lambda: kept.declare("released", reason="x")):
        with pytest.raises(Unsafe, match="damaged: line 2 .*`state: accepted`"):
            act()
    assert not os.path.exists(kept.path + ".lock")


def test_accepted_damage_stays_in_the_journal(kept):
    """It is accepted with a name and a reason."""
    acknowledge(kept, "interim", "data gap", "more")
    remove_second_line(kept.path)
    result = kept.declare("accepted", by="Ada Example", reason="the disk failed")
    assert result["changed"] and result["chain"]["state"] == "intact"
    assert any("accepted by Ada Example: the disk failed (line 2 " in line for line in result["report"])
    assert not kept.declare("accepted", by="Ada Example", reason="again")["changed"]
    kept.open()


def test_damaged_journal_allows_lock_removal(kept, opened, monkeypatch):
    acknowledge(kept, "interim", "more")
    remove_second_line(kept.path)
    monkeypatch.delenv(VARIABLE)
    assert kept.declare("unlocked", reason="the machine is gone", by="Ada Example")["changed"]
    assert kept.declare("accepted", reason="so be it", by="Ada Example")["chain"]["state"] == "intact"
