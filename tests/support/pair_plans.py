# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of one hop of a pair, for the tests of each of its rules."""

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Memory, Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.planner import decide_pair

from tests.support.packages import FRESH

ACCEPT = Policies(data_gap="accept")


def planned(seen, a=FRESH, b=FRESH, mode="asynchronous", policies=ACCEPT, target="22.1.4", **memory):
    return decide_pair(seen, {"a": a, "b": b}, mode=mode, target=target, policies=policies, memory=Memory(**memory))[0]


def steps_of(plan):
    return [f"{step.action} {step.package.split()[0] + ' ' if step.package else ''}{step.node}" for step in plan.steps]


def blockers(plan):
    assert plan.next is None or not plan.blockers
    return [one.blocker.value for one in plan.blockers]
