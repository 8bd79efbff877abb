# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What blocks the present hop of a sound pair."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies

from tests.support.packages import DONE, FRESH, NEXT, OPEN
from tests.support.pair_plans import blockers, planned, steps_of
from tests.support.pairs import broken, node, pair, related


def test_a_data_gap_must_be_accepted():
    """Before anything else, and only where there is one."""
    assert blockers(planned(related(), policies=Policies())) == ["data_gap"]
    assert blockers(planned(related(), policies=Policies(), mode="synchronous")) == []
    assert blockers(planned(broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, policies=Policies())) == []


def test_node_two_hops_ahead_waits():
    """A node that is two hops ahead does not take over."""
    two = broken(versions=("20.2.1", "23.2.1"))
    behind = ("6.2.0", [OPEN, NEXT])
    assert blockers(planned(two, behind, DONE, target="23.2.1")) == ["hops_apart"]
    assert steps_of(planned(two, behind, DONE, "synchronous", target="23.2.1"))[0] == "install Bomgar a"


def test_different_offers_stop_a_pair():
    assert blockers(planned(related(), FRESH, ("6.0.2", [Package("Bomgar 22.1.4", "site", "22.1.4", "available")]))) == ["offers_differ"]


def test_roles_after_a_break_stop_a_take_over():
    """They do not stop the synchronous mode."""
    kept = broken(roles=("primary", "backup"))
    assert blockers(planned(kept, broken=True)) == ["backup_role_kept"]
    assert steps_of(planned(kept, mode="synchronous", broken=True))[0] == "install Base a"


def test_equal_versions_of_different_builds_are_refused():
    nodes = [node("a", "primary", version="22.1.4", build="1"), node("b", "backup", version="22.1.4", build="2")]
    assert blockers(planned(pair(nodes, "a"), DONE, DONE)) == ["versions_differ"]
