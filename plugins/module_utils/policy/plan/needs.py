# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What has to come before a package, as far as anyone says it, and what to try where nobody does.

The list of the appliance is the authority (docs/vendor/procedure.md#kinds-of-package-and-their-order: the table of intermediate versions is
unknown). Its rows may name what they wait for or not (unknown as well), the manifest may know more, and
versions are cumulative: a newer Base satisfies a demand for an older one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...model.manifest import ManifestEntry
from ...model.package import BASE, SITE, fold, read_name
from ...model.version import Version
from .catalogue import Candidate, Catalogue


@dataclass(frozen=True)
class Need:
    """One demand of a package: any of `options` (keys) satisfies it; no option means that it cannot be met.

    text:    what is demanded, for people
    guessed: True where nobody names the demand and the options are merely available and lead there
    beyond:  names of offered packages that would do, were they not past the target or the Base allowed
    absent:  True where the very package that is named is offered nowhere, and newer ones replace it
    unclassified: names of offered packages that would do, were it certain what they are
    """

    text: str
    options: tuple = ()
    guessed: bool = False
    beyond: tuple = ()
    absent: bool = False
    unclassified: tuple = ()


@dataclass(frozen=True)
class Needs:
    """All demands of one package that are not met yet, and what had to be taken on trust."""

    needs: tuple = ()
    notes: tuple = ()

    @property
    def guessed(self) -> bool:
        return any(need.guessed for need in self.needs)


class NeedsReader:
    """Works out the Needs of the candidates of one Catalogue; others=False excludes add-ons from guesses."""

    def __init__(self, catalogue: Catalogue, *, others: bool = True) -> None:
        self._all, self._others = catalogue, others

    def read(self, candidate: Candidate) -> Needs:
        demands = self._demands(candidate)
        needs = [demand for demand in demands if isinstance(demand, Need)]
        doubts = [demand for demand in demands if not isinstance(demand, Need)]
        notes = []
        for doubt in doubts:
            # The row can be installed, so nothing is missing; or a file: nobody can tell; or other work comes first.
            if self.ready(candidate) or (needs and not self._all.shows_installed):
                notes.append(f"{doubt} is not in the list; taken as installed, since {candidate.name} asks for it.")
            else:
                needs.append(Need(doubt))
        if not needs and not candidate.available and not candidate.from_file:
            needs.append(self._unknown(candidate))
        return Needs(tuple(needs), tuple(notes))

    def _demands(self, candidate: Candidate) -> list[Need | str]:
        """Needs that are open, and plain names where nobody can tell whether the thing is installed."""
        entry = candidate.entry
        names = dict.fromkeys((*candidate.waits_for, *((entry.requires or ()) if entry else ())))
        found = [self._named(candidate, name) for name in names if fold(name) != candidate.key]
        if entry and entry.requires_base:
            found.append(self._base(candidate, entry))
        if entry and entry.supports_upgrade_from and candidate.kind in (BASE, SITE):
            found.append(self._follows(candidate, entry.supports_upgrade_from))
        return [demand for demand in found if demand is not None]

    def _named(self, candidate: Candidate, name: str) -> Need | str | None:
        found = self._all.find(name)
        if found and found.installed:
            return None
        kind, version = (found.kind, found.version) if found else read_name(name)
        if self._all.reached(kind, version):
            return None
        if found and self._surely_missing(found):
            return self._choice(candidate, found.name, [found])
        if kind not in (BASE, SITE):
            return name
        # The very package is not there: a newer one of the same kind does as well, versions being cumulative.
        newer = [c for c in self._all.of_kind(kind) if c.number >= Version(version) and c is not candidate]
        need = self._versioned(candidate, kind, name, newer)
        return replace(need, absent=True) if isinstance(need, Need) else need

    def _surely_missing(self, candidate: Candidate | None, seen: tuple[str, ...] = ()) -> bool:
        """It is listed, or has a version to tell by, or requires something that is surely missing itself.

        A hotfix or an add-on that is not listed may be installed already: it leaves the list and no trace.
        """
        if candidate is None or candidate.installed or candidate.key in seen:
            return False
        if candidate.listed or candidate.kind in (BASE, SITE):
            return True
        seen = (*seen, candidate.key)
        return any(
            self._surely_missing(self._all.find(name), seen) for name in (candidate.entry.requires if candidate.entry else None) or ()
        )

    def _base(self, candidate: Candidate, entry: ManifestEntry) -> Need | str | None:
        if self._all.base is not None and entry.accepts_base(self._all.base):
            return None
        text = "Base " + " or ".join(entry.requires_base) + (" or newer" if entry.base_is_minimum else "")
        fitting = [c for c in self._all.of_kind(BASE) if entry.accepts_base(c.number) and c is not candidate]
        return self._versioned(candidate, BASE, text, fitting)

    def _follows(self, candidate: Candidate, oldest: str) -> Need | str | None:
        if self._all.reached(candidate.kind, oldest):
            return None
        between = [c for c in self._all.of_kind(candidate.kind) if Version(oldest) <= c.number < candidate.number]
        text = f"{'Base' if candidate.kind == BASE else 'a site version'} {oldest} or newer before {candidate.name}"
        return self._versioned(candidate, candidate.kind, text, between)

    def _versioned(self, candidate: Candidate, kind: str, text: str, fitting: Sequence[Candidate]) -> Need | str:
        need = self._choice(candidate, text, fitting)
        if not fitting and self._all.running(kind) is None:
            return text  # nobody knows what runs, and nothing that would do is offered
        return need

    def _choice(self, candidate: Candidate, text: str, fitting: Sequence[Candidate]) -> Need:
        allowed = [c for c in fitting if self._all.permitted(c, candidate)]
        beyond = tuple(c.name for c in fitting if c not in allowed and c.classified)
        unclassified = tuple(c.name for c in fitting if not c.classified)
        return Need(text, tuple(c.key for c in allowed), beyond=beyond, unclassified=unclassified)

    def _unknown(self, candidate: Candidate) -> Need:
        """It is blocked, and neither its row nor the manifest explains why."""
        if not candidate.listed and candidate.states_requirements:
            return Need(candidate.name)
        need = self._choice(candidate, f"whatever {candidate.name} waits for", self._unlockers(candidate))
        return replace(need, guessed=True)

    def _unlockers(self, candidate: Candidate) -> list[Candidate]:
        """What is available and leads there: Base and older site packages, add-ons where there is neither, else what nobody can name."""
        ready = [c for c in self._all.of_kind(BASE, SITE) if self.ready(c) and c is not candidate]
        ready = [c for c in ready if self._all.permitted(c, candidate)]
        if not ready and self._others:
            ready = [c for c in self._all.candidates.values() if c.kind not in (BASE, SITE) and c.available and c.classified]
            ready = [c for c in ready if c is not candidate]
        return ready or [c for c in self._all.candidates.values() if c.available and not c.classified and c is not candidate]

    @staticmethod
    def ready(candidate: Candidate) -> bool:
        return candidate.available or candidate.from_file
