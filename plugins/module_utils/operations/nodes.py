# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the modules for all nodes of a site share: the nodes at hand, what speaks against them, and the refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import Unsafe
from ..model.pair import Pair
from ..policy.pair.blockers import Blocker, Problem
from ..policy.pair.invariants import Expect, find_problems
from .port import Appliance


def connect_nodes(
    params: Mapping[str, Any], connect: Callable[..., Appliance], say: Callable[[str], None], *, public_from: int = 2
) -> tuple[dict[str, Appliance], Appliance | None]:
    """({name: Appliance} of the option `nodes`, the Appliance behind the public name). Sends nothing.

    The public name is read with the account of the first node. None without one, and for fewer nodes than public_from.
    """
    nodes = {one["name"] or one["url"]: one for one in params["nodes"]}
    appliances = {name: connect(one, say=say) for name, one in nodes.items()}
    public_url = params["public_url"]
    if not public_url or len(nodes) < public_from:
        return appliances, None
    first = next(iter(nodes))
    return appliances, appliances[first].with_connection(dict(nodes[first], url=public_url))


def problems_of(pair: Pair, expect: Expect, *, sync_may_have_failed: bool) -> list[Problem]:
    """The problems of a Pair. sync_may_have_failed: a last data sync that failed is no problem, since what follows begins another one."""
    found = find_problems(pair, expect)
    return [one for one in found if one.blocker is not Blocker.SYNC_FAILED or not sync_may_have_failed]


def refusal(pair: Pair, found: Sequence[Problem]) -> Unsafe:
    """One sentence for all problems, and for programs the evidence of both nodes."""
    return Unsafe(
        "Nothing is done to this site. " + " ".join(f"[{number}] {one.line()}" for number, one in enumerate(found, 1)),
        facts={"problems": [one.as_dict() for one in found], "pair": pair.as_dict()},
    )
