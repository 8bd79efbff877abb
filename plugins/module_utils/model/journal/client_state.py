# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal remembers of the clients: counts before and after, installers, consoles, changed settings, drains. Pure.

state.py reads these events with all others; entry_texts.py describes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from .parts import Building, ClientState, Data, Entry

BEFORE, AFTER = "before", "after"

# Each event and the data it cannot do without; more may be added to any of them.
EVENTS: dict[str, tuple[str, ...]] = {
    "clients_counted": ("moment", "counts"),
    "installers_recorded": ("installers",),
    "installer_made": ("old", "installer_id"),
    "installer_saved": ("installer_id", "platform", "path", "sha256"),
    "console_saved": ("which", "path", "sha256"),
    "confirmed": ("what",),
    "jump_settings_changed": ("host", "before", "after"),
    "jump_settings_restored": ("host",),
    "jump_settings_unrestored": ("host", "why"),
    "drained": ("host", "state"),
}
TYPES: dict[str, Any] = {
    **dict.fromkeys(("moment", "installer_id", "platform", "which", "state", "basis"), str),
    **dict.fromkeys(("counts", "before", "after"), dict),
    **dict.fromkeys(("installers", "stragglers"), list),
    **dict.fromkeys(("at", "online", "listed", "done", "of", "listed_before", "sessions", "people"), (int, float)),
}


def _counted(state: Building, entry: Entry, data: Data) -> None:
    """The first count before an upgrade resets what is remembered of the clients; later runs of the same upgrade do not."""
    if data["moment"] == AFTER:
        state.counted = dict(state.counted, after=data["counts"])
    elif not (state.under_way and state.counted[BEFORE]):
        fresh = ClientState(counted={BEFORE: data["counts"], AFTER: None}, jump_settings=state.jump_settings)
        state.set(**{one.name: getattr(fresh, one.name) for one in fields(fresh)})


def _installers_recorded(state: Building, entry: Entry, data: Data) -> None:
    state.installers = state.installers or data["installers"]


def _append_to(name: str) -> Callable[[Building, Entry, Data], None]:
    def read(state: Building, entry: Entry, data: Data) -> None:
        setattr(state, name, [*getattr(state, name), data])

    return read


def _confirmed(state: Building, entry: Entry, data: Data) -> None:
    state.confirmed = [*state.confirmed, data["what"]]


def _settings_changed(state: Building, entry: Entry, data: Data) -> None:
    """Settings that were changed twice are restored to the values before the first change."""
    first = state.jump_settings or {"before": {}, "after": {}, "time": entry["time"]}
    new = {key: value for key, value in data["before"].items() if key not in first["after"]}
    state.jump_settings = {
        "host": data["host"],
        "before": {**new, **first["before"]},
        "after": {**first["after"], **data["after"]},
        "time": first["time"],
        "why": "",
    }


def _settings_restored(state: Building, entry: Entry, data: Data) -> None:
    state.jump_settings = None


def _settings_unrestored(state: Building, entry: Entry, data: Data) -> None:
    if state.jump_settings:
        state.jump_settings = dict(state.jump_settings, why=data["why"])


READERS = {
    "clients_counted": _counted,
    "installers_recorded": _installers_recorded,
    "installer_made": _append_to("made"),
    "installer_saved": _append_to("downloads"),
    "console_saved": _append_to("consoles"),
    "confirmed": _confirmed,
    "drained": _append_to("drains"),
    "jump_settings_changed": _settings_changed,
    "jump_settings_restored": _settings_restored,
    "jump_settings_unrestored": _settings_unrestored,
}


# --- for people


def _settings(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items()) or "nothing"


def _counts(entry: Entry, data: Data) -> str:
    kinds = data["counts"].get("kinds") or {}
    shown = ", ".join(f"{name} {_of(one)}" for name, one in kinds.items() if isinstance(one, dict))
    return f"clients counted {data['moment']} the upgrade: {shown or data['counts'].get('connected') or 'nothing could be counted'}"


def _of(one: Mapping[str, Any]) -> Any:
    return one.get("total") if one.get("done") is None else f"{one['done']}/{one.get('total')}"


def _drained(entry: Entry, data: Data) -> str:
    people = f", {data['people']} people and {data['sessions']} sessions were there" if "people" in data and "sessions" in data else ""
    cut = "".join(f", {data[name]} {name.replace('_', ' ')}" for name in ("terminated", "logged_out") if data.get(name))
    why = f" ({data['reason']})" if data.get("reason") and cut else ""
    return f"drain of {data['host']}: {data['state']}{people}{cut}{why}"


TEXTS = {
    "clients_counted": _counts,
    "installers_recorded": lambda entry, data: f"{len(data['installers'])} Jump Client installers are valid; the upgrade makes them void",
    "installer_made": lambda entry, data: f"Jump Client installer {data.get('name') or data['installer_id']} made again",
    "installer_saved": lambda entry, data: f"installer for {data['platform']} saved: {data['path']}, SHA-256 {data['sha256']}",
    "console_saved": lambda entry, data: f"{data['which']} console installer saved: {data['path']}, SHA-256 {data['sha256']}",
    "confirmed": lambda entry, data: f"confirmed by {data.get('by') or 'a person'}: {data['what']}",
    "jump_settings_changed": lambda entry, data: (
        f"Jump Client settings of {data['host']} changed: {_settings(data['after'])} (before: {_settings(data['before'])})"
    ),
    "jump_settings_restored": lambda entry, data: f"Jump Client settings of {data['host']} put back",
    "jump_settings_unrestored": lambda entry, data: f"Jump Client settings of {data['host']} NOT put back: {data['why']}",
    "drained": _drained,
}


def still_open(clients: ClientState) -> list[str]:
    """Sentences about what a person must not forget. clients: parts.ClientState."""
    changed = clients.jump_settings
    if not changed:
        return []
    why = f" ({changed['why']})" if changed["why"] else ""
    return [f"Open: the Jump Client settings of {changed['host']} are changed{why}; before they were: {_settings(changed['before'])}."]
