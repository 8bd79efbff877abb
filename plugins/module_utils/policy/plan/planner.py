# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner: from what runs and what is offered to the hops that lead to a version. Pure, and made again after
every installation, since each one may change the list. Memory decides nothing here: only versions and lists do.

A hop is the due Base packages, one site package, then a catch-up (docs/vendor/procedure.md#kinds-of-package-and-their-order).
"""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import InvalidInput, PlanError
from ...model.manifest import Manifest
from ...model.package import BASE, INSTALLED, SITE, Package, fold
from ...model.plan import Plan
from ...model.version import Version
from .catalogue import Candidate, Catalogue
from .hops import cut_into_hops
from .route import Route
from .target import not_offered, read_target, read_version
from .unclassified import note, still_open

OPTIONAL_CHOICES = ("install", "skip")


def make_plan(
    *,
    site_version: str,
    base_version: str | None = None,
    packages: Sequence[Package] = (),
    target: str | None = None,
    target_base: str | None = None,
    manifest: Manifest | None = None,
    optional_packages: str = "install",
    catch_up: bool = True,
    host: str = "",
) -> Plan:
    """A Plan from what runs (texts; base_version None when unknown) and what is offered (Package rows).

    target:      site version to reach; None: the highest that is offered
    target_base: Base version to reach, and never to pass; None: what site packages need, and with no target
                 either everything that is offered
    manifest:    Manifest or None
    optional_packages: 'install' or 'skip' licence add-ons, hotfixes and the like that no package needs
                 (what nobody can name is never a step)
    catch_up:    False only for the strategy without clients (docs/mission.md#m16)
    PlanError names the obstacle; InvalidInput an unusable option.
    """
    if optional_packages not in OPTIONAL_CHOICES:
        raise InvalidInput(f"optional_packages={optional_packages!r} is not one of {', '.join(OPTIONAL_CHOICES)}.", host=host)
    try:
        planner = _Planner(packages, manifest, site_version, base_version, target, target_base, optional_packages == "install")
        return planner.plan(catch_up)
    except PlanError as exc:
        exc.host = host
        raise


class _Planner:
    def __init__(
        self,
        packages: Sequence[Package],
        manifest: Manifest | None,
        site_version: str,
        base_version: str | None,
        target: str | None,
        target_base: str | None,
        others: bool,
    ) -> None:
        self.packages, self.others = list(packages), others
        site, base = Version(site_version), read_version(base_version)
        self.all = Catalogue(self.packages, manifest, site=site, base=base)
        self.unclassified = still_open(self.all.candidates.values())
        self.all.target = read_target(self.all, read_version(target), self.unclassified)
        self.all.cap = read_version(target_base)
        self._check_base()
        self.base_goals = self._base_goals(everything=target is None)
        self.route = Route(self.all, others=others, base_goals=self.base_goals)

    def plan(self, catch_up: bool) -> Plan:
        goal = self._target_candidate()
        if goal:
            self.route.visit(goal.key, "the version wanted")
        for key in self.base_goals:
            self.route.visit(key, "the Base version wanted")
        if self.others:
            self._add_others()
        used = self._without_passed(self.route.order)
        return Plan(
            site_version=str(self.all.site),
            base_version=str(self.all.base) if self.all.base else None,
            target=str(self.all.target),
            target_base=str(self.all.cap) if self.all.cap else None,
            reached=goal is None and not self.base_goals,
            certain=not any(self._doubtful(candidate) for candidate, _reason in used),
            hops=cut_into_hops(used, self.route, catch_up),
            notes=self._all_notes(used),
            beyond=self._beyond(used),
            unclassified=tuple(self.unclassified),
        )

    # --- goals

    def _check_base(self) -> None:
        if self.all.cap and self.all.base and self.all.cap < self.all.base:
            raise PlanError(
                f"Base {self.all.cap} is wanted, but {self.all.base} is installed, and nothing can be downgraded.",
                remedy="Name a Base version that is not older, or none.",
            )

    def _target_candidate(self) -> Candidate | None:
        """The package of the wanted version, or None when that version runs."""
        if self.all.target == self.all.site:
            return None
        same = [c for c in self.all.candidates.values() if c.kind == SITE and c.number == self.all.target]
        if not same:
            raise not_offered(self.all, f"Version {self.all.target}", SITE)
        done = [c for c in same if c.installed]
        if done:
            raise PlanError(
                f"{done[0].name} is listed as installed, but the appliance runs {self.all.site}.",
                remedy="An installation may be unfinished: check /appliance > Updates, do not restart, ask support.",
            )
        return min(same, key=lambda c: (not c.available, not c.offered, c.key))

    def _base_goals(self, everything: bool) -> list[str]:
        """Keys of the Base packages that are wanted for themselves."""
        cap = self.all.cap
        if cap is None:
            return [c.key for c in self.all.of_kind(BASE) if c.available] if everything else []
        if self.all.base and self.all.base >= cap:
            return []
        same = [c for c in self.all.of_kind(BASE) if c.number == cap]
        if same:
            return [min(same, key=lambda c: (not c.available, not c.offered, c.key)).key]
        if self.all.base and self.all.target == self.all.site:
            raise not_offered(self.all, f"Base {cap}", BASE)
        return []

    def _add_others(self) -> None:
        """Add-ons and hotfixes that are available, or will be once the steps planned so far are done."""
        kinds = {c.kind for c in self.all.candidates.values()} - {BASE, SITE}
        rest = [c for c in self.all.of_kind(*kinds) if c.listed and c.classified]
        planned, added = {c.key for c, _reason in self.route.order}, True
        while added:
            added = False
            for candidate in rest:
                needs = self.route.needs[candidate.key]
                met = all(not need.guessed and planned & set(need.options) for need in needs.needs)
                if candidate.key not in planned and met:
                    self.route.visit(candidate.key, "offered add-on")
                    planned.add(candidate.key)
                    added = True

    # --- what the plan says about itself

    @staticmethod
    def _without_passed(order: Sequence[tuple[Candidate, str]]) -> list[tuple[Candidate, str]]:
        """A site or Base package that an earlier, newer one has made superfluous is no step."""
        newest: dict[str, Version] = {}
        used = []
        for candidate, reason in order:
            if candidate.kind in (BASE, SITE):
                if candidate.kind in newest and candidate.number <= newest[candidate.kind]:
                    continue
                newest[candidate.kind] = candidate.number
            used.append((candidate, reason))
        return used

    def _doubtful(self, candidate: Candidate) -> bool:
        needs = self.route.needs[candidate.key]
        return needs.guessed or bool(needs.notes)

    def _all_notes(self, used: Sequence[tuple[Candidate, str]]) -> tuple[str, ...]:
        notes = [note for candidate, _reason in used for note in self.route.needs[candidate.key].notes]
        for row in self.packages:
            candidate = self.all.candidates[fold(row.name)]
            if candidate.installed and row.state != INSTALLED:
                notes.append(f"{row.name} is listed although that version, or a newer one, runs: not part of the plan.")
        notes += [note("available" if self.all.candidates[fold(name)].available else "blocked", name) for name in self.unclassified]
        if self.all.cap and self.all.base is None:
            notes.append("The installed Base version is unknown: only the list shows whether a Base package is due.")
        elif self.all.cap and self.all.base and self.all.base < self.all.cap and not self.base_goals:
            notes.append(f"Base {self.all.cap} is wanted and not offered yet.")
        return tuple(dict.fromkeys(notes))

    def _beyond(self, used: Sequence[tuple[Candidate, str]]) -> tuple[str, ...]:
        names = {candidate.key for candidate, _reason in used}
        return tuple(
            sorted(c.name for c in self.all.candidates.values() if c.offered and not c.installed and c.classified and c.key not in names)
        )
