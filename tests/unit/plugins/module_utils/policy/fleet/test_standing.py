# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The verdict about a site of a fleet."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.fleet.standing import Record, ended_standing, standing_of

NOW, LATER = "2026-03-06T10:00:00+00:00", "2026-03-07T10:00:00+00:00"
WAITS = Record(state="waiting", until=LATER, why="clients have to catch up")


def verdict(record, **given):
    return standing_of(record, now=NOW, **given).verdict


@pytest.mark.parametrize("state", ["", "failed", "manual", "stopped", "planned", "unfinished"])
def test_site_runs_unless_waiting_or_done(state):
    assert verdict(Record(state=state)) == "due"


def test_site_waiting_for_time_is_skipped():
    found = standing_of(WAITS, now=NOW)
    assert (found.verdict, found.until, found.why) == ("waiting", LATER, "clients have to catch up")


@pytest.mark.parametrize("change", [{"until": NOW}, {"until": ""}, {"same_request": False}, {"open_step": True}])
def test_finished_wait_is_read_again(change):
    assert verdict(Record(**{**WAITS.__dict__, **change})) == "due"


def test_person_may_include_waiting_sites():
    assert verdict(WAITS, ask_waiting=True) == "due"


def test_a_journal_alone_makes_no_site_done():
    assert verdict(Record(state="reached")) == "check"


def test_a_lock_comes_before_all_else():
    found = standing_of(Record(state="reached", holder="ada@controller"), now=NOW)
    assert (found.verdict, found.why) == ("locked", "A run of ada@controller is at work.")


@pytest.mark.parametrize(("state", "found"), [("reached", "done"), ("waiting", "waiting"), ("stopped", "stopped"), ("odd", "failed")])
def test_how_a_run_ended_is_the_verdict(state, found):
    assert ended_standing(Record(state=state), None).verdict == found


@pytest.mark.parametrize(
    ("error", "holder", "found"),
    [
        ("Unreachable", "", "unreachable"),
        ("Untrusted", "", "unreachable"),
        ("Unavailable", "", "unreachable"),
        ("AccessDenied", "", "failed"),
        ("", "", "failed"),
        ("Unsafe", "ada@controller", "locked"),
    ],
)
def test_a_failure_has_the_verdict_of_its_error(error, holder, found):
    made = ended_standing(Record(state="failed", holder=holder, until=LATER), {"error": error, "msg": "a:\n  no."})
    assert (made.verdict, made.why, made.until) == (found, "a: no.", "")


def test_only_a_wait_has_an_end():
    assert ended_standing(WAITS, None).until == LATER
    assert ended_standing(Record(state="reached", until=LATER), None).until == ""
