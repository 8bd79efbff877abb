# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The package manifest: facts about packages that the appliance's list does not have.

Release notes name the Base that a version needs, the versions that it can be installed over and its companions
(docs/vendor/procedure.md#kinds-of-package-and-their-order, two samples). A manifest has those facts, and files for appliances without
internet.
"""

from __future__ import annotations

from dataclasses import dataclass

from .package import fold
from .version import Version


@dataclass(frozen=True)
class ManifestEntry:
    """One package of the manifest.

    requires:              names of packages that have to come first; None if not stated
    requires_base:         versions of Base as text; empty if not stated
    base_is_minimum:       True: the one version in requires_base or newer; False: exactly one of them
    supports_upgrade_from: the oldest installed version of the same kind it can follow, or None
    sha256, file:          of the offline package, '' if there is none
    companions:            ((name, version), ...) of software that a person has to upgrade
    release_notes:         a title or an address
    soak_hours:            hours that clients need after it, or None (then the default of the catch-up applies)
    rebuilt:               whether the vendor rebuilt it for the appliance's certificates
    classified:            whether its kind is certain: stated in the manifest, or clear from the name
    """

    name: str
    kind: str
    version: str | None
    requires: tuple[str, ...] | None = None
    requires_base: tuple[str, ...] = ()
    base_is_minimum: bool = True
    supports_upgrade_from: str | None = None
    sha256: str = ""
    file: str = ""
    companions: tuple[tuple[str, str], ...] = ()
    release_notes: str = ""
    soak_hours: float | None = None
    rebuilt: bool = False
    classified: bool = True

    @property
    def states_requirements(self) -> bool:
        """Whether the manifest states what has to come first."""
        return self.requires is not None or bool(self.requires_base) or self.supports_upgrade_from is not None

    def accepts_base(self, version: Version) -> bool:
        """Whether a Base version (Version) satisfies requires_base."""
        wanted = [Version(text) for text in self.requires_base]
        return version >= wanted[0] if self.base_is_minimum else version in wanted


@dataclass(frozen=True)
class Manifest:
    """All entries in the order of the file."""

    entries: tuple[ManifestEntry, ...] = ()

    def find(self, name: str) -> ManifestEntry | None:
        """Return the entry of that name (case and spacing do not matter), or None."""
        return next((entry for entry in self.entries if fold(entry.name) == fold(name)), None)
