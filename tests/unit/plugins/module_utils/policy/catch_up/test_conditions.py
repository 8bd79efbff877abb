# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import math

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.conditions import DAY, Conditions, check_seen_within


@pytest.mark.parametrize(
    "options",
    [
        {"early_open_threshold": 94.9},
        {"early_open_threshold": 100.1},
        {"early_open_threshold": math.nan},
        {"max_wait": DAY - 1},
        {"max_wait": math.inf},
        {"at_max_wait": "hope"},
    ],
)
def test_invalid_conditions_are_rejected(options):
    with pytest.raises(InvalidInput):
        Conditions(**options)


@pytest.mark.parametrize(("passed", "decides"), [(0, 99), (DAY - 1, 99), (DAY, 95)])
def test_the_early_threshold_decides_during_the_wait(passed, decides):
    assert Conditions(early_open_threshold=99).decisive(passed) == decides


def test_without_early_threshold_only_time_decides():
    assert Conditions().decisive(DAY - 1) is None


@pytest.mark.parametrize(("max_wait", "passed", "over"), [(None, 99 * DAY, False), (2 * DAY, 2 * DAY - 1, False), (2 * DAY, 2 * DAY, True)])
def test_the_maximum_wait_counts_from_the_upgrade(max_wait, passed, over):
    assert Conditions(max_wait=max_wait).over(passed) is over


@pytest.mark.parametrize("seconds", [0, 3600, 2592000])
def test_an_hour_or_all_is_a_valid_span(seconds):
    check_seen_within(seconds)


@pytest.mark.parametrize("seconds", [-1, 1, 3599, math.nan, "30d", None, True])
def test_less_than_an_hour_is_rejected(seconds):
    with pytest.raises(InvalidInput, match="seen_within is"):
        check_seen_within(seconds)
