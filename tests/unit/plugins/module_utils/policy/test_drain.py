# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What quiet means, decided from what was read."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.health import LoggedIn
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.drain import (
    Seen,
    Terms,
    again_at,
    checked,
    hints_quiet,
    is_quiet,
    told,
)


def people(*sessions):
    return tuple(LoggedIn(id=str(n), name=f"P{n}", kind="normal", since=None, sessions=one) for n, one in enumerate(sessions))


@pytest.mark.parametrize(("seen", "terms", "quiet"), [
    (Seen(()), Terms(), True),
    (Seen(people(0, 0)), Terms(), True),
    (Seen(people(0, 1)), Terms(), False),
    (Seen(people(0, 1)), Terms(max_sessions=1), True),
    (Seen(people(1, 1)), Terms(max_sessions=1), False),
    (Seen(people(0)), Terms(max_people=0), False),
    (Seen(people(0)), Terms(max_people=1), True),
    (Seen((), {"support_customer": 1}), Terms(), False),
    (Seen((), {"presentation_attendee": 3, "support_customer": 0}), Terms(), False),
    (Seen((), {"presentation_attendee": 3, "support_customer": 0}), Terms(max_sessions=1), True),
    (Seen((), {"pinned_client": 900, "push_agent": 3, "representative": 2, "support_customer": 0}), Terms(), True),
    (Seen(people(1), {"support_customer": 0}), Terms(), False),
])  # fmt: skip
def test_people_and_customers_are_both_believed_where_they_work(seen, terms, quiet):
    assert is_quiet(seen, terms) is quiet


@pytest.mark.parametrize(("counts", "terms", "hint"), [
    (None, Terms(), None),
    ({}, Terms(), None),
    ({"representative": 0}, Terms(), None),
    ({"support_customer": 0}, Terms(), True),
    ({"support_customer": 2}, Terms(), False),
    ({"support_customer": 2}, Terms(max_sessions=2), True),
    ({"support_customer": 0}, Terms(max_people=0), None),
    ({"support_customer": 0, "representative": 1}, Terms(max_people=0), False),
    ({"support_customer": 0, "representative": 0}, Terms(max_people=0), True),
])  # fmt: skip
def test_counts_that_do_not_tell_it_are_no_hint(counts, terms, hint):
    assert hints_quiet(counts, terms) is hint


@pytest.mark.parametrize("seen", [Seen(people(2, -2)), Seen((), {"support_customer": -1})])
def test_negative_numbers_do_not_cancel_sessions_out(seen):
    with pytest.raises(NotUnderstood, match="negative"):
        checked(seen)


@pytest.mark.parametrize(("seen", "text"), [
    (Seen(()), "nobody is logged in, no session runs"),
    (Seen(people(1)), "1 person is logged in, 1 session runs: P0 (1 session)"),
    (Seen(people(0, 2)), "2 people are logged in, 2 sessions run: P0, P1 (2 sessions)"),
    (Seen((), {"support_customer": 2}), "nobody is logged in, 2 sessions run (2 customers connected, 0 sessions held by people)"),
])  # fmt: skip
def test_who_is_there_reads_as_a_sentence(seen, text):
    assert told(seen) == text


def test_of_many_people_twenty_are_named():
    assert told(Seen(people(*[0] * 25))).endswith("P19, 5 more")


def test_the_next_run_is_never_early():
    assert again_at(1_700_000_000.2, 3600) == "2023-11-14T23:13:21+00:00"
