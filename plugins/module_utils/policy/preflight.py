# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The preflight: may the upgrade start? Runs the selected checks over facts that were read before. Pure.

facts is a plain dict; each value is what the owner's as_dict() gives, and what could not be read stands with one
sentence under `errors`:

    info             model.health.ApiInfo            health         model.health.Health
    members          list of model.health.Member     logged_in      list of model.health.LoggedIn
    basics           web Basics                      updates        web Updates
    storage          {percent_used, fields}          certificate    {subject, days_left, ...} of the served one
    jump_settings    web JumpSettings; absent without an account for /login
    jump_clients     counts of model.client.summarise; None where the version has no such interface
    client_threshold percent of the Jump Clients that must run the present version
    mode             'standalone', 'synchronous' or 'asynchronous'
    controller_time  seconds since 1970 on this machine
    plan             Plan.as_dict(), or instead plan_error: the sentence of the PlanError
    state_folder     {path, writable, private, free_bytes}; absent when none was named
    consoles         [{which, version, path}] of the console installers saved in it; absent when none was named
    rebuilt          names of packages that the manifest calls rebuilt
    errors           {section: sentence}
    by_hand          {section: sentence}, what only pages tell, without an account for them
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .checks import appliance, clients, rollout, upgrade
from .registry import BLOCKING, MANUAL, collect, select

CHECKS = collect(appliance, clients, rollout, upgrade)


@dataclass(frozen=True)
class Preflight:
    """All results in order; `confirmed` names manual ones that a person has looked at."""

    results: tuple
    confirmed: tuple = ()

    @property
    def blocking(self):
        """The results that forbid to start."""
        return tuple(one for one in self.results if one.result in BLOCKING and not self._settled(one))

    @property
    def passed(self):
        return not self.blocking

    def _settled(self, one):
        return one.result == MANUAL and one.id in self.confirmed

    def summary(self):
        """'11 pass, 1 post, 1 not_applicable', in that order of numbers."""
        counts = Counter(one.result for one in self.results)
        return ", ".join(f"{number} {result}" for result, number in sorted(counts.items(), key=lambda c: (-c[1], c[0])))

    def lines(self):
        """What blocks, for people; what was told once is not told again."""
        first = {}
        for one in self.blocking:
            first.setdefault(one.evidence, one)
        return [
            one.line() if first[one.evidence] is one
            else f"{one.result} {one.id}: for the same reason as {first[one.evidence].id}."
            for one in self.blocking
        ]  # fmt: skip

    def as_dict(self):
        return {
            "passed": self.passed, "summary": self.summary(), "results": [one.as_dict() for one in self.results],
            "blocking": self.lines(), "confirmed": list(self.confirmed),
        }  # fmt: skip


def run_preflight(facts, selection=None, confirmed=()):
    """The Preflight of these facts; selection as in registry.select, confirmed: ids of manual checks.

    InvalidInput for a selection or a confirmation that names no check.
    """
    select(CHECKS, list(confirmed))
    results = tuple(check.run(facts, options) for check, options in select(CHECKS, selection))
    return Preflight(results, tuple(confirmed))
