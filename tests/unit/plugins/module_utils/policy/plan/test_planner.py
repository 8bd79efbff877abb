# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner by example: every rule of the procedure with the smallest list that shows it."""

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_no_offer_and_target_means_nothing():
    made = plan()
    assert made.reached and made.next is None and made.hops == () and made.target == "18.3.2"


@pytest.mark.mission("M37")
def test_available_target_is_installed_directly():
    """And a catch-up follows."""
    assert shape(plan(row("Bomgar 19.1.8"), row("Bomgar 19.2.1"), target="19.2.1")) == [["Bomgar 19.2.1", "|"]]


def test_an_unneeded_base_is_installed_last():
    """Without a target, and without a catch-up."""
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires_base": ["6.0.1"]}])
    rows = [row("Base 6.2.0"), row("Bomgar 19.1.8")]
    assert shape(plan(*rows, manifest=manifest)) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0"]]
    assert shape(plan(row("Base 6.2.0"))) == [["Base 6.2.0"]]


def test_add_ons_follow_the_last_site_package():
    """Add-ons and hotfixes come before its catch-up."""
    made = plan(
        row("Licence add-on 2019"),
        row("Bomgar 19.1.8"),
        row("BT24-10-ONPREM1", "blocked", ["Bomgar 19.2.1"]),
        row("Bomgar 19.2.1", "blocked", ["Bomgar 19.1.8"]),
    )
    assert shape(made) == [
        ["Bomgar 19.1.8", "|"],
        ["Bomgar 19.2.1", "BT24-10-ONPREM1", "Licence add-on 2019", "|"],
    ]


def test_add_ons_can_be_left_alone():
    made = plan(row("Licence add-on 2019"), row("Bomgar 19.1.8"), optional_packages="skip")
    assert shape(made) == [["Bomgar 19.1.8", "|"]]
    assert made.beyond == ("Licence add-on 2019",)


@pytest.mark.mission("M36")
def test_leftovers_remain_without_catch_up():
    """At the target only leftovers remain, and no catch-up follows them."""
    made = plan(row("Base 6.2.0"), row("Base 7.0.0"), row("BT24-10-ONPREM1"), target="18.3.2", target_base="6.2.0")
    assert shape(made) == [["Base 6.2.0", "BT24-10-ONPREM1"]]
    assert not made.reached
    assert made.beyond == ("Base 7.0.0",)


def test_base_at_target_needs_a_request():
    """At the target Base is left alone unless a Base version is wanted."""
    made = plan(row("Base 6.2.0"), target="18.3.2")
    assert made.hops == () and made.reached and made.beyond == ("Base 6.2.0",)


def test_base_above_wanted_is_not_installed():
    """Even if it could unlock a package."""
    with pytest.raises(PlanError, match="blocked"):
        plan(row("Base 7.0.0"), row("Bomgar 19.1.8", "blocked"), target_base="6.2.0")


def test_an_unknown_choice_for_add_ons_is_refused():
    with pytest.raises(InvalidInput, match="optional_packages='maybe'"):
        plan(optional_packages="maybe")


def test_plan_is_json_with_hash_and_step():
    data = json.loads(json.dumps(plan(row("Base 6.2.0"), row("Bomgar 19.1.8")).as_dict()))
    assert data["hop_count"] == data["window_count"] == data["catch_up_count"] == 1
    assert data["next"]["package"] == "Base 6.2.0" and len(data["hash"]) == 64


# --- names that do not say what they are
