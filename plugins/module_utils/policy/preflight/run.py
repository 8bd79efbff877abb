# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The preflight: runs the selected checks over facts that were read before, and decides whether the upgrade may start. Pure.

facts is a plain dict. Each value is the as_dict() of its class; for what could not be read there is one sentence under `errors`:

    info             model.health.ApiInfo            health         model.health.Health
    members          list of model.health.Member     logged_in      list of model.health.LoggedIn
    basics           web Basics                      updates        web Updates
    storage          {percent_used, fields}          certificate    {subject, issuer, days_left, validated, ...} of the served one
    names            [{name, addresses, why}] of the names that the inventory has for the appliance, its peer and the public site
    tls              {version} that the connection uses
    jump_settings    web JumpSettings; absent without an account for /login
    jump_clients     counts of model.client.summarise; None where the version has no such interface
    client_threshold percent of the Jump Clients that must run the present version
    target_version   the wanted version, '' for the newest
    mode             'standalone', 'synchronous' or 'asynchronous'
    pair             Pair.as_dict() of both nodes and the public name; absent for a standalone upgrade
    pair_signs       sentences: signs that the appliance is, or was, a node of a pair
    standalone_reason why it is upgraded as standalone, as a person declares; '' without
    controller_time  seconds since 1970 on this machine
    plan             Plan.as_dict(), or instead plan_error: the sentence of the PlanError
    state_folder     {path, writable, private, free_bytes, filesystem, durable}; absent without a state folder
    version_start    {start: a word of model.journal.version_history or 'passed', declared: by whom}; absent without a folder
    consoles         [{which, version, path}] of the console installers saved in it; absent without a state folder
    rebuilt          names of the packages that are rebuilt, by the manifest
    window           {windows: {list, blackouts, margin, zone}, seconds: of the longest step}; absent without windows
    errors           {section: sentence}
    by_hand          {section: sentence} for what only pages show, without an account for them
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.counted import counted
from . import appliance, clients, folder, network, pair, rollout, upgrade, vendor
from .registry import BLOCKING, MANUAL, NOT_APPLICABLE, PASS, Result, collect, select
from .waivers import Waiver, apply_waivers, target_of_facts

CHECKS = collect(appliance, pair, network, clients, rollout, vendor, upgrade, folder)


@dataclass(frozen=True)
class Preflight:
    """All results in order; confirmed: ids of manual checks that a person confirmed; waivers: all that were given."""

    results: tuple[Result, ...]
    confirmed: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def blocking(self) -> tuple[Result, ...]:
        """The results that prevent the upgrade."""
        return tuple(one for one in self.results if one.kind in BLOCKING and not one.waived_by and not self._is_confirmed(one))

    @property
    def waived(self) -> tuple[tuple[Result, Waiver], ...]:
        """The results that a waiver allows, each with its waiver."""
        known = {one.check: one for one in self.waivers}
        return tuple((one, known[one.id]) for one in self.results if one.waived_by)

    @property
    def passed(self) -> bool:
        return not self.blocking

    def _is_confirmed(self, one: Result) -> bool:
        return one.kind == MANUAL and one.id in self.confirmed

    def summary(self) -> str:
        """'11 pass, 1 post, 1 not_applicable', in that order of numbers."""
        counts = Counter(one.kind for one in self.results)
        return ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items(), key=lambda c: (-c[1], c[0])))

    def describe(self, show: str = "all") -> list[str]:
        """One line per check for people, then the summary. show: 'all'; 'findings' leaves out what passed or does not apply; 'none'."""
        if show == "none":
            return []
        quiet = (PASS, NOT_APPLICABLE) if show == "findings" else ()
        lines = [self._line(one) for one in self.results if one.kind not in quiet]
        return [*lines, f"{len(self.results)} checks: {self.summary()}; {counted(len(self.blocking), 'prevents', 'prevent')} the upgrade."]

    def _line(self, one: Result) -> str:
        return one.line() + (" Confirmed." if self._is_confirmed(one) else "")

    def lines(self) -> list[str]:
        """The blocking results for people; equal evidence is written once."""
        first: dict[str, Result] = {}
        for one in self.blocking:
            first.setdefault(one.message, one)
        return [
            one.line() if first[one.message] is one else f"[{one.kind.upper()}] {one.id}: for the same reason as {first[one.message].id}."
            for one in self.blocking
        ]

    def as_dict(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "summary": self.summary(),
            "results": [one.as_dict() for one in self.results],
            "blocking": self.lines(),
            "confirmed": list(self.confirmed),
            "waivers": [dict(one.as_dict(), used=any(used is one for _result, used in self.waived)) for one in self.waivers],
        }


def run_preflight(facts: Any, selection: Any = None, confirmed: Collection[str] = (), waivers: Sequence[Waiver] = ()) -> Preflight:
    """The Preflight of these facts; selection as in registry.select, confirmed: ids of manual checks.

    InvalidInput for a selection or a confirmation that names no check, and for a waiver of another target version.
    """
    select(CHECKS, list(confirmed))
    results = [check.run(facts, options) for check, options in select(CHECKS, selection)]
    return Preflight(apply_waivers(results, waivers, target_of_facts(facts)), tuple(confirmed), tuple(waivers))
