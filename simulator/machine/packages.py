# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Software packages: what is installed, offered, blocked; and the offline file of a package."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

AVAILABLE, BLOCKED, INSTALLED = "available", "blocked", "installed"


def version_key(text: str) -> tuple[int, ...]:
    """'24.3' and '24.3.0' compare equal."""
    numbers = [int(part) for part in str(text).split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


@dataclass(frozen=True)
class Package:
    """One package of the world file; minutes: dict of download, install, reboot, lag."""

    id: str
    name: str
    kind: str
    minutes: dict
    version: str = ""
    build: str = ""
    requires: tuple = ()
    after: tuple = ()
    eula: str = ""
    stuck: bool = False
    fails: str = ""
    file_kilobytes: int = 64

    def file(self, guid: str) -> bytes:
        """The offline package for one appliance: it fits no other (procedure 4.6). The format is our invention."""
        head = f"SIMNSS 1\nid={self.id}\nappliance={guid}\n\n".encode()
        noise = random.Random(f"{self.id}/{guid}").randbytes(self.file_kilobytes * 1024)
        return head + noise

    def sha256(self, guid: str) -> str:
        return hashlib.sha256(self.file(guid)).hexdigest()


@dataclass(frozen=True)
class Row:
    """One line of the list on /appliance > Updates; waits_for: names, empty where the rows name none."""

    id: str
    name: str
    state: str
    kind: str
    eula: str = ""
    waits_for: tuple = field(default_factory=tuple)


class Catalogue:
    """Which packages this appliance has, and which the update server offers it."""

    def __init__(self, world: dict[str, Any], base: Any, version: str) -> None:
        self._packages = {spec["id"]: _package(spec) for spec in world["packages"]}
        self._offered = {spec["id"] for spec in world["packages"] if spec["offered"]}
        self.installed = {spec["id"] for spec in world["packages"] if spec["installed"]}
        self._names = world["rows_name_requirements"]
        self._keep = world["keep_installed_rows"]
        self._running = {"base": base, "site": version}

    def get(self, package_id: str) -> Package | None:
        """The package, or None."""
        return self._packages.get(package_id)

    def all(self) -> list[Package]:
        return list(self._packages.values())

    def offer(self, package_id: str, offered: bool = True) -> None:
        """The vendor puts a package on the update server, or withdraws it."""
        (self._offered.add if offered else self._offered.discard)(package_id)

    def has(self, package_id: str) -> bool:
        """Installed, or outrun by a later one of its kind."""
        package = self._packages[package_id]
        running = self._running.get(package.kind)
        reached = running is not None and version_key(package.version) <= version_key(running)
        return reached or package_id in self.installed

    def finish(self, package: Any) -> None:
        """The package is installed now."""
        self.installed.add(package.id)
        if package.kind in self._running:
            self._running[package.kind] = package.version

    def newest_offered(self) -> Package | None:
        """The newest site package on the update server that is not installed yet, or None."""
        offered = [one for one in self._packages.values() if one.kind == "site" and one.id in self._offered and not self.has(one.id)]
        return max(offered, key=lambda one: version_key(one.version), default=None)

    def missing(self, package: Any) -> list[Package]:
        """The packages that must be installed before this one."""
        return [self._packages[name] for name in package.requires if not self.has(name)]

    def rows(self) -> list[Row]:
        """The list as the Updates page shows it, in the order of the world file."""
        return [row for row in map(self._row, self._packages.values()) if row]

    def _row(self, package: Any) -> Row | None:
        if self.has(package.id):
            shown = self._keep and package.id in self.installed
            return Row(package.id, package.name, INSTALLED, package.kind) if shown else None
        if package.id not in self._offered or not all(map(self.has, package.after)):
            return None
        missing = self.missing(package)
        names = tuple(other.name for other in missing) if self._names else ()
        return Row(package.id, package.name, BLOCKED if missing else AVAILABLE, package.kind, package.eula, names)


def _package(spec: dict[str, Any]) -> Package:
    keys = ("id", "name", "kind", "minutes", "eula", "stuck", "fails", "file_kilobytes")
    chosen = {key: spec[key] for key in keys}
    return Package(
        **chosen,
        version=spec.get("version", ""),
        build=spec.get("build", ""),
        requires=tuple(spec["requires"]),
        after=tuple(spec["after"]),
    )
