# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.run import CHECKS, run_preflight
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.waivers import read_waivers

from tests.support.preflight_facts import NOW, facts

TODAY = "2026-03-02"  # of NOW, 12:00 UTC
GIVEN = {"check": "certificate", "target_version": "19.1.8", "reason": "ticket 4711", "by": "Ada Example", "expires": TODAY}
BAD = facts(certificate={"days_left": 3})


def waivers(now=NOW, **more):
    return read_waivers([{**GIVEN, **more}], CHECKS, now=now)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"check": "certifcate"}, "no check 'certifcate' to waive (preflight_waivers). Did you mean 'certificate'"),
        ({"check": "identity"}, "'identity' cannot be waived"),
        ({"check": "pair_roles"}, "'pair_roles' cannot be waived"),
        ({"expires": "2026-03-01"}, "'certificate' by Ada Example expired at the end of 2026-03-01"),
        ({"expires": "31.03.2026"}, "expires on '31.03.2026', which is not a date"),
        ({"reason": " "}, "A waiver has no reason"),
        ({"by": ""}, "A waiver has no by"),
    ],
)
def test_bad_waivers_are_refused(change, words):
    with pytest.raises(InvalidInput) as refused:
        waivers(**change)
    assert words in str(refused.value)


def test_two_waivers_for_one_check_are_refused():
    with pytest.raises(InvalidInput, match="waived twice"):
        read_waivers([GIVEN, GIVEN], CHECKS, now=NOW)


def test_waiver_is_valid_all_day():
    assert waivers(now=NOW + 12 * 3600 - 1)
    with pytest.raises(InvalidInput, match="expired"):
        waivers(now=NOW + 12 * 3600)


def test_a_waiver_allows_what_its_check_finds():
    assert not run_preflight(BAD).passed
    done = run_preflight(BAD, waivers=waivers())
    waived = next(one for one in done.results if one.id == "certificate")
    assert done.passed and waived.kind == "fail_outage"
    assert waived.waived_by == "Ada Example until 2026-03-02 for 19.1.8: ticket 4711"
    assert waived.line().startswith("[FAIL_OUTAGE] [WAIVED] certificate: ") and "Ada Example" in waived.line()
    assert done.as_dict()["waivers"] == [{**GIVEN, "used": True}]


def test_a_waiver_allows_nothing_else():
    done = run_preflight(facts(certificate={"days_left": 3}, storage={"percent_used": 99.0}), waivers=waivers())
    assert [one.id for one in done.blocking] == ["storage"]


def test_an_unneeded_waiver_is_reported_as_unused():
    done = run_preflight(facts(), waivers=waivers())
    assert done.waived == () and done.as_dict()["waivers"][0]["used"] is False


def test_a_waiver_for_another_target_is_refused():
    with pytest.raises(InvalidInput, match="for the target 18.9.1, and this upgrade goes to 19.1.8"):
        run_preflight(BAD, waivers=waivers(target_version="18.9.1"))


def test_without_a_known_target_a_waiver_allows_nothing():
    assert not run_preflight({**BAD, "plan": None}, waivers=waivers()).passed


def test_permanent_checks_have_no_waivers():
    assert [one.id for one in CHECKS.values() if one.always and one.waivable] == []
