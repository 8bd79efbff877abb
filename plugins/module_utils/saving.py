# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Backups and certificates on this machine: taken, judged, identified, found again.

Beside each saved file lies FILE.json with what it is: kind, sha256, bytes, guid, host, hostname, version, build,
time (this machine, ISO 8601 UTC), appliance_time (the appliance's clock, UNIX seconds), actuator.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from datetime import datetime, timezone

from .errors import InvalidInput, Unsafe
from .files import PrivateDownload, private_folder, safe_name, write_private
from .lock import heartbeat
from .write_behind import WriteBehind

SCHEMA = 1


def file_name(identity, suffix):
    """A name made of what we know ourselves; names that a server gives never choose the path."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S.%f")[:-3] + "Z"
    return safe_name(f"{identity['hostname'] or identity['host']}-{identity['version']}-{stamp}") + suffix


def save(path, fetch, identity, *, kind, judge, actuator, **more):
    """Stream fetch(write) into a 0600 file, judge it, put its identity beside it. Returns the metadata.

    judge(download) raises when the content is not what was asked for; then no file is left behind.
    """
    private_folder(os.path.dirname(path))
    with PrivateDownload(path) as download:
        with WriteBehind(download.write) as write:
            fetch(_beating(write))
        found = judge(download) or {}
        metadata = {
            "schema": SCHEMA, "kind": kind, "file": os.path.basename(path), "sha256": download.sha256,
            "bytes": download.size, "guid": identity["guid"], "host": identity["host"],
            "hostname": identity["hostname"], "version": identity["version"], "build": identity["build"],
            "time": datetime.now(timezone.utc).isoformat(timespec="seconds"), "appliance_time": identity["clock"],
            "actuator": actuator, **more, **found,
        }
        download.commit()
    write_private(path + ".json", json.dumps(metadata, indent=2, sort_keys=True).encode() + b"\n")
    return dict(metadata, path=path, metadata=path + ".json")


def _beating(write):
    """write(chunk) with a heartbeat each second: a download may take longer than a lock lives without one."""
    due = 0.0

    def take(chunk):
        nonlocal due
        if time.monotonic() >= due:
            heartbeat()
            due = time.monotonic() + 1.0
        write(chunk)
    return take


def from_file(source):
    """A fetch() that reads a file which a person downloaded."""
    def fetch(write):
        try:
            with open(source, "rb") as stream:
                while chunk := stream.read(1 << 20):
                    write(chunk)
        except OSError as exc:
            raise InvalidInput(f"The file {source} cannot be read: {exc.strerror}.") from exc
    return fetch


def find_again(metadata_path, *, kind, guid, now, max_age, host):
    """The metadata of a saved file that is still whole, of this appliance and of this run; Unsafe otherwise.

    now: the appliance's clock, UNIX seconds. max_age: seconds.
    """
    def refuse(reason):
        return Unsafe(f"The {kind} {metadata_path} does not count: {reason}. Nothing was installed.", host=host,
                      remedy=f"Take a new {kind} in this run and give its `metadata`.")

    try:
        with open(metadata_path, encoding="utf-8") as stream:
            metadata = json.load(stream)
        path = os.path.join(os.path.dirname(metadata_path), os.path.basename(metadata["file"]))
        actual = sha256_of(path)
        described = metadata["kind"], metadata["sha256"], metadata["guid"], float(metadata["appliance_time"])
    except OSError as exc:
        raise refuse(f"{exc.filename} cannot be read ({exc.strerror})") from exc
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


def sha256_of(path):
    """The SHA-256 of a file, read in pieces; OSError when it cannot be read."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
