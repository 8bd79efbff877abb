# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What must be true of a pair before and after every step, by what both nodes report; unknown counts as false. Pure.

A step may be done if the relation is present, one node is primary, the other backup, and the public name leads to the
primary; or the relation is broken on both, and the public name leads to exactly one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.pair import ABSENT, BACKUP, NONE, ONE_SIDED, PRESENT, PRIMARY, Pair
from .blockers import Blocker, Problem
from .certificates import certificate_problems
from .describe import describe_nodes

KNOWN_ROLES = (NONE, PRIMARY, BACKUP)
SINGLE = ("", "single")
_FAILED = re.compile(r"\bfail(?!over)|error|unable|cannot|could not|time[d -]*out|abort", re.I)


@dataclass(frozen=True)
class Expect:
    """What the next step relies on.

    mode: 'synchronous', 'asynchronous', 'standalone' or ''; relation: 'present', 'absent' or 'any'; same_software: whether
    version and build must be equal; sync_max_age: seconds, None for any; swap: a role swap runs, both may be backup and the
    public name may lead to a backup; public: whether a public name is needed.
    """

    mode: str = ""
    relation: str = "any"
    same_software: bool = False
    sync_max_age: float | None = None
    swap: bool = False
    public: bool = False


def find_problems(pair: Pair, expect: Expect) -> tuple[Problem, ...]:
    """Every Problem at once, the inventory's first; () when the step may be done."""
    found = [*_inventory(pair, expect), *_nodes(pair)]
    if len(pair.nodes) == 2 and all(node.reachable for node in pair.nodes):
        found += [*_roles(pair, expect), *_relation(pair, expect), *_software(pair, expect), *_sync(pair, expect)]
        found += certificate_problems(pair)
    found += _public(pair, expect)
    return tuple(found)


def foreign_journal(pair: Pair, guids: Sequence[str]) -> Iterator[Problem]:
    """The Problem that the journal, which knows the appliances `guids`, is of others than these nodes; none where either is not known."""
    found = sorted(node.guid for node in pair.nodes)
    if guids and all(found) and sorted(guids) != found:
        evidence = f"journal: {', '.join(guids)}; now: {', '.join(found)}"
        yield Problem(Blocker.FOREIGN_JOURNAL, "The journal of this site is of other appliances.", evidence)


# --- the inventory


def _inventory(pair: Pair, expect: Expect) -> Iterator[Problem]:
    count = len(pair.nodes)
    if expect.mode == "standalone":
        if count != 1:
            yield Problem(Blocker.NODE_COUNT, f"A standalone site has one appliance, this one has {count}.", _names(pair))
        return
    if count == 1 and expect.mode:
        yield Problem(Blocker.MODE_NEEDS_PAIR, f"The mode {expect.mode} needs a pair, and the site has one appliance.", _names(pair))
    elif count != 2:
        yield Problem(Blocker.NODE_COUNT, f"A pair has two nodes, this site has {count}.", _names(pair))
    guids = [node.guid for node in pair.nodes if node.guid]
    for guid in sorted({guid for guid in guids if guids.count(guid) > 1}):
        same = ", ".join(node.name for node in pair.nodes if node.guid == guid)
        yield Problem(Blocker.SAME_APPLIANCE, f"{same} are one and the same appliance.", f"GUID {guid}")
    products = sorted({node.product for node in pair.nodes} - {""})
    if len(products) > 1:
        evidence = ", ".join(f"{node.name}: {node.product or 'unknown'}" for node in pair.nodes)
        yield Problem(Blocker.MIXED_PRODUCT, "The nodes are different products.", evidence)


def _names(pair: Pair) -> str:
    return ", ".join(node.name for node in pair.nodes) or "none"


# --- each node for itself


def _nodes(pair: Pair) -> Iterator[Problem]:
    for node in pair.nodes:
        if not node.reachable:
            yield Problem(Blocker.NODE_UNREACHABLE, f"{node.name} could not be read.", node.why)
        elif not node.healthy:
            yield Problem(Blocker.NODE_UNHEALTHY, f"{node.name} is not healthy.", node.message or "without a reason")
        if node.role not in KNOWN_ROLES and (node.reachable or node.role):
            yield Problem(Blocker.ROLE_UNKNOWN, f"{node.name} reports an unknown failover role.", f"{node.role!r}")
        if node.cluster_role not in SINGLE:
            yield Problem(Blocker.CLUSTER, f"{node.name} is a node of an Atlas cluster.", f"cluster role {node.cluster_role}")


# --- between the nodes


def _roles(pair: Pair, expect: Expect) -> Iterator[Problem]:
    roles = [node.role for node in pair.nodes]
    if roles.count(PRIMARY) == 2:
        yield Problem(Blocker.TWO_PRIMARIES, "Both nodes are primary.", describe_nodes(pair))
    elif roles.count(BACKUP) == 2 and not expect.swap:
        yield Problem(Blocker.TWO_BACKUPS, "Both nodes are backup, and no role swap of this run is under way.", describe_nodes(pair))
    elif pair.relation == PRESENT and set(roles) != {PRIMARY, BACKUP} and set(roles) <= set(KNOWN_ROLES) and not expect.swap:
        yield Problem(Blocker.NO_PRIMARY, "The nodes are related, and not one primary and the other backup.", describe_nodes(pair))
    elif pair.relation == ABSENT and NONE in roles and set(roles) != {NONE} and set(roles) <= set(KNOWN_ROLES):
        yield Problem(Blocker.ROLES_WITHOUT_RELATION, "The relation is broken, and only one node reports a role.", describe_nodes(pair))


def _relation(pair: Pair, expect: Expect) -> Iterator[Problem]:
    mine = {node.guid for node in pair.nodes}
    for node in pair.nodes:
        strangers = sorted(set(node.members) - mine)
        if strangers:
            yield Problem(Blocker.FOREIGN_PEER, f"{node.name} is related to another appliance.", f"GUID {', '.join(strangers)}")
    if pair.relation == ONE_SIDED and not any(set(node.members) - mine for node in pair.nodes):
        yield Problem(Blocker.ONE_SIDED_RELATION, "The nodes do not agree whether they are related.", describe_nodes(pair))
    if expect.relation in (PRESENT, ABSENT) and pair.relation in (PRESENT, ABSENT) and pair.relation != expect.relation:
        yield Problem(
            Blocker.RELATION_UNEXPECTED, f"The failover relation is {pair.relation}, it must be {expect.relation}.", describe_nodes(pair)
        )


def _software(pair: Pair, expect: Expect) -> Iterator[Problem]:
    if expect.same_software and len({(node.version, node.build) for node in pair.nodes}) > 1:
        yield Problem(Blocker.VERSIONS_DIFFER, "The nodes differ in version or build.", describe_nodes(pair))


def _sync(pair: Pair, expect: Expect) -> Iterator[Problem]:
    if pair.relation != PRESENT or pair.primary is None or expect.swap:
        return
    primary = pair.primary
    if sync_failed(primary.last_data_sync_status):
        yield Problem(Blocker.SYNC_FAILED, "The last data sync failed.", f"{primary.name}: {primary.last_data_sync_status}")
    if expect.sync_max_age is None:
        return
    if primary.last_data_sync is None:
        yield Problem(Blocker.SYNC_TOO_OLD, "No data sync is reported.", describe_nodes(pair))
    elif primary.clock - primary.last_data_sync > expect.sync_max_age:
        age = primary.clock - primary.last_data_sync
        yield Problem(Blocker.SYNC_TOO_OLD, f"The last data sync is {age:.0f} seconds old, {expect.sync_max_age:.0f} are allowed.")


def sync_failed(status: str) -> bool:
    """Whether a status speaks of a failure. The texts are UNKNOWN (docs/vendor/command-api.md#check_health): a word may stop, it never
    lets anything pass."""
    return bool(_FAILED.search(status))


# --- the public name


def _public(pair: Pair, expect: Expect) -> Iterator[Problem]:
    public = pair.public
    if public is None:
        if expect.public:
            yield Problem(Blocker.PUBLIC_MISSING, "No public name was given.")
        return
    if not public.reachable:
        yield Problem(Blocker.PUBLIC_UNREACHABLE, f"{public.url} could not be read.", public.why)
    elif pair.serving is None:
        yield Problem(Blocker.PUBLIC_ELSEWHERE, f"{public.url} leads to none of the nodes.", f"the appliance there is {public.guid}")
    elif pair.serving.role == BACKUP and pair.relation != ABSENT and not expect.swap:
        yield Problem(Blocker.PUBLIC_ON_BACKUP, f"{public.url} leads to {pair.serving.name}, which is backup.", describe_nodes(pair))
