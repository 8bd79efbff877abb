# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A plan for people."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.describe_plan import describe_plan
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.packages import BASE, DONE
from tests.support.pairs import node, related
from tests.support.pairs import pair as make_pair
from tests.support.site_plans import alone, both


@pytest.mark.mission("M7", "M18", "M20")
def test_people_read_target_and_obstacles():
    rows = [Package("Bomgar 19.1.8", "site", "19.1.8", "available"), Package("Bomgar 18.9.9", "site", "18.9.9", "available"), BASE]
    assert describe_plan(alone(("6.0.1", rows), "19.1.8", "18.3.2")) == [
        "From 18.3.2 (Base 6.0.1) to 19.1.8, standalone: "
        "3 steps of 3 left, 2 installations, 1 hop, 1 maintenance window, 1 wait for clients.",
        "#  node  step                   disturbs           takes               starts",
        "-  ----  ---------------------  -----------------  ------------------  --------------------",
        "Hop 1 of 1, to 19.1.8",
        "1  a     install Base 6.2.0     users and clients  15-60 min (vendor)  Mon 02 Mar 12:00 UTC",
        "2  a     install Bomgar 19.1.8  users and clients  15-60 min (vendor)  Mon 02 Mar 13:00 UTC",
        "3  a     wait for the clients   nobody             24 h (vendor)       Mon 02 Mar 14:00 UTC",
        "Each installation takes the site down, ends sessions and logs everybody out;",
        "it usually takes 15 to 60 minutes, longer with many recordings.",
        "Offered, not part of this plan: Bomgar 18.9.9",
    ]


def test_people_read_every_step_of_every_hop():
    lines = describe_plan(both(mode="synchronous", memory={"done": 2}))
    assert lines[0].startswith(
        "From 20.2.1 (Base 6.0.2) to 23.2.1, synchronous: 13 steps of 15 left, 6 installations, 2 hops, 4 maintenance"
    )
    assert [" ".join(line.split()) for line in lines[3:6]] == [
        "Hop 1 of 2, to 22.1.4",
        "3 a break the failover relation nobody 5 min (assumed) Mon 02 Mar 12:00 UTC",
        "4 a install Base 6.2.0 users and clients 15-60 min (vendor) Mon 02 Mar 12:05 UTC",
    ]
    assert max(map(len, lines[1:-1])) <= 100
    assert "Hop 2 of 2, to 23.2.1" in lines and lines[-1].startswith("Downtime: each installation on the primary")


def test_people_read_the_manifest_catch_up():
    """People read how long the manifest lets clients wait."""
    manifest = read_manifest([{"name": "Bomgar 22.1.4", "soak_hours": 48}])
    lines = describe_plan(both(manifest=manifest))
    assert [" ".join(line.split()) for line in lines if "wait for the clients" in line] == [
        "8 b wait for the clients nobody 48 h (declared) Mon 02 Mar 16:30 UTC",
        "15 a wait for the clients nobody 24 h (vendor) Wed 04 Mar 19:15 UTC",
    ]


def test_people_read_which_node_is_behind():
    nodes = [node("a", "primary", version="22.1.4"), node("b", "backup")]
    plan = both(seen=make_pair(nodes, "a"), mode="synchronous", target="22.1.4")
    assert describe_plan(plan)[0].startswith("From 22.1.4 (Base 6.0.2) on a, 20.2.1 (Base 6.0.2) on b to 22.1.4, synchronous: ")


def test_people_read_that_nothing_is_left():
    assert describe_plan(alone(DONE, version="23.2.1")) == ["a runs 23.2.1: nothing to do."]
    assert describe_plan(both(DONE, seen=related(version="23.2.1"))) == ["Both nodes run 23.2.1: nothing to do."]
