# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report of an upgrade holds its rehearsal against what happened."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.rehearsal import compare_rehearsal

SUM, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
STEP = {"node": "a", "title": "install Base 7.0.0", "seconds": 1200.0}
WORLD = {
    "id": "expected",
    "state": "reached",
    "verdict": "The upgrade is finished.",
    "seconds": 90000.0,
    "outage_seconds": 0.0,
    "steps": [STEP],
}
REHEARSAL = {"made": {"at": "2026-03-01T08:00:00+00:00"}, "variables": SUM, "worlds": [WORLD]}
ROWS = [
    {"action": "install", "node": "a", "package": "Base 7.0.0", "seconds": 1500.0},
    {"action": "install", "node": "a", "package": "another", "seconds": 60.0},
    {"action": "break", "node": "a", "package": "", "seconds": 5.0},
]


def compared(*checksums, state="reached", seconds=86400.0):
    entries = [{"event": "run_opened", "data": {"variables": one} if one else {}} for one in checksums]
    return compare_rehearsal(REHEARSAL, entries, ROWS, {"state": state, "upgrade": {"seconds": seconds}})


@pytest.mark.parametrize(("checksums", "same"), [((SUM, SUM), True), ((SUM, OTHER), False), ((OTHER,), False), (("",), None), ((), None)])
def test_other_variables_are_marked(checksums, same):
    found = compared(*checksums)
    assert found["same_variables"] is same
    assert ("other variables than its rehearsal" in found["sentences"][0]) is (same is False)


def test_rehearsed_times_are_beside_real_ones():
    found = compared(SUM)
    assert found["installs"] == [{"node": "a", "package": "Base 7.0.0", "expected_seconds": 1200.0, "seconds": 1500.0}]
    assert found["sentences"][-1] == "It was expected to take 25.0 h, and took 24.0 h."


def test_an_upgrade_under_way_has_no_time_yet():
    assert compared(SUM, state="waiting", seconds=None)["sentences"][-1] == "The upgrade waits."


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("reached", "The upgrade reached the target."),
        ("manual", "The upgrade waits for a person."),
        ("failed", "The upgrade failed."),
        ("unfinished", "The upgrade has not ended."),
        ("", "The upgrade has not ended."),
    ],
)
def test_each_end_of_an_upgrade_is_a_sentence(state, sentence):
    assert compared(SUM, state=state)["sentences"] == [
        "The rehearsal reached the target: The upgrade is finished.",
        sentence,
        "It was expected to take 25.0 h, and took 24.0 h.",
    ]
