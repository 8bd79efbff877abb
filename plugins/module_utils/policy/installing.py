# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What to do about one package, decided from what was read. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InvalidInput, Refused, Unsafe
from ..model.package import AVAILABLE, BASE, BLOCKED, INSTALLED, SITE, read_name
from ..model.version import Version


@dataclass(frozen=True)
class Wanted:
    """A package to install. kind as in model.package; version only for Base and site packages."""

    name: str
    kind: str
    version: str | None


@dataclass(frozen=True)
class Seen:
    """What was read: product version, Base version (None if unreadable), the rows of the list; the identity of the box."""

    site_version: str
    base_version: str | None
    packages: tuple
    guid: str = ""

    def row(self, name):
        return row_of(self.packages, name)


def row_of(packages, name):
    """The row of that name, without regard to case and white space; None where the list has none."""
    folded = _fold(name)
    return next((row for row in packages if _fold(row.name) == folded), None)


def wanted_package(name, entry=None):
    """The Wanted for a name; a manifest entry (attributes kind and version) knows better than the name."""
    kind, version = read_name(name)
    if entry is not None:
        kind, version = entry.kind or kind, entry.version or version
    if kind in (BASE, SITE) and not version:
        raise InvalidInput(f"The package {name!r} is called {kind} but has no version.", remedy="Give it in the manifest.")
    return Wanted(name, kind, version)


def is_installed(wanted, seen):
    """True, False, or None where the appliance does not tell (a hotfix or licence that is in no list)."""
    if wanted.kind == SITE:
        return Version(seen.site_version) >= Version(wanted.version)
    if wanted.kind == BASE:
        return seen.base_version is not None and Version(seen.base_version) >= Version(wanted.version)
    row = seen.row(wanted.name)
    if row is None:
        return None
    return row.state == INSTALLED


def decide(wanted, seen, *, offline, done_before, host):
    """'nothing' when it is installed, 'install' or 'upload' when it shall be done now; raises when it must not be.

    offline:     a file to upload was given
    done_before: the journal of this site says that it was proved to be installed
    """
    installed = is_installed(wanted, seen)
    if installed or (installed is None and done_before):
        return "nothing"
    row = seen.row(wanted.name)
    if offline:
        return "upload"
    if row is None:
        offered = ", ".join(row.name for row in seen.packages) or "nothing"
        raise Refused(
            f"The package {wanted.name!r} is not in the list of updates, which offers: {offered}.", host=host,
            remedy="It may be installed already (a hotfix changes no version), not be rolled out to you yet, or your maintenance "
                   "has lapsed.", facts={"outcome": "unknown"})
    if row.state == BLOCKED:
        first = f" It waits for {', '.join(row.waits_for)}." if row.waits_for else ""
        raise Refused(f"The package {wanted.name!r} is blocked until another one is installed.{first}", host=host,
                      evidence=row.note, remedy="Make a new plan with upgrade_plan.")
    if row.state != AVAILABLE:
        raise Unsafe(f"The state {row.state!r} of {wanted.name!r} is not known.", host=host)
    return "install"


def _fold(name):
    return " ".join(name.split()).lower()
