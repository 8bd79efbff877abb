# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The bytes of a journal: entries, checked line by line, and what a kill left of the last one. Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from ..errors import ApplianceError
from .history import check_event

SCHEMA = 1


def canonical(value):
    """The bytes of a value, always the same; ValueError or TypeError for what JSON cannot hold."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def checksum(entry):
    """SHA-256 of an entry without its sum."""
    return hashlib.sha256(canonical(entry)).hexdigest()


class Content:
    """The bytes of a journal, understood. torn: what is left of a last line; unterminated: it lacks only its end."""

    def __init__(self, path, content):
        self._path = path
        *lines, rest = content.split(b"\n")
        self.good_bytes = len(content) - len(rest)
        self.entries = [self._entry(line, number) for number, line in enumerate(lines, 1)]
        whole = bool(rest) and self._fault(rest, len(lines) + 1) is None
        self.unterminated, self.torn = whole, b"" if whole else rest
        if whole:
            self.entries.append(json.loads(rest))

    def _entry(self, line, number):
        fault = self._fault(line, number)
        if fault:
            raise ApplianceError(
                f"The journal {self._path} is damaged: line {number} {fault}.",
                remedy="Nothing was done. Restore the file from a backup; or read which gate and which step it still tells, "
                "move it away, and the next run reads the appliance and begins a new one without that memory.",
                facts={"line": number},
            )
        return json.loads(line)

    @staticmethod
    def _fault(line, number):
        """What is wrong with a line, or None."""
        try:
            entry = json.loads(line)
            matches = isinstance(entry, dict) and entry.pop("sum", None) == checksum(entry)
        except ValueError:
            return "is not JSON"
        if not matches:
            return "does not match its checksum"
        if entry.get("schema") != SCHEMA:
            return f"was written by another version of this collection (schema {entry.get('schema')})"
        if entry.get("seq") != number:
            return f"has the number {entry.get('seq')}: a line was removed, added or moved"
        return _no_event(entry)


def _no_event(entry):
    """What is wrong with an entry whose sum is right, or None: another version, or somebody who can reckon, wrote it."""
    try:
        check_event(entry.get("event"), entry.get("data"))
        datetime.fromisoformat(entry["time"])
        int(entry["run"])
    except (ApplianceError, KeyError, TypeError, ValueError) as exc:
        return f"is none of this version's ({exc})"
    return None
