# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files of Jump Client installers on this machine: the installers, and their secret deployment keys, each 0600."""

from __future__ import annotations

import json
import os

from .errors import NotFound, Unavailable, Unreachable, Unsafe, WaitTimeout
from .files import PrivateDownload, plainly, private_folder, safe_name, write_private
from .lock import heartbeat
from .model.installer import extension, judge_file
from .saving import sha256_of

_NOT_READY = (NotFound, Unavailable, Unreachable)  # a public script asks up to ten times until it gets the file (interfaces 7.3)
_INTERVAL = 5
_SHOWN = 8  # characters of an installer_id in a file's name


class Files:
    """The folder `dest`, and what the journal knows of it."""

    def __init__(self, appliance, journal, dest, timeout):
        self._appliance, self._journal, self._dest, self._timeout = appliance, journal, os.path.abspath(dest), timeout
        self._hopeless = set()  # platforms that were waited for once in vain

    def keep_key(self, installer, key):
        """Write the key beside the downloads; its path. A file that is there already is that of a run which was cut off."""
        path = self._path(installer, "key", ".json")
        if key is None:
            return path if os.path.isfile(path) and not os.path.islink(path) else ""
        private_folder(self._dest)
        content = {"installer_id": installer.installer_id, "name": installer.name, "jump_group_id": installer.group, "key_info": key}
        write_private(path, json.dumps(content, indent=2, sort_keys=True).encode() + b"\n")
        return path

    def saved(self, installer, platform):
        """The whole file that was saved before, as a dict, or None. Unsafe where another one has taken its place."""
        noted = self._noted(installer, platform)
        path = noted["path"] if noted else self._path(installer, platform)
        if not os.path.lexists(path):
            return None
        with plainly(path):
            digest, size = sha256_of(path), os.path.getsize(path)
        if noted and digest != noted["sha256"]:
            raise Unsafe(f"The file {path} is not the one that was saved: its SHA-256 differs.",
                         remedy="Move it away, then run the same command again: it is downloaded anew.")  # fmt: skip
        return {"platform": platform, "path": path, "sha256": digest, "bytes": size, "noted": bool(noted)}

    def fetch(self, installer, platform):
        """Download it as soon as it is ready; what was saved, as a dict."""
        private_folder(self._dest)
        path = self._path(installer, platform)
        what = f"the installer {installer.label} for {platform}"
        try:
            return self._appliance.wait_until(
                lambda: self._download(installer, platform, path, what), what=what, interval=_INTERVAL, not_yet=_NOT_READY,
                timeout=0 if platform in self._hopeless else self._timeout,
                remedy="Names of platforms differ by version: 25.2 has linux-64, raspberry-pi-32-headless, mac-dmg, mac-zip, "
                       "windows-64-msi and windows-32-msi.",
            )  # fmt: skip
        except WaitTimeout:
            self._hopeless.add(platform)
            raise

    def note(self, installer, file):
        known = {name: value for name, value in file.items() if name != "noted"}
        self._journal.append("installer_saved", installer_id=installer.installer_id, **known)

    def _download(self, installer, platform, path, what):
        with PrivateDownload(path) as download:
            kind = self._appliance.download_installer(installer.installer_id, platform, lambda chunk: _write(download, chunk))
            judge_file(download.head, download.size, kind, what=what, host=self._appliance.host)
            download.commit()
        return {"platform": platform, "path": path, "sha256": download.sha256, "bytes": download.size, "noted": False}

    def _noted(self, installer, platform):
        entries = self._journal.state()["downloads"]
        mine = (one for one in reversed(entries) if (one["installer_id"], one["platform"]) == (installer.installer_id, platform))
        return next(mine, None)

    def _path(self, installer, what, ending=None):
        """A name made of what we know ourselves; another installer whose id begins alike gets a longer one."""
        ending = extension(what) if ending is None else ending
        name = safe_name(installer.name or f"group-{installer.group}")[:60]
        short = os.path.join(self._dest, f"{name}-{installer.installer_id[:_SHOWN]}-{what}{ending}")
        return short if not self._is_anothers(short, installer) else short.replace(
            f"-{installer.installer_id[:_SHOWN]}-", f"-{installer.installer_id}-")

    def _is_anothers(self, path, installer):
        state = self._journal.state()
        taken = [(one["installer_id"], one["path"]) for one in state["downloads"]]
        taken += [(one["installer_id"], one.get("key_file")) for one in state["made"]]
        return any(identity != installer.installer_id and place == path for identity, place in taken)


def _write(download, chunk):
    heartbeat()
    download.write(chunk)
