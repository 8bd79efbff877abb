# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How time passes between two runs of a rehearsal."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.passing import Passing, Wait, next_passing, wait_of

HOUR, DAY = 3600, 86400
UNTIL = "2026-03-03T21:00:00+00:00"
AT = 1772571600.0


def put_off(*ended, what="package"):
    return [Wait(at, at + HOUR, what) for at in ended]


def test_time_passes_until_the_wait_is_over():
    assert next_passing([Wait(0, DAY, "package")], 0, 14) == Passing(DAY, 0)


def test_postponed_wait_may_last_again():
    waits = [Wait(0, DAY, "package"), *put_off(DAY)]
    assert next_passing(waits, 0, 14) == Passing(DAY + HOUR, 0)
    waits += put_off(DAY + HOUR, DAY + 4 * HOUR)
    assert next_passing(waits, 0, 14) == Passing(DAY + 5 * HOUR, 4 * HOUR)


def test_a_wait_for_something_else_is_another_one():
    assert next_passing([*put_off(0, HOUR, what="one"), *put_off(2 * HOUR, what="another")], 0, 14) == Passing(3 * HOUR, 0)


def test_missing_clients_end_a_rehearsal():
    waits, now = [Wait(0, DAY, "package")], DAY
    while passing := next_passing(waits, 0, 14):
        now = passing.until + passing.most
        waits += put_off(now)
    assert len(waits) < 12 and 14 * DAY - HOUR <= now <= 14 * DAY


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ({"state": "waiting", "next": {"not_before": UNTIL}}, Wait(5.0, AT, "BeyondTrust 24.1.2")),
        ({"state": "waiting", "next": {"not_before": ""}}, None),
        ({"state": "reached", "next": {"not_before": UNTIL}}, None),
        ({}, None),
    ],
)
def test_what_a_run_waits_for(report, found):
    entries = [{"event": "catch_up_waiting", "data": {"package": "BeyondTrust 24.1.2"}}, {"event": "run_ended", "data": {}}]
    assert wait_of(report, entries, 5.0) == found
