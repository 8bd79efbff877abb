# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Saved backups, certificates and installers on this machine: received, verified, described and found again.

A description FILE.json is next to each saved file: kind, sha256, bytes, guid, host, hostname, version, build,
time (this machine, ISO 8601 UTC), appliance_time (the appliance's clock, UNIX seconds), method.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any, TypeVar

from ..errors import ApplianceError, InvalidInput, Unsafe
from ..model.moments import iso
from ..model.strict_json import read_json
from .download import PrivateDownload
from .files import safe_name, write_private
from .folder import make_private_folder
from .regular_file import open_to_read, read_file
from .run_lock import heartbeat
from .write_behind import WriteBehind

_Result = TypeVar("_Result")
SCHEMA = 1
_LARGEST = 1 << 20  # bytes of a description


def new_file_name(identity: Mapping[str, Any], suffix: str) -> str:
    """Return a name made of facts about the appliance and the time; a name that a server sends is never used."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S.%f")[:-3] + "Z"
    return safe_name(f"{identity['hostname'] or identity['host']}-{identity['version']}-{stamp}") + suffix


def save(
    path: str,
    fetch: Callable[[Callable[[bytes], None]], object],
    identity: Mapping[str, Any],
    *,
    kind: str,
    verify: Callable[[PrivateDownload], dict[str, Any] | None],
    method: str,
    **more: Any,
) -> dict[str, Any]:
    """Stream fetch(write) into a 0600 file, verify it, write its description; return the metadata.

    verify(download) returns more metadata, and raises if the content is not what was requested: then no file is left behind.
    """
    make_private_folder(os.path.dirname(path))
    with PrivateDownload(path) as download:
        receive(download, fetch)
        found = verify(download) or {}
        metadata = describe(path, download, identity, kind=kind, method=method, **{**more, **found})
        download.commit()
    return write_description(path, metadata)


def receive(download: PrivateDownload, fetch: Callable[[Callable[[bytes], None]], _Result]) -> _Result:
    """Stream fetch(write) into a PrivateDownload; return what fetch returns.

    A second thread writes, and each chunk renews the lock of the run.
    """
    with WriteBehind(download.write) as write:
        return fetch(_with_heartbeat(write))


def describe(path: str, download: PrivateDownload, identity: Mapping[str, Any], *, kind: str, method: str, **more: Any) -> dict[str, Any]:
    """Return the metadata of a file that was received; `more` adds fields or replaces them."""
    return {
        "schema": SCHEMA,
        "kind": kind,
        "file": os.path.basename(path),
        "sha256": download.sha256,
        "bytes": download.size,
        "guid": identity["guid"],
        "host": identity["host"],
        "hostname": identity["hostname"],
        "version": identity["version"],
        "build": identity["build"],
        "time": iso(time.time()),
        "appliance_time": identity["clock"],
        "method": method,
        **more,
    }


def write_description(path: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """Write FILE.json next to the file; return the metadata with both paths."""
    write_private(path + ".json", json.dumps(metadata, indent=2, sort_keys=True).encode() + b"\n")
    return dict(metadata, path=path, metadata=path + ".json")


def _with_heartbeat(write: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return write(chunk) with a heartbeat each second: a download may take longer than the expiry of the lock."""
    due = 0.0

    def write_and_beat(chunk: bytes) -> None:
        nonlocal due
        if time.monotonic() >= due:
            heartbeat()
            due = time.monotonic() + 1.0
        write(chunk)

    return write_and_beat


def fetch_from_file(source: str) -> Callable[[Callable[[bytes], None]], None]:
    """Return a fetch() that reads a file which a person downloaded. fetch() raises InvalidInput."""

    def fetch(write: Callable[[bytes], None]) -> None:
        try:
            with open_to_read(source) as stream:
                while chunk := stream.read(1 << 20):
                    write(chunk)
        except OSError as exc:
            raise InvalidInput(f"The file {source} cannot be read: {exc.strerror}.") from exc

    return fetch


def read_verified(metadata_path: str, *, kind: str, guid: str, now: float, max_age: float, host: str) -> dict[str, Any]:
    """Return the metadata of a saved file that is unchanged, of this appliance and of this run. Raises Unsafe otherwise.

    now: the appliance's clock, UNIX seconds. max_age: seconds.
    """

    def refuse(reason: str) -> Unsafe:
        return Unsafe(
            f"The {kind} {metadata_path} cannot be used: {reason}. Nothing was installed.",
            host=host,
            remedy=f"Take a new {kind} in this run and give its `metadata`.",
        )

    try:
        metadata = read_json(read_file(metadata_path, _LARGEST))
        path = os.path.join(os.path.dirname(metadata_path), os.path.basename(metadata["file"]))
        actual = sha256_of(path)
        described = metadata["kind"], metadata["sha256"], metadata["guid"], float(metadata["appliance_time"])
    except OSError as exc:
        raise refuse(f"{exc.filename} cannot be read ({exc.strerror})") from exc
    except ApplianceError as exc:  # no file, or too large
        raise refuse(exc.message.rstrip(".")) from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise refuse(f"its description is damaged ({type(exc).__name__}: {exc})") from exc
    if described[0] != kind:
        raise refuse(f"it is a {described[0]}")
    if actual != described[1]:
        raise refuse("the file is not the one that was saved, its SHA-256 differs")
    if described[2] != guid:
        raise refuse(f"it is of the appliance {described[2]}, this one is {guid}")
    if not -300 <= now - described[3] <= max_age:
        raise refuse(f"it was taken {now - described[3]:.0f} seconds ago by the appliance's clock, {max_age} are allowed")
    return metadata


def sha256_of(path: str) -> str:
    """Return the SHA-256 of a file. Raises OSError if it cannot be read."""
    digest = hashlib.sha256()
    with open_to_read(path) as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
