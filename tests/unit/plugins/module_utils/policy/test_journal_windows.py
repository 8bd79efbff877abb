# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The maintenance windows of an upgrade, from what its journal says that people decided."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.journal_windows import journal_windows

from tests.support.stories import DAY, HOUR, Story

NIGHT = [{"start": "20:00", "end": "02:00", "days": ["fri", "sun"]}]


def story(**values):
    made = Story().add("run_opened")
    for what, value in values.items():
        made.add("decided", what=what, value=value, default=None, by="Ada Example")
    return made


def test_windows_of_the_upgrade_are_given():
    made = story(window_list=NIGHT, window_zone="Europe/Berlin").add("note", 2 * DAY + HOUR, text="Sunday evening")
    assert journal_windows(made.entries) == [
        {"begun": "2026-03-06T19:00:00+00:00", "ended": "2026-03-07T01:00:00+00:00"},
        {"begun": "2026-03-08T19:00:00+00:00", "ended": "2026-03-09T01:00:00+00:00"},
    ]


def test_the_last_decision_counts():
    made = story(window_list=NIGHT).add("decided", what="window_list", value=[], default=[], by="Ada Example")
    assert journal_windows(made.entries) == []


def test_windows_of_an_earlier_upgrade_do_not_count():
    made = story(window_list=NIGHT).add("step_begun", package="p", kind="base").add("run_ended", state="reached")
    made.add("run_opened", HOUR).add("step_begun", package="q", kind="base")
    assert journal_windows(made.entries) == []


@pytest.mark.parametrize("value", ["22:00", [{"start": "25:00", "end": "26:00"}], [7], None, {"a": 1}])
def test_windows_that_nobody_can_read_are_none(value):
    assert journal_windows(story(window_list=value).entries) == []


def test_a_journal_without_entries_has_none():
    assert journal_windows([]) == []
