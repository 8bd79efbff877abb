# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files of Jump Client installers on this machine: the installers and their secret deployment keys, each with mode 0600."""

from __future__ import annotations

import json
import os
from typing import Any

from ..errors import NotFound, Unavailable, Unreachable, Unsafe, WaitTimeout
from ..model.clients.installer import Installer, extension
from ..model.clients.installer_file import verify_installer
from ..storage.download import PrivateDownload
from ..storage.files import safe_name, write_private
from ..storage.folder import make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.saved_files import receive, sha256_of
from .port import Appliance

# A public script asks up to ten times until it gets the file (docs/vendor/configuration-api.md#installers)
_NOT_READY = (NotFound, Unavailable, Unreachable)
_INTERVAL = 5
_SHOWN = 8  # characters of an installer_id in a file's name


class Files:
    """The folder `dest`, and what the journal records of it."""

    def __init__(self, appliance: Appliance, journal: Journal, dest: str, timeout: float) -> None:
        self._appliance, self._journal, self._dest, self._timeout = appliance, journal, os.path.abspath(dest), timeout
        self._unavailable: set[str] = set()  # platforms that the wait ended without

    def save_key(self, installer: Installer, key: Any) -> str:
        """Write the key next to the downloads and return its path. Without a key: the path of the file of an interrupted run, or ''."""
        path = self._path(installer, "key", ".json")
        if key is None:
            return path if os.path.isfile(path) and not os.path.islink(path) else ""
        make_private_folder(self._dest)
        content = {"installer_id": installer.installer_id, "name": installer.name, "jump_group_id": installer.group, "key_info": key}
        write_private(path, json.dumps(content, indent=2, sort_keys=True).encode() + b"\n")
        return path

    def saved(self, installer: Installer, platform: str) -> dict[str, Any] | None:
        """The complete file that was saved before, as a dict, or None. Unsafe where the file was replaced."""
        recorded = self._recorded(installer, platform)
        path = recorded["path"] if recorded else self._path(installer, platform)
        if not os.path.lexists(path):
            return None
        with explain_os_errors(path):
            digest, size = sha256_of(path), os.path.getsize(path)
        if recorded and digest != recorded["sha256"]:
            raise Unsafe(
                f"The file {path} is not the one that was saved: its SHA-256 differs.",
                remedy="Move the file away, then run the same command again to download it.",
            )
        return {"platform": platform, "path": path, "sha256": digest, "bytes": size, "recorded": bool(recorded)}

    def fetch(self, installer: Installer, platform: str) -> dict[str, Any]:
        """Download the installer as soon as it is ready; the saved file as a dict."""
        make_private_folder(self._dest)
        path = self._path(installer, platform)
        what = f"the installer {installer.label} for {platform}"
        try:
            return self._appliance.wait_until(
                lambda: self._download(installer, platform, path, what),
                what=what,
                interval=_INTERVAL,
                not_yet=_NOT_READY,
                timeout=0 if platform in self._unavailable else self._timeout,
                remedy="Names of platforms differ by version: 25.2 has linux-64, raspberry-pi-32-headless, mac-dmg, mac-zip, "
                "windows-64-msi and windows-32-msi.",
            )
        except WaitTimeout:
            self._unavailable.add(platform)
            raise

    def note(self, installer: Installer, file: dict[str, Any]) -> None:
        """Record the saved file in the journal."""
        known = {name: value for name, value in file.items() if name != "recorded"}
        self._journal.append("installer_saved", installer_id=installer.installer_id, **known)

    def _download(self, installer: Installer, platform: str, path: str, what: str) -> dict[str, Any]:
        with PrivateDownload(path) as download:
            kind = receive(download, lambda write: self._appliance.clients.download_installer(installer.installer_id, platform, write))
            verify_installer(download.head, download.size, kind, what=what, host=self._appliance.host)
            download.commit()
        return {"platform": platform, "path": path, "sha256": download.sha256, "bytes": download.size, "recorded": False}

    def _recorded(self, installer: Installer, platform: str) -> Any:
        entries = self._journal.state().clients.downloads
        mine = (one for one in reversed(entries) if (one["installer_id"], one["platform"]) == (installer.installer_id, platform))
        return next(mine, None)

    def _path(self, installer: Installer, what: str, ending: str | None = None) -> str:
        """A name that the server does not choose; an installer with an id that begins like another one gets a longer name."""
        ending = extension(what) if ending is None else ending
        name = safe_name(installer.name or f"group-{installer.group}")[:60]
        short = os.path.join(self._dest, f"{name}-{installer.installer_id[:_SHOWN]}-{what}{ending}")
        return (
            short
            if not self._is_anothers(short, installer)
            else short.replace(f"-{installer.installer_id[:_SHOWN]}-", f"-{installer.installer_id}-")
        )

    def _is_anothers(self, path: str, installer: Installer) -> bool:
        state = self._journal.state()
        taken = [(one["installer_id"], one["path"]) for one in state.clients.downloads]
        taken += [(one["installer_id"], one.get("key_file")) for one in state.clients.made]
        return any(identity != installer.installer_id and place == path for identity, place in taken)
