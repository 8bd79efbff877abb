# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A snapshot as a file: its format, its sum, and the sentences that refuse a file that is none. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import NotUnderstood
from ..moments import read_time
from ..strict_json import read_json
from .area import AREAS, Area, read_area, unknown

KIND, FORMAT = "bomgar.appliance snapshot", 1
BEFORE, AFTER = "before", "after"
_AGAIN = "Take the snapshot again; one from before the upgrade cannot be taken after it."


@dataclass(frozen=True)
class Snapshot:
    """What one appliance was like at one moment.

    node: its name; guid, hostname: as it reports them; role: its failover role; when: BEFORE or AFTER the upgrade; moment: ISO 8601 in
    UTC by this machine; clock: the appliance's, seconds since 1970; collection: the version that wrote it; digest: of its file.
    """

    node: str
    guid: str
    hostname: str
    role: str
    when: str
    moment: str
    clock: float
    areas: Mapping[str, Area]
    collection: str = ""
    path: str = ""
    digest: str = ""

    def area(self, name: str) -> Area:
        """The Area, unknown if an older version did not read it."""
        return self.areas.get(name) or unknown("The snapshot does not have this area.")


def write_snapshot(snapshot: Snapshot) -> bytes:
    """The bytes of its file. The last name, `sum`, is the SHA-256 of the rest."""
    content = {
        "kind": KIND,
        "format": FORMAT,
        "appliance": {name: getattr(snapshot, name) for name in ("node", "guid", "hostname", "role")},
        "when": snapshot.when,
        "moment": snapshot.moment,
        "clock": snapshot.clock,
        "collection": snapshot.collection,
        "areas": {name: area.as_dict() for name, area in snapshot.areas.items()},
    }
    return json.dumps({**content, "sum": _sum(content)}, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _sum(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_snapshot(content: bytes, path: str) -> Snapshot:
    """The Snapshot of a file. NotUnderstood, with its own sentence, for another file, another format, and one that was cut or edited."""
    try:
        found = read_json(content)
    except ValueError as exc:
        raise NotUnderstood(f"{path} is no whole snapshot: it is not JSON ({exc}).", remedy=f"It may have been cut. {_AGAIN}") from exc
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise NotUnderstood(f"{path} is no snapshot of this collection.", remedy="Name the file that the module snapshot wrote.")
    if found.get("format") != FORMAT or isinstance(found.get("format"), bool):
        raise NotUnderstood(
            f"{path} is a snapshot of format {found.get('format')!r}; this version of the collection reads format {FORMAT}.",
            remedy="Compare it with the version of the collection that wrote it.",
        )
    if found.get("sum") != _sum({name: value for name, value in found.items() if name != "sum"}):
        raise NotUnderstood(
            f"{path} was edited after it was written: its content does not match its sum.", remedy=f"Put the original back. {_AGAIN}"
        )
    try:
        return _built(found, path, hashlib.sha256(content).hexdigest())
    except (ValueError, TypeError, KeyError) as exc:
        raise NotUnderstood(f"{path} is a snapshot that cannot be understood: {exc}.", remedy=_AGAIN) from exc


def _built(found: Mapping[str, Any], path: str, digest: str) -> Snapshot:
    appliance, areas, clock = found["appliance"], found["areas"], found["clock"]
    texts = {name: appliance[name] for name in ("node", "guid", "hostname", "role")}
    texts.update(when=found["when"], moment=found["moment"], collection=found["collection"])
    for name, text in texts.items():
        if not isinstance(text, str):
            raise ValueError(f"{name} is no text")
    read_time(texts["moment"])
    if not isinstance(areas, dict):
        raise ValueError("it has no areas")
    if not isinstance(clock, (int, float)) or isinstance(clock, bool) or texts["when"] not in (BEFORE, AFTER) or not texts["guid"]:
        raise ValueError("it does not say of which appliance and moment it is")
    known = {name: read_area(area) for name, area in areas.items() if name in AREAS}
    return Snapshot(areas=known, clock=float(clock), path=path, digest=digest, **texts)
