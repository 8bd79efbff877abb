# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages whose names do not say for certain what they are: they are named and never installed until a person classifies them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...model.manifest import ManifestEntry

if TYPE_CHECKING:
    from .catalogue import Candidate


from ...model.package import OTHER
from ...model.read_manifest import KINDS


def is_classified(kind: str, entry: ManifestEntry | None = None) -> bool:
    """Whether it is certain what a package is: by its name, or because a person named its kind in the manifest."""
    return kind != OTHER if entry is None else entry.classified


def note(row_state: str, name: str) -> str:
    """The line of a plan for one such row."""
    return f"{name!r} is {row_state}, and its name does not say what it is: it is not installed. {classify(name)}"


def classify(*names: str) -> str:
    """How a person says what these packages are."""
    entry = ", ".join(f"{{name: {name}, kind: ..., version: ...}}" for name in names)
    return (
        f"Look into its release notes, or ask the vendor, then name its kind in upgrade_manifest: {{packages: [{entry}]}} "
        f"(kinds: {', '.join(KINDS)}; base and site need a version)."
    )


def still_open(candidates: Iterable[Candidate]) -> list[str]:
    """Names of listed packages that are neither installed nor classified, the available ones first."""
    found = [one for one in candidates if one.listed and not one.installed and not one.classified]
    return [one.name for one in sorted(found, key=lambda one: (not one.available, one.key))]
