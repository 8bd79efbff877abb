# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The order of installations: which packages are needed for a goal, cheapest path first, nothing before its needs.

A demand may be met by one of several packages, so this is an and-or graph. Costs are (site packages on the
path, packages on the path): a site package costs a day of waiting, anything else an hour at most. Costs start
as unreachable and only fall, so the members of a cycle never get one, and a package is always dearer than
what was chosen for its needs: the choice cannot run in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...model.package import BASE, SITE
from ...model.version import Version
from .catalogue import Candidate, Catalogue
from .needs import Need, Needs, NeedsReader
from .obstacle import find_obstacle

_Cost = tuple[float, float]  # (site packages, packages) on the path
_UNREACHABLE: _Cost = (float("inf"), float("inf"))


class Route:
    """Collects the packages for one goal after another, in the order in which they are installed."""

    def __init__(self, catalogue: Catalogue, *, others: bool = True, base_goals: Sequence[str] = ()) -> None:
        self._all, self._base_goals = catalogue, base_goals
        reader = NeedsReader(catalogue, others=others)
        self.needs = {c.key: reader.read(c) for c in catalogue.candidates.values() if not c.installed}
        self._cost = self._costs()
        self.order: list[tuple[Candidate, str]] = []  # of (candidate, reason)
        self._done: set[str] = set()
        self._open: list[str] = []

    # --- what can be reached, and at which cost

    def _costs(self) -> dict[str, _Cost]:
        cost = dict.fromkeys(self.needs, _UNREACHABLE)
        changed = True
        while changed:
            changed = False
            for key in cost:
                new = self._cost_of(key, cost)
                if new < cost[key]:
                    cost[key], changed = new, True
        return cost

    def _cost_of(self, key: str, cost: Mapping[str, _Cost]) -> _Cost:
        sites, packages = max(
            (min((cost[option] for option in need.options), default=_UNREACHABLE) for need in self.needs[key].needs),
            default=(0, 0),
        )
        return sites + (self._all.candidates[key].kind == SITE), packages + 1

    def reachable(self, key: str) -> bool:
        return self._cost[key] != _UNREACHABLE

    def ready(self, key: str) -> bool:
        """Whether it can be installed now: its row says so, or it is a file and lacks nothing."""
        candidate = self._all.candidates[key]
        return candidate.available or (candidate.from_file and not self.needs[key].needs)

    def chosen(self, need: Need) -> str:
        """The option that a need is met with: the cheapest; then the newest site package, the oldest Base
        (or the newest, when a Base version is wanted anyway)."""
        return min((key for key in need.options if self.reachable(key)), key=self._preference)

    def _preference(self, key: str) -> tuple[_Cost, int, str]:
        candidate, cost = self._all.candidates[key], self._cost[key]
        if candidate.kind not in (BASE, SITE):
            return cost, 0, key
        rank = sorted({c.number for c in self._all.of_kind(candidate.kind)}).index(candidate.number)
        newest = candidate.kind == SITE or self._all.cap is not None
        return cost, -rank if newest else rank, key

    def name_of(self, key: str) -> str:
        return self._all.candidates[key].name

    # --- the order

    def visit(self, key: str, reason: str) -> None:
        """Put everything that `key` needs in front of it, then itself; PlanError if there is no way."""
        if key in self._done:
            return
        if not self.reachable(key):
            raise find_obstacle(self, key)
        self._done.add(key)
        self._open.append(key)
        for earlier, why, must in self._before(key):
            if must or not self._closure(earlier) & set(self._open):
                self.visit(earlier, why)
        self._open.pop()
        self.order.append((self._all.candidates[key], reason))

    def _before(self, key: str) -> list[tuple[str, str, bool]]:
        """(key, reason, must) of what goes first; Base comes last, directly before the package (docs/mission.md#m14)."""
        candidate, needs = self._all.candidates[key], self.needs[key]
        found: dict[str, tuple[str, bool]] = {}
        for need in needs.needs:
            reason = f"may unlock {candidate.name}" if need.guessed else f"needed by {candidate.name}"
            found.setdefault(self.chosen(need), (reason, True))
        for soft, reason in self._soft(candidate, needs):
            found.setdefault(soft, (reason, False))
        groups = (BASE, SITE) if needs.guessed else (SITE, BASE)
        return sorted(((k, *rest) for k, rest in found.items()), key=lambda item: self._place(item[0], groups))

    def _place(self, key: str, groups: tuple[str, str]) -> tuple[int, Version, str]:
        candidate = self._all.candidates[key]
        if candidate.kind not in groups:
            return (1, Version("0.0"), key) if groups[0] == SITE else (2, Version("0.0"), key)
        return (0 if candidate.kind == groups[0] else 2 if groups[0] == SITE else 1), candidate.number, key

    def _soft(self, candidate: Candidate, needs: Needs) -> Iterator[tuple[str, str]]:
        """Wanted in front, but not at the price of a circle."""
        if candidate.kind != SITE and not needs.guessed:
            return
        if needs.guessed or not candidate.states_requirements:
            why = f"offered, and {candidate.name} does not say what it needs"
            for base in self._all.of_kind(BASE):
                free = not (candidate.available and self._claimed(base.key, candidate.key))
                if free and self.ready(base.key) and self._all.permitted(base) and self._all.harmless(base):
                    yield base.key, why
        if needs.guessed:
            lower = [c for c in self._all.of_kind(SITE) if self.ready(c.key) and self._all.permitted(c, candidate)]
            if lower:
                yield lower[-1].key, f"may unlock {candidate.name}"
        if candidate.kind == SITE and candidate.number == self._all.target and self._all.cap:
            for key in self._base_goals:
                if self._all.harmless(self._all.candidates[key]):
                    yield key, "the Base version wanted"

    def _claimed(self, base: str, key: str) -> bool:
        """Whether another site package is known to need this Base: its place is directly before that one."""
        others = [needs for other, needs in self.needs.items() if other != key and self._all.candidates[other].kind == SITE]
        return any(base in need.options and not need.guessed for needs in others for need in needs.needs)

    def _closure(self, key: str) -> set[str]:
        """The keys that a visit of `key` cannot do without; everything when it cannot be reached at all."""
        if not self.reachable(key):
            return set(self._open)
        found, waiting = set(), [key]
        while waiting:
            current = waiting.pop()
            if current not in found and current not in self._done - set(self._open):
                found.add(current)
                waiting.extend(self.chosen(need) for need in self.needs[current].needs)
        return found
