# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The memory of a site as its readers meet it."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

from tests.support.entries import BASE


def test_an_absent_file_is_an_empty_journal(kept):
    result = kept.read()
    assert result["report"] == ["Nothing has happened yet."] and result["chain"]["entries"] == 0 and not os.path.exists(kept.path)
    assert result["memory"]["open_step"] == result["memory"]["catch_up"] == result["memory"]["settings"] == {}
    assert result["memory"]["done"] == 0 and result["memory"]["clients"]["counted"] == {"before": None, "after": None}


def test_kept_head_shows_missing_end(kept):
    kept.declare("acknowledged", what="interim")
    head = kept.declare("acknowledged", what="more")["chain"]["head"]
    assert kept.read(head=head)["chain"]["entries"] == 2
    with open(kept.path, "rb+") as stream:
        stream.truncate(len(stream.readline()))
    os.unlink(kept.path + ".head")
    with pytest.raises(Unsafe, match="does not hold the entry"):
        kept.read(head=head)


def test_impossible_expiry_is_refused(kept):
    with pytest.raises(InvalidInput, match="60 to 86400"):
        kept.read(expiry=5)


def test_memory_has_the_settings_of_the_last_break(kept):
    journal = Journal(kept.path)
    for settings in ({"test_ips": "1.2.3.4"}, {"test_ips": "5.6.7.8"}):
        journal.append("action_begun", action="break", node="a")
        journal.append("action_done", action="break", node="a", data={"settings": settings})
    assert kept.read()["memory"]["settings"] == {"test_ips": "5.6.7.8"}


def test_done_counts_over_all_runs(kept):
    journal = Journal(kept.path)

    def done():
        return kept.read()["memory"]["done"]

    journal.append("action_begun", action="swap", node="b")
    journal.append("action_done", action="swap", node="b", guid="bb" * 16, appliance_time=1.0)
    assert done() == 0, "a swap before the upgrade began is none of its steps"
    journal.append("step_begun", **BASE)
    assert done() == 0
    journal.append("step_done", **BASE)
    journal.append("action_begun", action="sync", node="a")
    journal.append("action_done", action="sync", node="a")
    journal.append("catch_up_waiting", package="x")
    journal.append("catch_up_passed", package="x")
    journal.append("run_ended", state="waiting")
    assert done() == 3, "a look at a closed catch-up does not count"
    kept.declare("acknowledged", what="interim")
    assert done() == 4
    journal.append("run_ended", state="reached")
    assert done() == 0


def test_restored_settings_count_until_they_are_changed_again(kept):
    journal = Journal(kept.path)
    for expected in (1, 0, 1):
        changed = expected == 0
        about = {"host": "a", "before": {"max_concurrent": 10}, "after": {"max_concurrent": 20}} if changed else {"host": "a"}
        journal.append("jump_settings_changed" if changed else "jump_settings_restored", **about)
        assert kept.read()["memory"]["done"] == expected
