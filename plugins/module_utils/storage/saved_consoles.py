# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Saved installers of the representative console: found again, or fetched; older ones are never replaced (docs/mission.md#m48).

Names are <host>-console-<version>-<which>.msi; another content of the same version gets a part of its SHA-256 into its name.
The description FILE.json is that of saved_files.py, plus `which`, `label` and `format`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import ApplianceError
from ..model.clients.console_file import read_format
from ..model.strict_json import read_json
from .download import PrivateDownload
from .files import safe_name
from .folder import make_private_folder
from .regular_file import read_file
from .saved_files import describe, receive, sha256_of, write_description

KIND = "console"
_LARGEST = 1 << 20  # bytes of a description


def stem_of(identity: Mapping[str, Any], which: str, version: str) -> str:
    """Return the file name without its ending."""
    return safe_name(f"{identity['hostname'] or identity['host']}-console-{version or 'unknown'}-{which}")


def find_saved(folder: str, stem: str) -> dict[str, Any] | None:
    """Return the metadata of the newest unchanged file of that name, or None."""
    found = [one for one in list_saved(folder) if _is_named(one["file"], stem) and _is_unchanged(one)]
    return max(found, key=lambda one: str(one.get("time", "")), default=None)


def list_saved(folder: str) -> list[dict[str, Any]]:
    """Return the metadata of all console installers of a folder with a readable description; the files are not verified."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".msi.json"))
    except OSError:
        return []
    return [one for one in (_read_description(os.path.join(folder, name)) for name in names) if one]


def _read_description(metadata_path: str) -> dict[str, Any] | None:
    try:
        metadata = read_json(read_file(metadata_path, _LARGEST))
    except (OSError, ValueError, ApplianceError):
        return None
    texts = ("file", "sha256", "which", "version")
    if not isinstance(metadata, dict) or metadata.get("kind") != KIND or not all(isinstance(metadata.get(one), str) for one in texts):
        return None
    path = os.path.join(os.path.dirname(metadata_path), os.path.basename(metadata["file"]))
    return dict(metadata, path=path, metadata=metadata_path)


def _is_named(name: str, stem: str) -> bool:
    rest = name[len(stem) :] if name.startswith(stem) else ""
    return rest == ".msi" or (rest.startswith("-") and len(rest) == len("-12345678.msi"))


def _is_unchanged(metadata: Mapping[str, Any]) -> bool:
    try:
        return not os.path.islink(metadata["path"]) and sha256_of(metadata["path"]) == metadata["sha256"]
    except OSError:
        return False


def save(
    folder: str,
    stem: str,
    fetch: Callable[[Callable[[bytes], None]], str],
    identity: Mapping[str, Any],
    *,
    which: str,
    version: str,
    label: str,
) -> dict[str, Any]:
    """Stream fetch(write), which returns the content type, into a 0600 file; return its metadata and `new`: whether it is a new file.

    Raises NotUnderstood for a page, a text or an empty file; then no file is left behind.
    """
    make_private_folder(folder)
    with PrivateDownload(os.path.join(os.path.abspath(folder), f"{stem}-incoming.msi")) as download:
        content_type = receive(download, fetch)
        form = read_format(download.head, download.size, content_type, host=identity["host"])
        path, known = _free_path(os.path.abspath(folder), stem, download.sha256)
        if not known:
            download.path = path
            download.commit()
    build = identity["build"] if which == "present" else ""
    more = {"which": which, "format": form, "label": label, "version": version, "build": build}
    metadata = describe(path, download, identity, kind=KIND, method="web", **more)
    described = known and os.path.lexists(path + ".json")
    return dict(write_description(path, metadata), new=not described)


def _free_path(folder: str, stem: str, sha256: str) -> tuple[str, bool]:
    """Return (path, whether this content is saved there already); the path is never that of another content."""
    for name in (f"{stem}.msi", f"{stem}-{sha256[:8]}.msi"):
        path = os.path.join(folder, name)
        if not os.path.lexists(path):
            return path, False
        if not os.path.islink(path) and sha256_of(path) == sha256:
            return path, True
    return os.path.join(folder, f"{stem}-{sha256}.msi"), False
