# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which wave may go on."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.fleet.standing import FAILURES, Standing
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.fleet.wave_states import may_begin, tolerated, wave_states, with_held
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.fleet.waves import Wave

WAVES = [Wave(1, "canary", ("a",)), Wave(2, "batch 1", ("b", "c", "d", "e")), Wave(3, "batch 2", ("f",))]


def standings(**verdicts):
    """Those of all sites: due, unless told otherwise; a wait ends at noon."""
    return {site: Standing(verdicts.get(site, "due"), "12:00" if verdicts.get(site) == "waiting" else "") for site in "abcdef"}


def states(percentage=0, **verdicts):
    return [one.state for one in wave_states(WAVES, standings(**verdicts), max_fail_percentage=percentage)]


def begins(percentage=0, **verdicts):
    return [one.number for one in may_begin(WAVES, standings(**verdicts), max_fail_percentage=percentage)]


ALL = dict.fromkeys("abcdef", "done")


def test_wave_begins_after_the_previous():
    assert states() == ["open", "held", "held"]
    assert states(a="done") == ["complete", "open", "held"]
    assert states(**ALL) == ["complete"] * 3
    assert begins() == [1, 2, 3], "if what is due before them gets done"
    assert begins(**ALL) == [1, 2, 3]


@pytest.mark.parametrize("verdict", ["waiting", "manual", "stopped", *FAILURES])
def test_unfinished_canary_holds_all_batches(verdict):
    assert states(a=verdict)[1:] == ["held", "held"]
    assert begins(a=verdict) == ([] if verdict in FAILURES else [1])


def test_done_canary_holds_until_verified():
    assert states(a="check") == ["open", "held", "held"]
    assert begins(a="check") == [1, 2, 3]


def test_waiting_sites_do_not_hold_others():
    assert begins(a="done", b="waiting") == [1, 2]


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_halts_wave_unless_tolerated(failure):
    assert states(a="done", b=failure) == ["complete", "halted", "held"]
    assert begins(a="done", b=failure) == [1]
    assert begins(25, a="done", b=failure) == [1, 2, 3]
    assert states(25, a="done", b=failure, c="done", d="done", e="done") == ["complete", "complete", "open"]
    assert states(25, a="done", b=failure, c=failure) == ["complete", "halted", "held"]


def test_a_percentage_must_be_exceeded_as_in_ansible():
    assert [tolerated(4, percentage) for percentage in (0, 24.9, 25, 49, 50, 100)] == [0, 0, 1, 1, 2, 4]
    assert tolerated(1, 99) == 0
    assert tolerated(200, 0.5) == 1


def test_planned_site_holds_nothing():
    assert states(**dict.fromkeys("abcde", "planned")) == ["complete", "complete", "open"]


def test_held_sites_name_the_holder():
    known = standings(a="waiting", c="waiting")
    found = with_held(wave_states(WAVES, known), known)
    assert (found["a"].verdict, found["c"].verdict) == ("waiting", "waiting")
    assert (found["b"].verdict, found["b"].why) == ("not_started", "canary is not complete: a waits until 12:00.")
    failed = standings(a="failed")
    assert with_held(wave_states(WAVES, failed), failed)["f"].why == "canary stops: a failed."
    halted = standings(a="done", b="failed")
    assert with_held(wave_states(WAVES, halted), halted)["c"].why == "batch 1 stops: b failed."


def test_sentence_names_few_and_counts_rest():
    (first, second) = wave_states([Wave(1, "batch 1", ("b", "c", "d", "e")), Wave(2, "batch 2", ("a",))], standings())
    assert second.why == "batch 1 is not complete: b, c, d and 1 more is not at the target yet." and not first.why
