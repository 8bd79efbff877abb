# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The bytes of a journal: entries in a chain, what is wrong with them, and what a kill left of the last one. Pure.

Each entry holds the sum of the entry before it (`previous`, empty in the first) and its own (`sum`: SHA-256 of the canonical JSON of
all the rest), so that a line that was changed, removed, added or moved breaks the chain. The chain itself cannot show that its last
lines were cut off: that is compared with the head that append() writes next to the journal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...errors import ApplianceError, Unsafe
from ..strict_json import read_json
from .events import check_event
from .parts import Entry

SCHEMA = 2
ACCEPTED = "damage_accepted"  # a person accepts all lines before this entry as they are


def canonical(value: Any) -> bytes:
    """The bytes of a value, always the same; ValueError or TypeError for what JSON cannot hold."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def checksum(entry: Entry) -> str:
    """SHA-256 of an entry without its sum."""
    return hashlib.sha256(canonical(entry)).hexdigest()


class Content:
    """The bytes of a journal, understood.

    entries: those that can be read. lines: how many whole lines there are. sum: of the last one. faults: [sentence], what is wrong and
    was not accepted. torn: what a kill left of a last line; unterminated: the last line lacks only its end. digest: of all lines.
    head: {entries, sum} as append() wrote it, None if it is missing.
    """

    def __init__(self, path: str, content: bytes, head: Mapping[str, Any] | None = None) -> None:
        self._path, self._content = path, content
        *lines, rest = content.split(b"\n")
        self.entries: list[Entry] = []
        self.faults: list[str] = []
        self.sum, self.lines = "", 0
        self._sums: list[str] = []
        self.good_bytes = len(content) - len(rest)
        whole = bool(rest) and _line_fault(rest, len(lines) + 1) is None
        self.unterminated, self.torn = whole, b"" if whole else rest
        for line in lines + ([rest] if whole else []):
            self._read(line)
        self._compare(head)

    @property
    def digest(self) -> str:
        return self._digest_before(self.lines + 1)

    @property
    def chain(self) -> dict[str, Any]:
        """For people and programs: {state: intact or broken, entries, head, faults}."""
        state = "broken" if self.faults else "intact"
        return {"state": state, "entries": self.lines, "head": self.sum, "faults": list(self.faults)}

    def check(self) -> None:
        """Unsafe for a journal that is damaged: nobody acts on it before a person accepted that."""
        if not self.faults:
            return
        raise Unsafe(
            f"The journal {self._path} is damaged: {self.faults[0]}.",
            evidence="; ".join(self.faults[1:]),
            remedy="Nothing was done. Restore the file from a backup. If there is none, read what it still says (module "
            "journal_info), find out from the appliances what happened, and accept it with the module journal (`state: accepted`, a "
            "`reason`, and a name in `by`): the clients' waiting starts again then.",
            facts={"chain": self.chain},
        )

    def holds(self, head: str) -> bool:
        """Whether an entry of that sum is in it."""
        return head in self._sums

    def _read(self, line: bytes) -> None:
        self.lines += 1
        fault = _line_fault(line, self.lines)
        entry = _object(line)
        accepted = fault is None and entry["event"] == ACCEPTED and entry["data"]["digest"] == self._digest_before(self.lines)
        if accepted:
            self.faults = []
        elif fault is None and entry["previous"] != self.sum:
            self.faults.append(f"line {self.lines} does not follow the line before it: a line was removed, added, changed or moved")
        if fault:
            self.faults.append(f"line {self.lines} {fault}")
        else:
            self.entries.append(entry)
        self.sum = str(entry.get("sum") or "")
        self._sums.append(self.sum)

    def _digest_before(self, number: int) -> str:
        """SHA-256 of the lines before that number, each with its end."""
        lines = self._content.split(b"\n")[: number - 1]
        return hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()

    def _compare(self, head: Mapping[str, Any] | None) -> None:
        """A kill may leave the head one entry behind, and a power cut the last line torn. Without any line the journal is lost."""
        if head is None or not self.lines or head["entries"] == self.lines + 1 and self.torn:
            return
        if head["entries"] > self.lines:
            self.faults.append(f"its end was cut off: {head['entries']} entries were written, {self.lines} are there")
        elif head["entries"] and self._sums[head["entries"] - 1] != head["sum"]:
            self.faults.append(f"line {head['entries']} is another one than was written")


def read_head(content: bytes) -> dict[str, Any] | None:
    """{entries, sum} from the bytes of the file next to a journal; None if they are not valid."""
    head = _object(content)
    known = isinstance(head.get("entries"), int) and head["entries"] >= 0 and isinstance(head.get("sum"), str)
    return {"entries": head["entries"], "sum": head["sum"]} if known else None


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = read_json(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _line_fault(line: bytes, number: int) -> str | None:
    """What is wrong with a line by itself, or None."""
    entry = _object(line)
    if not entry:
        return "is not JSON"
    if not _matches(entry, line):
        return "does not match its checksum"
    if entry.get("schema") != SCHEMA:
        return f"was written by another version of this collection (schema {entry.get('schema')})"
    if entry.get("seq") != number:
        return f"has the number {entry.get('seq')}: a line was removed, added or moved"
    return _no_event(entry)


def _matches(entry: Entry, line: bytes) -> bool:
    """Whether the line is, byte by byte, what was written for it."""
    rest = {name: value for name, value in entry.items() if name != "sum"}
    try:
        return entry.get("sum") == checksum(rest) and canonical(entry) == line
    except (ValueError, TypeError):
        return False


def _no_event(entry: Entry) -> str | None:
    """What is wrong with an entry whose sum is right, or None: another version, or a person who computed the sum, wrote it."""
    try:
        check_event(entry.get("event"), entry.get("data"))
        datetime.fromisoformat(entry["time"])
        int(entry["run"])
        if not isinstance(entry["previous"], str) or not isinstance(entry["who"], dict):
            return "does not say what it follows and who wrote it"
    except (ApplianceError, KeyError, TypeError, ValueError) as exc:
        return f"is none of this version's ({exc})"
    return None
