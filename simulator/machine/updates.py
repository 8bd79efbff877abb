# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The software side of a machine: the list of updates, installing, uploading."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from .attributes import Attributes
from .installation import FAILED, Installation
from .packages import AVAILABLE
from .refused import Refused

if TYPE_CHECKING:
    from .installation import Progress
    from .packages import Row


FULL = 95  # percent of the disk from which an installation fails: our invention
# The wording is our invention; that a failed build gets a line pointing to support is INFERRED* (docs/vendor/pages.md#pages-of-appliance).
SERVER_SAYS = {
    "ok": "",
    "unreachable": "The update server could not be reached.",
    "build_failed": "The build of your software failed. Please contact technical support.",
}


class Updates(Attributes):
    """The part of a Machine behind /appliance > Updates."""

    def install_seconds_left(self) -> float:
        """Virtual seconds until what is being installed is in and told by all interfaces."""
        running = self._installation
        return max(0.0, running.finished - self.now()) if running else 0.0

    @property
    def installation(self) -> Progress | None:
        """None, or what is under way or went wrong: package, phase, percent, message, running."""
        return self._installation.shown(self.now()) if self._installation else None

    def check_for_updates(self) -> str:
        """A text where the update server does not play along, else ''; a failed installation is forgotten."""
        self.checked_at = self.now()
        if self._installation and self._installation.phase(self.now()) == FAILED:
            self._installation = None
        return SERVER_SAYS[self.update_server]

    def listed(self) -> list[Row]:
        """The rows of the Updates page as of now."""
        return self.packages.rows() if self.update_server == "ok" else []

    def start_install(self, package_id: str, contact: Any = None) -> None:
        """Install This Update. contact: dict of what the EULA page asked, None if nothing was. Raises Refused."""
        package = self.packages.get(package_id)
        state = {row.id: row.state for row in self.listed()}.get(package_id)
        if package is None or state is None:
            raise Refused("not_offered", "This update is not available for this appliance.")
        if state != AVAILABLE:
            raise Refused(state, f"{package.name} cannot be installed now.")
        if package.eula and contact is None:
            raise Refused("eula", "The license agreement has not been accepted.")
        self._begin(package, contact)

    def upload(self, filename: Any, stream: Any) -> str:
        """Update Software: a package file from the administrator's disk. '' or why it is not taken."""
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        package = next((one for one in self.packages.all() if one.sha256(self.guid) == digest), None)
        if package is None:
            return "The uploaded file is not a valid update for this appliance."
        if self.packages.has(package.id):
            return f"{package.name} is installed already."
        if self.packages.missing(package):
            return f"{package.name} needs another update first."
        self._begin(package, {"file": filename})
        return ""

    def eula_of(self, package_id: str) -> str:
        """The licence text that must be agreed to first, or ''."""
        package = self.packages.get(package_id)
        return package.eula if package else ""

    def _begin(self, package: Any, contact: Any) -> None:
        now = self.now()
        if self._installation and self._installation.busy(now):
            raise Refused("busy", "Another update is being installed.")
        fails = "Not enough disk space." if self.storage["percent_used"] >= FULL else ""
        self._tell_new_version()
        self._installation, self._entered = Installation(package, now, contact, fails), False
        self.downs += self._installation.outages()
        self.event("install_started", package=package.id, name=package.name, contact=contact)
        self.write(f"install {package.id}")

    def download_key(self) -> str:
        """Appliance Download Key: made for this appliance (procedure 4)."""
        return hashlib.sha256(f"download key {self.guid}".encode()).hexdigest()[:32].upper()
