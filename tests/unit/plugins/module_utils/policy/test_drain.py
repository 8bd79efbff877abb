# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What quiet means, decided from what was read."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.health import LoggedIn
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.drain import (
    Activity,
    QuietLimits,
    describe,
    is_quiet,
    next_run_at,
    seems_quiet,
    verify_numbers,
)


def people(*sessions):
    return tuple(LoggedIn(id=str(n), name=f"P{n}", kind="normal", since=None, sessions=one) for n, one in enumerate(sessions))


@pytest.mark.parametrize(
    ("seen", "limits", "quiet"),
    [
        (Activity(()), QuietLimits(), True),
        (Activity(people(0, 0)), QuietLimits(), True),
        (Activity(people(0, 1)), QuietLimits(), False),
        (Activity(people(0, 1)), QuietLimits(max_sessions=1), True),
        (Activity(people(1, 1)), QuietLimits(max_sessions=1), False),
        (Activity(people(0)), QuietLimits(max_people=0), False),
        (Activity(people(0)), QuietLimits(max_people=1), True),
        (Activity((), {"support_customer": 1}), QuietLimits(), False),
        (Activity((), {"presentation_attendee": 3, "support_customer": 0}), QuietLimits(), False),
        (Activity((), {"presentation_attendee": 3, "support_customer": 0}), QuietLimits(max_sessions=1), True),
        (Activity((), {"pinned_client": 900, "push_agent": 3, "representative": 2, "support_customer": 0}), QuietLimits(), True),
        (Activity(people(1), {"support_customer": 0}), QuietLimits(), False),
    ],
)
def test_people_and_customers_both_count(seen, limits, quiet):
    assert is_quiet(seen, limits) is quiet


@pytest.mark.parametrize(
    ("counts", "limits", "hint"),
    [
        (None, QuietLimits(), None),
        ({}, QuietLimits(), None),
        ({"representative": 0}, QuietLimits(), None),
        ({"support_customer": 0}, QuietLimits(), True),
        ({"support_customer": 2}, QuietLimits(), False),
        ({"support_customer": 2}, QuietLimits(max_sessions=2), True),
        ({"support_customer": 0}, QuietLimits(max_people=0), None),
        ({"support_customer": 0, "representative": 1}, QuietLimits(max_people=0), False),
        ({"support_customer": 0, "representative": 0}, QuietLimits(max_people=0), True),
    ],
)
def test_incomplete_counts_are_no_hint(counts, limits, hint):
    assert seems_quiet(counts, limits) is hint


@pytest.mark.parametrize("seen", [Activity(people(2, -2)), Activity((), {"support_customer": -1})])
def test_negative_numbers_are_rejected(seen):
    with pytest.raises(NotUnderstood, match="negative"):
        verify_numbers(seen)


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (Activity(()), "nobody is logged in, no session runs"),
        (Activity(people(1)), "1 person is logged in, 1 session runs: P0 (1 session)"),
        (Activity(people(0, 2)), "2 people are logged in, 2 sessions run: P0, P1 (2 sessions)"),
        (Activity((), {"support_customer": 2}), "nobody is logged in, 2 sessions run (2 customers connected, 0 sessions held by people)"),
    ],
)
def test_activity_reads_as_a_sentence(seen, text):
    assert describe(seen) == text


def test_twenty_of_many_people_are_named():
    assert describe(Activity(people(*[0] * 25))).endswith("P19, 5 more")


def test_the_next_run_is_never_early():
    assert next_run_at(1_700_000_000.2, 3600) == "2023-11-14T23:13:21+00:00"
