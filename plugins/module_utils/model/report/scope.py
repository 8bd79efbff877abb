# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which entries of a journal a report is about, and what the nodes in them are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Entry = Mapping[str, Any]

_WORK = ("step_begun", "step_done", "action_begun", "action_done", "acknowledged")


def beginning(entries: Sequence[Entry]) -> int:
    """The index at which the last upgrade begins: after the end of the one before it.

    Runs after an upgrade that found nothing to do belong to that upgrade.
    """
    ends = [number + 1 for number, entry in enumerate(entries) if entry["event"] == "run_ended" and entry["data"].get("state") == "reached"]
    for begin, end in reversed(list(zip([0, *ends], [*ends, len(entries)]))):
        if any(entry["event"] in _WORK for entry in entries[begin:end]) or _ended_otherwise(entries[begin:end]):
            return begin
    return 0


def _ended_otherwise(entries: Sequence[Entry]) -> bool:
    """Whether a run in these entries is at work, was cut off, or ended in another state than `reached`."""
    states = [entry["data"].get("state") for entry in entries if entry["event"] == "run_ended"]
    return bool(entries) and (entries[-1]["event"] != "run_ended" and not states or any(state != "reached" for state in states))


class Names:
    """What nodes are called: the name in the inventory where an entry tells it, else the name or address that is known."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._known: dict[str, str] = {}
        for entry in entries:
            data = entry["data"]
            for node in (data.get("summary") or {}).get("nodes") or ():
                self._known.update({node[one]: node["name"] for one in ("guid",) if node.get(one) and node.get("name")})
        for entry in entries:
            data = entry["data"]
            self._add(data.get("guid"), data.get("node") or data.get("hostname"))
        for entry in entries:  # a host, by the GUID beside it
            data = entry["data"]
            if data.get("guid") in self._known:
                self._add(data.get("host"), self._known[data["guid"]])

    def _add(self, key: Any, name: Any) -> None:
        if key and name:
            self._known.setdefault(str(key), str(name))

    def of(self, data: Mapping[str, Any]) -> str:
        """The name of the node that an entry's data is about, '' where it tells none."""
        if data.get("node"):
            return str(data["node"])
        known = [self._known[str(data[one])] for one in ("guid", "host") if data.get(one) and str(data[one]) in self._known]
        return known[0] if known else str(data.get("host") or "")
