# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages whose names do not say for certain what they are: they are named and never installed until a person classifies them. Pure."""

from __future__ import annotations

from ...model.manifest import KINDS
from ...model.package import OTHER


def is_classified(kind, entry=None):
    """Whether it is certain what a package is: by its name, or because a person named its kind in the manifest."""
    return kind != OTHER if entry is None else entry.classified


def note(row_state, name):
    """The line of a plan for one such row."""
    return f"{name!r} is {row_state}, and its name does not say what it is: it is not installed. {classify(name)}"


def classify(*names):
    """How a person says what these packages are."""
    entry = ", ".join(f"{{name: {name}, kind: ..., version: ...}}" for name in names)
    return (
        f"Look into its release notes, or ask the vendor, then name its kind in upgrade_manifest: {{packages: [{entry}]}} "
        f"(kinds: {', '.join(KINDS)}; base and site need a version)."
    )


def still_open(candidates):
    """Names of listed packages that are neither installed nor classified, the available ones first."""
    found = [one for one in candidates if one.listed and not one.installed and not one.classified]
    return [one.name for one in sorted(found, key=lambda one: (not one.available, one.key))]
