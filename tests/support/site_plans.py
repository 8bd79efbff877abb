# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a site of one node and of two, over two hops."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.site_plan import Request, plan_site

from tests.support.packages import TWO_HOPS
from tests.support.pair_plans import ACCEPT
from tests.support.pairs import node, related


def alone(offer=TWO_HOPS, target="23.2.1", version="20.2.1", memory=(), **more):
    pair = Pair((node("a", "none", members=(), version=version),))
    return plan_site(pair, {"a": offer}, Request("standalone", target), memory=dict(memory), **more)


def both(offer=TWO_HOPS, target="23.2.1", mode="asynchronous", seen=None, memory=(), policies=ACCEPT, manifest=None, **more):
    seen, request = seen or related(), Request(mode, target, manifest=manifest)
    return plan_site(seen, {"a": offer, "b": offer}, request, memory=dict(memory), policies=policies, **more)


def steps_of(plan):
    return [f"{step['number']} {step['action']} {step['package'] or step['node']}" for step in plan.steps]
