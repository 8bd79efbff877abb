# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.registry import Check, select
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.run import CHECKS


def test_a_check_that_raises_is_an_error():
    def crash(facts):
        raise ZeroDivisionError("division by zero")

    found = Check("crash", "Does it crash?", "", False, crash).run({})
    assert found.kind == "error" and "ZeroDivisionError" in found.message


# --- selection


def names(selection):
    return [one.id for one, _options in select(CHECKS, selection)]


ALWAYS = ["identity", "cluster_role", "failover_role", "half_of_pair"]


@pytest.mark.parametrize("selection", [None, [], "all", ["all"]])
def test_by_default_all_checks_run_in_order(selection):
    assert names(selection) == list(CHECKS)


def test_checks_can_be_named_and_left_out():
    assert names(["certificate", "!storage"]) == [name for name in CHECKS if name in [*ALWAYS, "certificate"]]
    assert names(["!clock", "!storage"]) == [name for name in CHECKS if name not in ("clock", "storage")]
    assert names(["all", "!clock"]) == [name for name in CHECKS if name != "clock"]


def test_options_reach_their_check():
    chosen = {one.id: options for one, options in select(CHECKS, ["all", {"certificate": {"min_days": 5}}])}
    assert chosen["certificate"] == {"min_days": 5} and chosen["clock"] == {}
    chosen = {one.id: options for one, options in select(CHECKS, [{"certificate": {"min_days": 5}}, "all"])}
    assert chosen["certificate"] == {"min_days": 5}


def test_identity_and_roles_cannot_be_left_out():
    for name in ALWAYS:
        with pytest.raises(InvalidInput, match="cannot be left out"):
            names(["all", f"!{name}"])


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (["certifcate"], "Did you mean 'certificate'"),
        (["!storag"], "Did you mean 'storage'"),
        ([{"certificate": {"min_day": 3}}], "Did you mean 'min_days'"),
        ([{"certificate": {"min_days": "3"}}], "'3'"),
        ([{"certificate": 3}], "is not a selection of checks"),
        ([5], "is not a selection of checks"),
        ([{"healthy": {"x": 1}}], "no option 'x'"),
        ([{"certificate": {"min_days": True}}], "True"),
    ],
)
def test_invalid_selections_are_rejected(selection, words):
    with pytest.raises(InvalidInput, match=words):
        names(selection)


def test_a_result_reads_as_one_line():
    found = Check("full", "Is it full?", "", False, lambda facts: ("fail_upgrade", "It is full.", "Free space.")).run({})
    assert found.line() == "[FAIL_UPGRADE] full: It is full. Free space."
