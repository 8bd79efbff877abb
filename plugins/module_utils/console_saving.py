# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Console installers on this machine: found again, or taken, judged and kept beside the older ones, which nothing replaces (M48).

Names are <host>-console-<version>-<which>.msi; another content of the same version gets a part of its SHA-256 into its name.
Beside each lies FILE.json, as saving.py has it, with `which`, `label` and `format` besides.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone

from .files import PrivateDownload, private_folder, safe_name, write_private
from .lock import heartbeat
from .model.console_file import judge
from .saving import SCHEMA, sha256_of

KIND = "console"


def stem_of(identity, which, version):
    """The name without its ending."""
    return safe_name(f"{identity['hostname'] or identity['host']}-console-{version or 'unknown'}-{which}")


def find_saved(folder, stem):
    """The metadata of a whole file of that name that was saved before, the newest first; None if there is none."""
    found = [one for one in saved_in(folder) if _is_named(one["file"], stem) and _is_whole(one)]
    return max(found, key=lambda one: str(one.get("time", "")), default=None)


def saved_in(folder):
    """The metadata of all console installers of a folder whose description can be read; nothing is checked or made."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".msi.json"))
    except OSError:
        return []
    return [one for one in (_described(os.path.join(folder, name)) for name in names) if one]


def _described(metadata_path):
    try:
        with open(metadata_path, encoding="utf-8") as stream:
            metadata = json.load(stream)
    except (OSError, ValueError):
        return None
    texts = ("file", "sha256", "which", "version")
    if not isinstance(metadata, dict) or metadata.get("kind") != KIND or not all(isinstance(metadata.get(one), str) for one in texts):
        return None
    path = os.path.join(os.path.dirname(metadata_path), os.path.basename(metadata["file"]))
    return dict(metadata, path=path, metadata=metadata_path)


def _is_named(name, stem):
    rest = name[len(stem):] if name.startswith(stem) else ""
    return rest == ".msi" or (rest.startswith("-") and len(rest) == len("-12345678.msi"))


def _is_whole(metadata):
    try:
        return not os.path.islink(metadata["path"]) and sha256_of(metadata["path"]) == metadata["sha256"]
    except OSError:
        return False


def save(folder, stem, fetch, identity, *, which, version, label):
    """Stream fetch(write), which gives the content type, into a 0600 file; its metadata, with `new`: whether it was not there.

    NotUnderstood for a page, a text or nothing; then no file is left behind.
    """
    private_folder(folder)
    with PrivateDownload(os.path.join(os.path.abspath(folder), f"{stem}-incoming.msi")) as download:
        content_type = fetch(lambda chunk: _write(download, chunk))
        form = judge(download.head, download.size, content_type, host=identity["host"])
        path, known = _place(os.path.abspath(folder), stem, download.sha256)
        if not known:
            download.path = path
            download.commit()
    metadata = {
        "schema": SCHEMA, "kind": KIND, "which": which, "file": os.path.basename(path), "sha256": download.sha256,
        "bytes": download.size, "format": form, "label": label, "guid": identity["guid"], "host": identity["host"],
        "hostname": identity["hostname"], "version": version, "build": identity["build"] if which == "present" else "",
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"), "appliance_time": identity["clock"], "actuator": "web",
    }  # fmt: skip
    described = known and os.path.lexists(path + ".json")
    write_private(path + ".json", json.dumps(metadata, indent=2, sort_keys=True).encode() + b"\n")
    return dict(metadata, path=path, metadata=path + ".json", new=not described)


def _write(download, chunk):
    """A download may take longer than a lock lives without a heartbeat."""
    heartbeat()
    download.write(chunk)


def _place(folder, stem, sha256):
    """(path, whether this very content is there already) for a content: beside, never in place of another one."""
    for name in (f"{stem}.msi", f"{stem}-{sha256[:8]}.msi"):
        path = os.path.join(folder, name)
        if not os.path.lexists(path):
            return path, False
        if not os.path.islink(path) and sha256_of(path) == sha256:
            return path, True
    return os.path.join(folder, f"{stem}-{sha256}.msi"), False
