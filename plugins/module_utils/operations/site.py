# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads a site of one node or of two: what it runs, which node serves, what it offers, and what its journal remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ApplianceError, Unsafe
from ..model.journal.memory import memory_of
from ..model.journal.parts import State
from ..model.journal.state import state_of
from ..model.pair import Pair
from ..policy.end_state import describe_end, lines_of
from ..policy.pair.blockers import Blocker, Problem
from ..policy.pair.invariants import Expect, find_problems, foreign_journal
from ..storage.journal import Journal
from ..storage.journal_notes import see
from .nodes import problems_of, refusal
from .offers import MANUAL, read_offer
from .port import Appliance
from .read_pair import read_node, read_pair

STANDALONE, ASYNCHRONOUS = "standalone", "asynchronous"


def read_site(appliances: Mapping[str, Appliance], public: Any, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module site_info. appliances: {name: Appliance}; public: the Appliance behind the public name, or None.

    With `read_offers` or `refuse` in params a decision follows: then what cannot be read is raised. Else it is part of the description.
    Unsafe with `refuse` for a site that nothing may be done to, and for the journal of another appliance. While a step is open, its node
    may be away or installing: then nothing is raised for that, no offer is read, and nothing is recorded.
    """
    journal = Journal(params["journal"]) if params["journal"] else None
    known = _known(journal, damaged_too=not params["read_offers"])
    decides, settled = params["read_offers"] or params["refuse"], not known.open_step
    with_offers = params["read_offers"] and settled
    pair = _read(appliances, public, params["public_url"] or "", decides, settled)
    problems = _problems(pair, params["mode"])
    if decides:
        _refuse(pair, problems if params["refuse"] and settled else (), known, journal.path if journal else None)
    offers, instructions = _offers(appliances, params) if with_offers else ({}, [])
    if journal and with_offers:
        known = _recorded(journal, pair, sound=not problems, write=not check_mode and journal.lock.is_owned)
    bases = _bases(pair, appliances, offers, decides)
    end = describe_end(pair, bases, _state_or_none(journal, known), command=params["command"])
    return {
        "changed": False,
        "state": MANUAL if instructions else "read",
        "instructions": instructions,
        "site": {**_shown(pair), "problems": [one.as_dict() for one in problems], "offers": offers, "bases": bases, "description": end},
        "lines": lines_of(end),
        "memory": memory_of(known) if journal else {},
    }


def _read(appliances: Mapping[str, Appliance], public: Any, public_url: str, decides: bool, settled: bool) -> Pair:
    alone = len(appliances) == 1
    if alone and decides and settled:
        return Pair(tuple(read_node(name, one) for name, one in appliances.items()))
    return read_pair(appliances, public, public_url, certificates=decides and not alone, members=not alone)


def _shown(pair: Pair) -> dict[str, Any]:
    """The Pair as data. A standalone appliance serves its clients, and has no failover relation."""
    shown = pair.as_dict()
    return dict(shown, relation="none", primary="", serving=pair.nodes[0].name) if len(pair.nodes) == 1 else shown


# --- what speaks against it


def _problems(pair: Pair, mode: str | None) -> Sequence[Problem]:
    if len(pair.nodes) == 1 and mode in (None, STANDALONE):
        return find_problems(pair, Expect(mode=STANDALONE))
    return problems_of(pair, Expect(mode=mode or ASYNCHRONOUS, public=mode != STANDALONE), sync_may_have_failed=True)


def _refuse(pair: Pair, problems: Sequence[Problem], known: State, path: str | None) -> None:
    """Unsafe for the journal of another appliance, and for the problems."""
    foreign = list(foreign_journal(pair, known.guids))
    if len(pair.nodes) == 1:
        guid, node = known.guid, pair.nodes[0]
        if node.reachable and not known.guids and guid not in ("", node.guid):
            raise Unsafe(
                f"the journal {path} is of the appliance {guid}, but {node.host} is {node.guid}.",
                host=node.name,
                remedy="Correct the address or the state folder.",
            )
        problems = [one for one in problems if one.blocker is Blocker.MODE_NEEDS_PAIR]  # the preflight judges the rest
    found = [*foreign, *problems]
    if found:
        raise refusal(pair, found)


# --- what it offers


def _offers(appliances: Mapping[str, Appliance], params: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """({name: {base_version, packages}}, what a person has to do first)."""
    offers, instructions = {}, []
    for name, appliance in appliances.items():
        known = params["known_offers"].get(name)
        offer = known or read_offer(
            appliance,
            method=params["method"],
            manifest=params["manifest"],
            base_version=params["base_versions"].get(name) or None,
            installed=params["installed"].get(name) or (),
        )
        if offer.get("state") == MANUAL:
            instructions += offer["instructions"]
        else:
            offers[name] = {"base_version": offer["base_version"], "packages": offer["packages"]}
    return offers, instructions


def _bases(pair: Pair, appliances: Mapping[str, Appliance], offers: Mapping[str, Any], decides: bool) -> dict[str, str]:
    """{name: Base version}: of the offers; for a description alone they are read."""
    if decides:
        return {name: offer["base_version"] or "" for name, offer in offers.items()}
    return {node.name: _base(appliances[node.name]) for node in pair.nodes if node.reachable}


def _base(appliance: Appliance) -> str:
    """The Base version, '' where the pages do not show it or no account for them was given."""
    if not appliance.pages.can_use("appliance"):
        return ""
    try:
        return appliance.pages.basics().base_version
    except ApplianceError:
        return ""


# --- what its journal remembers


def _known(journal: Journal | None, *, damaged_too: bool) -> State:
    """The state of the journal, of an empty one without a journal. damaged_too: what a damaged one still says, instead of Unsafe."""
    if journal is None:
        return state_of([])
    if not damaged_too:
        return journal.state()
    try:
        return state_of(journal.content().entries)
    except ApplianceError:
        return state_of([])


def _state_or_none(journal: Journal | None, known: State) -> State | None:
    """None where the journal is damaged: nothing is known of what was begun then."""
    try:
        return known if journal and not journal.content().faults else None
    except ApplianceError:
        return None


def _recorded(journal: Journal, pair: Pair, *, sound: bool, write: bool) -> State:
    """The state of the journal once it knows what the nodes run, and which nodes a sound pair has; without write, as it would be."""
    nodes = [node.as_dict() for node in pair.nodes]
    if len(nodes) == 1:
        return state_of(see(journal, [dict(nodes[0], name="")], write=write))
    guids = [node.guid for node in pair.nodes]
    serving, primary = (one.name if one else "" for one in (pair.serving, pair.primary))
    return state_of(see(journal, nodes, serving, guids=guids if sound and all(guids) else (), origin=primary, write=write))
