# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The packages of a world file from the rows of the lists of updates, and from what a manifest says of later ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..manifest import Manifest, ManifestEntry
from ..package import BASE, BLOCKED, HOTFIX, INSTALLED, LICENCE, SITE, fold, read_name
from ..version import Version
from .fact import ASSUMED, CANNOT_BE_KNOWN, Fact

_VENDOR_ID = re.compile(r"\bBT\d\d-\d\d-[A-Z0-9]+\b")
_INVENTED = {LICENCE: "Licence add-on", HOTFIX: "Hotfix"}


class Packages:
    """Collects packages. worlds: as a world file has them; names: {folded name on the site: name in the world}; facts: list of Fact."""

    def __init__(self, manifest: Manifest | None, running: Mapping[str, str]) -> None:
        """running: {base, site}: installed versions."""
        self._manifest, self._running = manifest or Manifest(), running
        self._known: dict[str, dict[str, Any]] = {}
        self.names: dict[str, str] = {}
        self.facts: list[Fact] = []
        self.rows_name_requirements = True

    @property
    def worlds(self) -> list[dict[str, Any]]:
        return list(self._known.values())

    def add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add the rows of one node; the ones that another node has as well are there already."""
        new = [row for row in rows if fold(row["name"]) not in self._known]
        for row in new:
            self._known[fold(row["name"])] = self._package(row["name"], row["kind"], row["version"], installed=row["state"] == INSTALLED)
        for row in new:
            if row["state"] == BLOCKED:
                self._require(row)

    def add_later(self) -> None:
        """Add what the manifest says of packages that no list shows yet."""
        later = [entry for entry in self._manifest.entries if fold(entry.name) not in self._known and self._is_later(entry)]
        for entry in later:
            self._known[fold(entry.name)] = self._package(entry.name, entry.kind, entry.version)
        for entry in later:
            needed = [self._named(name) for name in entry.requires or ()] + self._needed_base(entry)
            self._known[fold(entry.name)].update(requires=_unique(needed), after=_unique(needed))
        if later:
            said = ", ".join(self._known[fold(entry.name)]["name"] for entry in later)
            self.facts.append(
                Fact("later_packages", ASSUMED, f"Offered after what they require: {said}", "The manifest says so; no list shows them yet.")
            )
        else:
            why = "A package may be listed only after another one is installed, and no interface and no manifest says which."
            self.facts.append(Fact("later_packages", CANNOT_BE_KNOWN, "Nothing beyond the rows that are offered now", why))

    def _is_later(self, entry: ManifestEntry) -> bool:
        if entry.kind not in self._running or not entry.version:
            return entry.kind in (LICENCE, HOTFIX) and bool(entry.requires)
        return Version(entry.version) > Version(self._running[entry.kind] or "0.0")

    # --- one package

    def _package(self, name: str, kind: str, version: str | None, *, installed: bool = False, offered: bool = True) -> dict[str, Any]:
        stated = self._manifest.find(name)
        kind, version = (stated.kind, stated.version) if stated else (kind, version)
        shown = self._shown(name, kind, version)
        identity = f"{kind}-{version}" if kind in (BASE, SITE) else re.sub(r"[^a-z0-9.]+", "-", shown.lower()).strip("-")
        taken = {one["id"] for one in self._known.values()}
        package: dict[str, Any] = {"id": identity if identity not in taken else f"{identity}-{len(taken)}", "name": shown, "kind": kind}
        package["kind"] = kind if kind in (BASE, SITE, LICENCE) else HOTFIX
        package.update({"version": version} if package["kind"] in (BASE, SITE) else {})
        package.update({"installed": True} if installed else {}, **({} if offered else {"offered": False}))
        return package

    def _shown(self, name: str, kind: str, version: str | None) -> str:
        """The name in the world: the vendor's words, or an invented name where anything else might be in it."""
        if read_name(name)[0] in (BASE, SITE):
            shown = " ".join(name.split())
        elif kind == HOTFIX and _VENDOR_ID.search(name):
            shown = f"Hotfix {_VENDOR_ID.findall(name)[0]}"
        else:
            words = _INVENTED.get(kind, "Package")
            shown = f"{words} {sum(one['name'].startswith(words) for one in self._known.values()) + 1}"
        self.names[fold(name)] = shown
        return shown

    def _require(self, row: Mapping[str, Any]) -> None:
        package = self._known[fold(row["name"])]
        package["requires"] = _unique(self._named(name) for name in row["waits_for"])
        if not package["requires"]:
            self.rows_name_requirements = False
            package["requires"] = self._preceding(package)
            said = ", ".join(package["requires"]) or "nothing that is offered"
            why = "Its row does not say what it waits for: what precedes it in its list is taken."
            self.facts.append(Fact("requirements", ASSUMED, f"{package['name']} waits for {said}", why))

    def _named(self, name: str) -> str:
        """The id of a package that another one names; one that nobody offers is in the world as well, and stays away."""
        if fold(name) not in self._known:
            kind, version = read_name(name)
            self._known[fold(name)] = self._package(name, kind, version, offered=False)
        return str(self._known[fold(name)]["id"])

    def _needed_base(self, entry: ManifestEntry) -> list[str]:
        """The first listed Base that the manifest accepts for it, unless the running one does."""
        running = self._running.get(BASE)
        if not entry.requires_base or (running and entry.accepts_base(Version(running))):
            return []
        fitting = [one for one in self.worlds if one["kind"] == BASE and entry.accepts_base(Version(one["version"]))]
        return [str(one["id"]) for one in fitting[:1]]

    def _preceding(self, package: Mapping[str, Any]) -> list[str]:
        """The newest Base and site package that precede it by version; all of them for an add-on."""
        kinds = (BASE,) if package["kind"] == BASE else (BASE, SITE)
        found = []
        for kind in kinds:
            older = [one for one in self.worlds if one["kind"] == kind and one is not package and not one.get("installed")]
            if package["kind"] == kind:
                older = [one for one in older if Version(one["version"]) < Version(package["version"])]
            elif package["kind"] == SITE:
                older = older[: 1 + sum(Version(one["version"]) < Version(package["version"]) for one in self._sites(package))]
            found += [str(max(older, key=lambda one: Version(one["version"]))["id"])] if older else []
        return found

    def _sites(self, package: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [one for one in self.worlds if one["kind"] == SITE and one is not package]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
