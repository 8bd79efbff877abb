# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The longest step that needs a maintenance window, by the mode of the upgrade."""

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.estimates import Known
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.longest_step import longest_step

from tests.support.preflight_facts import planned

PLAN = planned("Base 6.2.0", "Bomgar 19.1.8")


def test_vendor_hour_counts_for_first_installation():
    """The vendor's hour counts for the first longest installation."""
    assert longest_step(PLAN, "standalone", Known()) == {"step": "install Base 6.2.0", "seconds": 3600, "basis": "vendor"}


def test_a_measured_time_counts_before_the_vendors():
    known = Known(measured=[{"action": "install", "kind": kind, "seconds": seconds} for kind, seconds in (("base", 1500), ("site", 2000))])
    assert longest_step(PLAN, "standalone", known) == {"step": "install Bomgar 19.1.8", "seconds": 2000, "basis": "measured"}


def test_a_declared_time_counts_before_all_others():
    assert longest_step(PLAN, "synchronous", Known(declared={"site": 9000}))["seconds"] == 9000


def test_asynchronous_needs_a_take_over_window():
    found = longest_step(PLAN, "asynchronous", Known(declared={"install": 9000}))
    assert (found["step"], found["seconds"]) == ("take over from its peer", 600)


def test_a_site_that_has_its_target_needs_none():
    assert longest_step(dict(PLAN, hops=[]), "asynchronous", Known()) == {"step": "", "seconds": 0, "basis": ""}
