# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What blocks the present hop of a sound pair: data that would be lost, offers or versions that do not fit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...model.pair import ABSENT, BACKUP
from .blockers import Blocker, Problem
from .describe import describe_nodes
from .hop import HopSteps
from .site import PairSite


def find_site_blockers(site: PairSite) -> list[Problem]:
    """The Problems that block the steps of a PairSite; [] if there are none."""
    found = [problem for rule in _RULES for problem in rule(site)]
    if site.must_establish() or not site.pending():
        return found
    return found + HopSteps(site).overdue()


def _data_gap(site: PairSite) -> Sequence[Problem]:
    if not _disturbs(site) or not site.takes_over() or site.policies.data_gap == "accept" or site.keeps_all_data():
        return ()
    gained = f"What {site.serving.name} gains between the data sync and the take-over (sessions, recordings, settings)"
    return (Problem(Blocker.DATA_GAP, f"{gained} is not on {site.peer.name}."),)


def _offers_differ(site: PairSite) -> Sequence[Problem]:
    if not _disturbs(site) or not site.equal or site.half_based() or site.offered(site.serving) == site.offered(site.peer):
        return ()
    evidence = "; ".join(f"{node.name}: {', '.join(sorted(site.offered(node))) or 'nothing'}" for node in site.pair.nodes)
    return (Problem(Blocker.OFFERS_DIFFER, "The nodes are not offered the same Base and site packages.", evidence),)


def _hops_apart(site: PairSite) -> Sequence[Problem]:
    if not _disturbs(site) or not site.takes_over() or not site.is_hops_apart():
        return ()
    text = f"{site.peer.name} is more than one hop ahead of {site.serving.name}: with a take-over the clients would miss a version."
    return (Problem(Blocker.HOPS_APART, text, describe_nodes(site.pair)),)


def _backup_role_kept(site: PairSite) -> Sequence[Problem]:
    if not _disturbs(site) or not site.takes_over() or site.pair.relation != ABSENT or site.peer.role != BACKUP:
        return ()
    text = f"{site.peer.name} still calls itself backup after the break, and a backup accepts nobody."
    return (Problem(Blocker.BACKUP_ROLE_KEPT, text, describe_nodes(site.pair)),)


def _builds_differ(site: PairSite) -> Sequence[Problem]:
    if site.pending() or not site.equal or not site.differ():
        return ()
    return (Problem(Blocker.VERSIONS_DIFFER, "The nodes run different builds of one version.", describe_nodes(site.pair)),)


def _disturbs(site: PairSite) -> bool:
    """Whether something that cuts people off is left to install."""
    return site.pending() and site.disruptive


_RULES: tuple[Callable[[PairSite], Sequence[Problem]], ...] = (_data_gap, _offers_differ, _hops_apart, _backup_role_kept, _builds_differ)
