# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who did and decided what, which files were saved and installed, and what was checked before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..journal.entry_texts import describe_entry
from .scope import Entry, Names

_DECIDED = {
    "decided",
    "acknowledged",
    "step_released",
    "catch_up_waived",
    "start_declared",
    "confirmed",
    "damage_accepted",
    "swap_seen",
    "run_opened",
    "waiver_used",
    "plan_approved",
}
_WAIVED = ("keys_waiver", "reason", "terminated", "logged_out")
_FILES = {"backup_taken": "backup", "certificate_saved": "certificate", "console_saved": "console", "installer_saved": "installer"}
NOBODY = "somebody else"


def people(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """[{name, account, acts: [{time, event, text}]}]: everybody who ran, decided, waived, confirmed or declared something."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry["event"] in _DECIDED or any(entry["data"].get(name) for name in _WAIVED) or _is_lowered(entry):
            who = entry.get("who") or {}
            name = NOBODY if entry["event"] == "swap_seen" else _name(entry)
            person = found.setdefault(name, {"name": name, "account": "", "acts": []})
            person["account"] = person["account"] or (f"{who['user']}@{who.get('host', '')}" if who.get("user") else "")
            person["acts"].append({"time": entry["time"], "event": entry["event"], "text": describe_entry(entry)})
    return list(found.values())


def _is_lowered(entry: Entry) -> bool:
    """Whether a catch-up or a drain ended otherwise than usual. Of an installation `decided` says that once."""
    return bool(entry["data"].get("not_default")) and entry["event"] in ("catch_up_passed", "drained")


def _name(entry: Entry) -> str:
    who = entry.get("who") or {}
    return str(entry["data"].get("by") or who.get("person") or who.get("awx_user") or who.get("user") or "")


def files(entries: Sequence[Entry], names: Names) -> list[dict[str, Any]]:
    """[{kind, name, path, bytes, sha256, node, time}] of what was saved and of uploaded packages.

    kind: backup, certificate, console, installer or package.
    """
    return list(_files(entries, names))


def _files(entries: Sequence[Entry], names: Names) -> Iterator[dict[str, Any]]:
    for entry in entries:
        data = entry["data"]
        if entry["event"] in _FILES:
            yield _file(_FILES[entry["event"]], data, names.of(data), entry["time"])
        elif entry["event"] == "step_begun" and data.get("upload"):
            yield _file("package", data["upload"], names.of(data), entry["time"])


def _file(kind: str, data: Mapping[str, Any], node: str, time: str) -> dict[str, Any]:
    path = str(data.get("path") or "")
    return {
        "kind": kind,
        "name": path.rpartition("/")[2],
        "path": path,
        "bytes": data.get("bytes"),
        "sha256": str(data.get("sha256") or ""),
        "node": node,
        "time": time,
    }


def checks(preflight: Mapping[str, Any], since: str) -> list[dict[str, Any]]:
    """[{node, id, title, kind, message, remedy, evidence, waived_by}] of the files of the preflight: {node: content}.

    since: when the upgrade began, '' if it did not. Each run of it makes these files again, so that an older one is of an upgrade before.
    """
    return [one for node, content in sorted(preflight.items()) if not _is_older(content, since) for one in _checks(node, content)]


def _is_older(content: Any, since: str) -> bool:
    time = content.get("time") if isinstance(content, Mapping) else None
    return isinstance(time, str) and time < since


def _checks(node: str, content: Any) -> Iterator[dict[str, Any]]:
    found = content.get("checks") or content.get("results") or () if isinstance(content, Mapping) else content
    for one in found if isinstance(found, (list, tuple)) else ():
        if isinstance(one, Mapping) and one.get("id"):
            texts = {name: _text(one.get(name)) for name in ("id", "title", "message", "remedy", "evidence", "waived_by")}
            yield {"node": str(one.get("target") or node), **texts, "kind": str(one.get("kind") or "error")}


def work(entries: Sequence[Entry], aftercare: Any) -> list[dict[str, Any]]:
    """[{id, title, state, reason, owner, action}] of the aftercare's work list, if it was made in this upgrade."""
    counted = any(entry["event"] == "clients_counted" and entry["data"]["moment"] == "after" for entry in entries)
    items = aftercare.get("work_list") if counted and isinstance(aftercare, Mapping) else None
    return [_item(item) for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    action = item.get("action")
    texts = {name: _text(item.get(name)) for name in ("id", "title", "state", "reason", "owner")}
    return {**texts, "action": list(map(_text, action)) if isinstance(action, list) else []}


def _text(value: Any) -> str:
    """Text of whatever a file says there."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)
