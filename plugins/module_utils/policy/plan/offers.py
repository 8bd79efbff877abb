# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance offers where nobody opens its pages: the manifest, judged by what runs. Pure.

The product version comes from the API. The Base version and add-ons are in no API: a person states them, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ...model.manifest import Manifest, ManifestEntry
from ...model.package import AVAILABLE, BASE, BLOCKED, INSTALLED, SITE, Package, fold
from ...model.version import Version


def offered_by(
    manifest: Manifest, *, site_version: str, base_version: str | None = None, installed: Iterable[str] = ()
) -> tuple[Package, ...]:
    """A Package row for each entry of the manifest. base_version, installed (names): as a person states them."""
    folded = {fold(name) for name in installed}
    runs = {SITE: Version(site_version), BASE: Version(base_version) if base_version else None}

    def is_in(entry: ManifestEntry) -> bool:
        if entry.kind in runs:
            running = runs[entry.kind]
            return running is not None and running >= Version(entry.version)
        return fold(entry.name) in folded

    return tuple(_row(entry, manifest, runs, is_in) for entry in manifest.entries)


def _row(entry: ManifestEntry, manifest: Manifest, runs: Mapping[str, Version | None], is_in: Callable[[ManifestEntry], bool]) -> Package:
    waits = _waits_for(entry, manifest, runs, is_in)
    state = INSTALLED if is_in(entry) else BLOCKED if waits else AVAILABLE
    return Package(entry.name, entry.kind, entry.version, state, waits if state == BLOCKED else ())


def _waits_for(
    entry: ManifestEntry, manifest: Manifest, runs: Mapping[str, Version | None], is_in: Callable[[ManifestEntry], bool]
) -> tuple[str, ...]:
    """Names of what has to come first."""
    found = []
    for name in entry.requires or ():
        other = manifest.find(name)
        if other is None or not is_in(other):
            found.append(name)
    base = runs[BASE]
    if entry.requires_base and (base is None or not entry.accepts_base(base)):
        found.append(f"Base {entry.requires_base[0]}")
    runs_now = runs.get(entry.kind)
    if entry.supports_upgrade_from and (runs_now is None or runs_now < Version(entry.supports_upgrade_from)):
        found.append(f"{'Base' if entry.kind == BASE else 'version'} {entry.supports_upgrade_from}")
    return tuple(dict.fromkeys(found))
