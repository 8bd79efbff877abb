# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks between the two nodes of a failover pair and its public name, and whether a standalone appliance is a node of a pair."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from ...model.pair import ABSENT, PRESENT, Node, Pair, Public
from ..pair.blockers import Blocker
from ..pair.describe import describe_nodes
from ..pair.invariants import Expect, find_problems
from .facts import Facts
from .links import CERTIFICATES, FAILOVER
from .registry import FAIL_OUTAGE, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, Finding, check

_PUBLIC = (Blocker.PUBLIC_MISSING, Blocker.PUBLIC_UNREACHABLE, Blocker.PUBLIC_ELSEWHERE, Blocker.PUBLIC_ON_BACKUP)
_CERTIFICATES = (Blocker.CERTIFICATES_DIFFER, Blocker.CERTIFICATE_UNTRUSTED)
_SYNC = (Blocker.SYNC_FAILED, Blocker.SYNC_TOO_OLD)
_SOFTWARE = (Blocker.VERSIONS_DIFFER,)
_ALONE = (NOT_APPLICABLE, "The appliance is not upgraded as a node of a pair, or the pair was not read.", "")


def _pair(facts: Facts) -> Pair | None:
    """The Pair that was read, None where there is none. A value that is missing in it is never replaced by a default."""
    if not facts.has("pair"):
        return None
    for number in range(len(facts.rows("pair", "nodes"))):
        _require(facts, Node, "pair", "nodes", number)
        if facts.mapping("pair", "nodes", number, "certificate"):
            _require_certificate(facts, "pair", "nodes", number, "certificate")
    if facts.optional("mapping", "pair", "public") is not None:
        _require(facts, Public, "pair", "public")
    return Pair.from_dict(facts.mapping("pair"))


_READERS = {"str": Facts.text, "bool": Facts.flag, "float": Facts.number}


def _require(facts: Facts, kind: type[Node] | type[Public], *path: str | int) -> None:
    for one in fields(kind):
        _READERS.get(str(one.type), Facts.present)(facts, *path, one.name)


def _require_certificate(facts: Facts, *path: str | int) -> None:
    facts.text(*path, "fingerprint_sha256")
    facts.text(*path, "distrust")
    facts.rows(*path, "names")
    facts.number(*path, "days_left")


def _found(pair: Pair, blockers: Collection[Blocker], **expected: Any) -> tuple[str, str] | None:
    """(evidence, remedy) of the problems of these kinds; None without one."""
    found = [one for one in find_problems(pair, Expect(public=True, **expected)) if one.blocker in blockers]
    if not found:
        return None
    evidence = " ".join(f"{one.sentence} ({one.evidence})" if one.evidence else one.sentence for one in found)
    return evidence, " ".join(dict.fromkeys(one.blocker.remedy for one in found))


@check("pair_reachable", "Can both nodes be read?", FAILOVER, waivable=False)
def pair_reachable(facts: Facts) -> Finding:
    if facts.text("mode") == "standalone":
        return NOT_APPLICABLE, "The appliance is not upgraded as a node of a pair.", ""
    pair = _pair(facts)
    if pair is None:
        return MANUAL, "The peer was not read.", "Set upgrade_site, so that both nodes are read; or check the peer, then confirm."
    lost = [f"{node.name}: {node.why or 'it cannot be read.'}" for node in pair.nodes if not node.reachable]
    if lost or len(pair.nodes) != 2:
        return FAIL_UPGRADE, " ".join(lost) or f"The pair has {len(pair.nodes)} node(s).", "Repair the connection to both nodes first."
    return PASS, f"{' and '.join(node.name for node in pair.nodes)} respond.", ""


@check("pair_roles", "Are both nodes a healthy pair?", FAILOVER, waivable=False)
def pair_roles(facts: Facts) -> Finding:
    pair = _pair(facts)
    if pair is None:
        return _ALONE
    others = [one for one in Blocker if one not in (*_PUBLIC, *_CERTIFICATES, *_SYNC, *_SOFTWARE)]
    found = _found(pair, others)
    return (FAIL_UPGRADE, *found) if found else (PASS, f"{describe_nodes(pair)}; the failover relation is {pair.relation}.", "")


@check("pair_public_name", "Does the public name lead to the serving node?", FAILOVER, waivable=False)
def pair_public_name(facts: Facts) -> Finding:
    pair = _pair(facts)
    if pair is None:
        return _ALONE
    found = _found(pair, _PUBLIC)
    if found:
        return (FAIL_OUTAGE, *found)
    url, node = (pair.public.url if pair.public else ""), pair.serving
    return PASS, f"{url} leads to {node.name if node else 'no node'}.", ""


@check("pair_versions", "Do both nodes run the same version?", FAILOVER, waivable=False)
def pair_versions(facts: Facts) -> Finding:
    """They differ in the middle of an upgrade, for which the relation is broken."""
    pair = _pair(facts)
    if pair is None:
        return _ALONE
    found = _found(pair, _SOFTWARE, same_software=True)
    if found and pair.relation != ABSENT:
        return (FAIL_UPGRADE, *found)
    return PASS, f"{found[0] if found else 'Both nodes run the same version.'} {describe_nodes(pair)}.", ""


@check("pair_sync", "Did the last data sync succeed, and is it recent enough?", FAILOVER)
def pair_sync(facts: Facts, max_hours: float = 168) -> Finding:
    """The upgrade syncs before it breaks the relation; a sync that is a week old shows that the automatic one does not run."""
    pair = _pair(facts)
    if pair is None:
        return _ALONE
    if pair.relation != PRESENT or pair.primary is None:
        return NOT_APPLICABLE, f"There is no data sync while the failover relation is {pair.relation}.", ""
    found = _found(pair, _SYNC, sync_max_age=None if pair.primary.last_data_sync is None else max_hours * 3600)
    if found:
        return (FAIL_UPGRADE, *found)
    if pair.primary.last_data_sync is None:
        return PASS, f"{pair.primary.name} reports no data sync yet; the upgrade starts one.", ""
    age = pair.primary.clock - pair.primary.last_data_sync
    return PASS, f"{pair.primary.name}: {age / 3600:.1f} hours ago, {pair.primary.last_data_sync_status or 'without a status'}.", ""


@check("pair_certificates", "Do both nodes serve the public name with the same trusted certificate?", CERTIFICATES)
def pair_certificates(facts: Facts, min_days: float = 30) -> Finding:
    pair = _pair(facts)
    if pair is None:
        return _ALONE
    found = _found(pair, _CERTIFICATES)
    if found:
        return (FAIL_OUTAGE, *found)
    unread = [node.name for node in pair.nodes if not node.certificate]
    if unread:
        return MANUAL, f"The certificate of {' and '.join(unread)} was not read.", "Compare the certificates of both nodes, then confirm."
    days = {node.name: facts.number("pair", "nodes", number, "certificate", "days_left") for number, node in enumerate(pair.nodes)}
    short = [f"{name}: {left:g}" for name, left in days.items() if left < min_days]
    if short:
        return (
            FAIL_OUTAGE,
            f"Certificates are valid for too few days ({', '.join(short)}); {min_days:g} are required.",
            "Renew them on both nodes first.",
        )
    return PASS, f"Both nodes serve a trusted certificate for the same name, valid for {min(days.values()):g} more days.", ""


@check("half_of_pair", "Is the appliance really standalone?", FAILOVER, always=True)
def half_of_pair(facts: Facts) -> Finding:
    """With a broken relation an appliance reports that it is standalone. Other signs of a pair need an explanation by a person."""
    if facts.text("mode") != "standalone":
        return NOT_APPLICABLE, "The appliance is upgraded as a node of a pair.", ""
    signs = [facts.text("pair_signs", number) for number in range(len(facts.rows("pair_signs")))]
    if not signs:
        return PASS, "No sign of a pair was found.", ""
    reason = facts.text("standalone_reason")
    if reason:
        return PASS, f"{' '.join(signs)} Declared as standalone: {reason}", ""
    return (
        FAIL_UPGRADE,
        " ".join(signs),
        (
            "Upgrade the pair with a mode for pairs (upgrade_mode). If the appliance is no longer part of a pair, set "
            "upgrade_standalone_reason to who decided that and why; it is recorded."
        ),
    )
