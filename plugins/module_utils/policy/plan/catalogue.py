# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Everything that could be installed: the appliance's rows and the manifest, joined by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...model.manifest import Manifest, ManifestEntry
from ...model.package import AVAILABLE, BASE, BLOCKED, INSTALLED, SITE, Package, fold
from ...model.version import Version
from .unclassified import is_classified

_BEST_STATE = {AVAILABLE: 0, BLOCKED: 1, INSTALLED: 2}


@dataclass(frozen=True)
class Candidate:
    """One package that the planner may use.

    listed:    the appliance shows a row for it
    available: its row can be installed now (for a package that is only a file the planner finds out itself)
    installed: its version is reached, or its row says so
    from_file: not listed, but the manifest has its file, and its version shows whether it is installed already
               (a hotfix or an add-on from a file leaves no trace, so the planner never takes one by itself)
    classified: it is certain what it is, by its name or by the manifest
    waits_for: names from the row of packages that come first
    entry:     its manifest entry, or None
    """

    key: str
    name: str
    kind: str
    version: str | None
    listed: bool
    available: bool
    installed: bool
    from_file: bool = False
    classified: bool = True
    waits_for: tuple = ()
    entry: ManifestEntry | None = None

    @property
    def offered(self) -> bool:
        return self.listed or self.from_file

    @property
    def states_requirements(self) -> bool:
        """Somebody (row or manifest) says what comes first; silence is not the same as 'nothing'."""
        return bool(self.waits_for) or bool(self.entry and self.entry.states_requirements)

    @property
    def number(self) -> Version:
        return Version(self.version)


class Catalogue:
    """All candidates, with the versions that run now and the versions that may not be passed.

    site, base: what runs; target: the wanted site version, set by the planner; cap: the highest allowed Base. base and cap may be None.
    """

    def __init__(self, packages: Sequence[Package], manifest: Manifest | None, *, site: Version, base: Version | None) -> None:
        self.site, self.base = site, base
        self.target: Version = site  # until the planner sets them
        self.cap: Version | None = None
        rows = _best_rows(packages)
        entries = {fold(entry.name): entry for entry in (manifest.entries if manifest else ())}
        self.candidates = {key: self._candidate(key, rows.get(key), entries.get(key)) for key in {*rows, *entries}}
        # A list that shows installed packages is a list on which absence means "not installed".
        self.shows_installed = any(row.state == INSTALLED for row in rows.values())

    def _candidate(self, key: str, row: Any, entry: Any) -> Candidate:
        # The manifest wins on kind and version: the user knows better than our reading of a name.
        kind, version = (entry.kind, entry.version) if entry else (row.kind, row.version)
        installed = bool(row) and row.state == INSTALLED or self.reached(kind, version)
        available = bool(row) and row.state == AVAILABLE and not installed
        from_file = not row and bool(entry.file) and self.running(kind) is not None
        classified = is_classified(kind, entry)
        return Candidate(
            key,
            row.name if row else entry.name,
            kind,
            version,
            bool(row),
            available,
            installed,
            from_file,
            classified,
            tuple(row.waits_for) if row else (),
            entry,
        )

    def running(self, kind: str) -> Version | None:
        return {SITE: self.site, BASE: self.base}.get(kind)

    def reached(self, kind: str, version: str | None) -> bool:
        """Whether that version of that kind is known to be installed (or passed)."""
        running = self.running(kind)
        return bool(running and version and Version(version) <= running)

    def find(self, name: str) -> Candidate | None:
        return self.candidates.get(fold(name))

    def of_kind(self, *kinds: str) -> list[Candidate]:
        """What is not installed, of these kinds, the lowest version first."""
        chosen = [c for c in self.candidates.values() if c.kind in kinds and not c.installed]
        return sorted(chosen, key=lambda c: (c.number if c.kind in (BASE, SITE) else Version("0.0"), c.key))

    def permitted(self, candidate: Candidate, dependent: Candidate | None = None) -> bool:
        """Whether the plan may use it: what it is is certain, not beyond the target or the cap, not above the site package that asks."""
        if not candidate.classified:
            return False
        if candidate.kind == BASE:
            return self.cap is None or candidate.number <= self.cap
        if candidate.kind != SITE:
            return True
        if dependent is not None and dependent.kind == SITE and candidate.number >= dependent.number:
            return False
        return candidate.number <= self.target

    def harmless(self, base: Candidate) -> bool:
        """Whether a Base that nothing names may go in early: a site package to come may accept older ones only."""
        coming = [c for c in self.of_kind(SITE) if c.number <= self.target and c.entry and c.entry.requires_base]
        exact = [c.entry for c in coming if c.entry and not c.entry.base_is_minimum]
        return all(base.number <= max(map(Version, entry.requires_base)) for entry in exact)


def _best_rows(packages: Sequence[Package]) -> dict[str, Package]:
    """One row per name; should a page show one twice, the row that can be installed counts."""
    rows: dict[str, Package] = {}
    for row in sorted(packages, key=lambda row: (row.name, _BEST_STATE.get(row.state, 3), row.waits_for)):
        rows.setdefault(fold(row.name), row)
    return rows
