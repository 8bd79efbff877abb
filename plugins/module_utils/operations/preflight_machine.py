# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what the preflight needs to know of this machine: its state folder, saved consoles, and the names that it resolves."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import shutil
import socket
import stat
from collections.abc import Iterable
from typing import Any

from ..errors import ApplianceError, InvalidInput
from ..model.address import read_address
from ..model.journal.state import state_of
from ..storage.folder import privacy_advice
from ..storage.journal import Journal
from ..storage.regular_file import read_file
from ..storage.saved_consoles import list_saved

_MOUNTS = "/proc/self/mounts"
_IN_MEMORY = ("tmpfs", "ramfs", "rootfs")
_OF_CONTAINERS = ("overlay", "aufs")  # a container's own layer: on a disk, and deleted with the container


def read_folder(path: str) -> dict[str, Any]:
    """The state of a folder, or of its nearest existing parent where it does not exist yet."""
    place = os.path.abspath(path)
    while not os.path.lexists(place):
        place = os.path.dirname(place)
    existing = os.lstat(place)
    made = place != os.path.abspath(path)
    private = made or (stat.S_ISDIR(existing.st_mode) and existing.st_uid == os.geteuid() and not existing.st_mode & 0o077)
    system = _file_system(place)
    return {
        "path": path,
        "writable": os.access(place, os.W_OK | os.X_OK),
        "private": private,
        "free_bytes": shutil.disk_usage(place).free,
        "remedy": "" if private else privacy_advice(place),
        "filesystem": system,
        "durable": None if system in ("", *_OF_CONTAINERS) else system not in _IN_MEMORY,
    }


def _file_system(place: str) -> str:
    """The kind of the file system of an existing path, as 'ext4'; '' if this machine does not tell."""
    try:
        lines = read_file(_MOUNTS).decode("utf-8", "replace").splitlines()
    except (OSError, InvalidInput):
        return ""
    real, best, kind = os.path.realpath(place), "", ""
    for fields in (line.split(" ") for line in lines):
        mounted = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if mounted and os.path.commonpath([real, mounted]) == mounted and len(mounted) >= len(best):  # the last mount of a place counts
            best, kind = mounted, fields[2]
    return kind


def list_consoles(path: str) -> list[dict[str, Any]]:
    """What console_installer saved in the folder or in one below it: [{which, version, path}]."""
    try:
        below = sorted(entry.path for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False))
    except OSError:
        below = []
    return [
        {name: one[name] for name in ("which", "version", "path")}
        for folder in (path, *below)
        for one in list_saved(folder)
        if os.path.isfile(one["path"])
    ]


def measured_times(state_dir: str | None) -> list[dict[str, Any]]:
    """How long steps of the site took, by the journal of its folder; [] without a journal that can be read."""
    with contextlib.suppress(ApplianceError):
        content = Journal(os.path.join(state_dir, "journal.jsonl")).content() if state_dir else None
        return state_of(content.entries).measured if content and not content.faults else []
    return []


def resolve(urls: Iterable[str]) -> list[dict[str, Any]]:
    """[{name, addresses, why}] of the host names in these addresses; IP addresses are left out."""
    return [_resolved(name) for name in dict.fromkeys(map(_name_of, urls)) if name]


def _name_of(url: str) -> str:
    host = read_address(url).host
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name
    return ""


def _resolved(name: str) -> dict[str, Any]:
    try:
        found = socket.getaddrinfo(name, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as exc:
        return {"name": name, "addresses": [], "why": f"{getattr(exc, 'strerror', None) or exc}."}
    return {"name": name, "addresses": sorted({str(one[4][0]) for one in found}), "why": ""}
