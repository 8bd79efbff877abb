# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides what to do about one package, and describes how it went. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput, Refused, Unsafe
from ..model.package import AVAILABLE, BASE, BLOCKED, INSTALLED, SITE, fold, read_name
from ..model.version import Version
from .plan.unclassified import classify, is_classified


@dataclass(frozen=True)
class Wanted:
    """A package to install. kind as in model.package; version only for Base and site packages."""

    name: str
    kind: str
    version: str | None


@dataclass(frozen=True)
class Seen:
    """What was read: product version, Base version (None if unreadable), the rows of the list; identity of the appliance, build."""

    site_version: str
    base_version: str | None
    packages: tuple[Any, ...]
    guid: str = ""
    build: str = ""

    @property
    def software(self) -> dict[str, str]:
        """{version, build}"""
        return {"version": self.site_version, "build": self.build}

    def row(self, name: str) -> Any:
        return row_of(self.packages, name)


def row_of(packages: Iterable[Any], name: str) -> Any:
    """The row of that name, ignoring case and white space; None where the list has none."""
    folded = fold(name)
    return next((row for row in packages if fold(row.name) == folded), None)


def wanted_package(name: str, entry: Any = None) -> Wanted:
    """The Wanted for a name; kind and version of a manifest entry come before those of the name. InvalidInput where they are unknown."""
    kind, version = read_name(name)
    if entry is not None:
        kind, version = entry.kind or kind, entry.version or version
    if not is_classified(kind, entry):
        raise InvalidInput(f"Cannot install {name!r}: its name does not say which kind of package it is.", remedy=classify(name))
    if kind in (BASE, SITE) and not version:
        raise InvalidInput(f"Cannot install {name!r}: it is a {kind} package without a version.", remedy="Set its version in the manifest.")
    return Wanted(name, kind, version)


def is_installed(wanted: Wanted, seen: Seen) -> bool | None:
    """True, False, or None where the appliance does not report it (a hotfix or licence that is in no list)."""
    if wanted.kind == SITE:
        return Version(seen.site_version) >= Version(wanted.version)
    if wanted.kind == BASE:
        return seen.base_version is not None and Version(seen.base_version) >= Version(wanted.version)
    row = seen.row(wanted.name)
    return None if row is None else row.state == INSTALLED


def decide(wanted: Wanted, seen: Seen, *, offline: bool, done_before: bool, host: str) -> str:
    """'nothing' when it is installed, 'install' or 'upload' when it is to be installed now; raises when it must not be.

    offline:     a file to upload was given
    done_before: the journal of this site has it as verified
    """
    installed = is_installed(wanted, seen)
    if installed or (installed is None and done_before):
        return "nothing"
    row = seen.row(wanted.name)
    if offline:
        return "upload"
    if row is None:
        raise _not_offered(wanted, seen, host)
    if row.state == BLOCKED:
        first = f" It waits for {', '.join(row.waits_for)}." if row.waits_for else ""
        raise Refused(
            f"Cannot install {wanted.name!r}: it is blocked until another package is installed.{first}",
            host=host,
            evidence=row.note,
            remedy="Make a new plan with upgrade_plan.",
        )
    if row.state != AVAILABLE:
        raise Unsafe(f"Cannot install {wanted.name!r}: its state {row.state!r} is unknown.", host=host)
    return "install"


def _not_offered(wanted: Wanted, seen: Seen, host: str) -> Refused:
    offered = ", ".join(row.name for row in seen.packages) or "nothing"
    return Refused(
        f"Cannot install {wanted.name!r}: it is not in the list of updates, which offers: {offered}.",
        host=host,
        remedy="It may be installed already (a hotfix changes no version), not be rolled out to you yet, or your maintenance has lapsed.",
        facts={"outcome": "unknown"},
    )


def deviations(host: str, wanted: Wanted, ran: dict[str, str], runs: dict[str, str]) -> list[str]:
    """Warnings where the appliance runs other software than this package should bring; ran, runs: {version, build} before and after."""
    if wanted.kind == SITE and Version(runs["version"]) != Version(wanted.version):
        return [
            f"{host}: {wanted.name!r} should bring {wanted.version}, but the appliance runs {runs['version']} ({runs['build']}). "
            "Correct the version in the manifest."
        ]
    if wanted.kind != SITE and ran and ran != runs:
        return [
            f"{host}: {wanted.name!r} ({wanted.kind}) changed the product from {ran['version']} ({ran['build']}) to {runs['version']} "
            f"({runs['build']}). The catch-up of the clients starts now."
        ]
    return []


def diff(before: dict[str, Any] | None, wanted: Wanted, *, changed: bool) -> dict[str, Any]:
    """{before, after} of a module; before: {version, base}, or None where it was not read."""
    after = dict(before or {})
    if changed and wanted.kind in (SITE, BASE):
        after["version" if wanted.kind == SITE else "base"] = wanted.version
    elif changed:
        after["installed"] = wanted.name
    return {"before": before or {}, "after": after}


def support_text(host: str, package: str, problem: str, basics: dict[str, Any]) -> str:
    """What technical support needs, in the order in which it asks: product, messages, steps, fields of Status > Basics."""
    lines = [
        f"A Base update on {host} is in trouble. The appliance was not restarted and nothing else was installed.",
        f"Package: {package}",
        f"Problem: {problem}",
        "",
        "/appliance > Status > Basics:",
    ]
    return "\n".join(lines + [f"  {label}: {value}" for label, value in basics.items()]) + "\n"
