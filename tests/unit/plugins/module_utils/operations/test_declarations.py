# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person declares, written to the journal with the name of the person."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.operations import declarations
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

STEP = {"package": "Base 6.2.0", "kind": "base"}


@pytest.mark.parametrize(("act", "event"), [(declarations.acknowledge, "acknowledged"), (declarations.confirm, "confirmed")])
def test_a_declaration_names_the_person(journal, act, event):
    act(journal, "interim", by="E. Example")
    entry = journal.read()[-1]
    assert (entry["event"], entry["data"]["what"], entry["data"]["by"]) == (event, "interim", "E. Example")


def test_a_step_is_released_with_a_reason(journal):
    journal.append("step_begun", **STEP)
    with pytest.raises(InvalidInput, match="only with a reason"):
        declarations.release(journal, "", by="E. Example")
    assert declarations.release(journal, "case 4711", by="E. Example")
    assert journal.state().open_step is None
    assert not declarations.release(journal, "case 4711", by="E. Example")


def test_a_lock_is_removed_and_recorded(journal):
    journal.lock.acquire()
    other = Journal(journal.path)
    assert declarations.unlock(other, "machine burned", by="E. Example")
    assert journal.lock.owner() is None and "machine burned" in journal.read()[-1]["data"]["text"]
    assert not declarations.unlock(other, "again", by="E. Example")


def test_an_undamaged_journal_needs_no_acceptance(journal):
    journal.append("note", text="x")
    assert not declarations.accept(journal, "why", by="E. Example")


def test_check_mode_writes_nothing(journal):
    journal.append("step_begun", **STEP)
    assert declarations.release(journal, "case 4711", by="E. Example", write=False)
    declarations.acknowledge(journal, "interim", by="E. Example", write=False)
    assert len(journal.read()) == 1
