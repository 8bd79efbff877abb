# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long steps took, as a journal knows it."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.measured import measured
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

from tests.support.entries import BASE

BEGUN = {"begun": "2026-03-02T12:00:00+00:00", "run": 1}


def test_measured_from_beginning_to_verification():
    entry = {"time": "2026-03-02T12:21:30+00:00", "run": 1}
    assert measured(BEGUN, entry, "install", "base") == {"action": "install", "kind": "base", "seconds": 1290.0}


@pytest.mark.parametrize(
    ("begun", "entry"),
    [
        (BEGUN, {"time": "2026-03-02T12:21:30+00:00", "run": 2}),
        (BEGUN, {"time": "2026-03-02T11:59:59+00:00", "run": 1}),
        ({"begun": None, "run": 1}, {"time": "2026-03-02T12:21:30+00:00", "run": 1}),
        ({"begun": "t1", "run": 1}, {"time": "t2", "run": 1}),
    ],
    ids=["another run", "clock set back", "no beginning", "no time"],
)
def test_unseen_time_is_not_measured(begun, entry):
    assert measured(begun, entry, "install") is None


def test_journal_state_has_measured_times(tmp_path):
    now = [1_772_452_800.0]
    journal = Journal(str(tmp_path / "site/journal.jsonl"), clock=lambda: now[0])
    for event, data in [
        ("run_opened", {}),
        ("step_begun", BASE),
        ("step_done", BASE),
        ("action_begun", {"action": "sync", "node": "a"}),
        ("action_done", {"action": "sync", "node": "a"}),
        ("step_begun", {**BASE, "package": "Base 7.0.0"}),
        ("run_opened", {}),
        ("step_done", {**BASE, "package": "Base 7.0.0"}),
    ]:
        now[0] += 60
        journal.append(event, **data)
    kinds = [(one["action"], one["kind"], one["seconds"]) for one in journal.state().measured]
    assert kinds == [("install", "base", 60.0), ("sync", "", 60.0)]
