# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal remembers of the versions: what runs where, since when the serving node runs it, and the catch-ups that follow. Pure.

state.py reads these events with all others. A catch-up follows whenever the serving node runs another version or build than before,
regardless of who installed it and of the name of its package, and also if its start was not observed.
"""

from __future__ import annotations

from typing import Any

from .client_state import BEFORE
from .decisions import by
from .parts import Building, Data, Entry
from .software import runs_after, same_software, software_of

# How the start of a catch-up is known.
VERIFIED = "verified"  # this journal's own installation or take-over
SEEN = "seen"  # read after another version was read before: somebody else installed it
UNOBSERVED = "unobserved"  # the first version that this journal read: nobody knows since when it runs
DECLARED = "declared"  # a person says since when

EVENTS: dict[str, tuple[str, ...]] = {
    "version_seen": ("guid", "version", "appliance_time"),
    "start_declared": ("version", "since", "by", "why"),
    "catch_up_waiting": ("package",),
    "catch_up_passed": ("package",),
    "catch_up_waived": ("package", "why"),
}
TYPES: dict[str, Any] = {"build": str, "by": str, "software": dict, "serves": bool}
_MEASURED = ("at", "online", "listed", "done", "of")  # of a reading of a closed catch-up
_COUNTS = ("online_before", "listed_before")


def installed(state: Building, facts: Data) -> None:
    """A step is verified. facts: data of its beginning and its end; what the appliance runs after it where that was read, `software`."""
    ran = runs_after(facts)
    if not ran:
        return
    guid, serves = facts.get("guid") or "", bool(facts.get("serves", True))
    _set_running(state, guid, ran, serves)
    if serves:
        _meet(state, dict(ran, guid=guid), facts["appliance_time"], VERIFIED, facts)
    else:
        state.unserved[guid] = dict(facts, **ran)


def begins(state: Building, data: Data) -> None:
    """A step begins. What ran before it (`software`) is known to the run that begins it: only another version starts a catch-up."""
    before = data.get("software")
    if before and state.served is None and data.get("serves", True):
        guid = data.get("guid") or ""
        _set_running(state, guid, before, True)
        state.served = dict(before, guid=guid)


def moved(state: Building, data: Data, more: Data) -> None:
    """Another node serves; more: what was counted before it did."""
    guid = data["guid"]
    about = dict(state.unserved.pop(guid, {}), **{name: more.get(name) for name in _COUNTS})
    ran = state.software.get(guid) or runs_after(about) or runs_after(dict(data, kind="site"))
    if not ran or state.served is None and more.get("served_before") == ran["version"]:
        return
    for known in state.software.values():
        known["serves"] = False
    _set_running(state, guid, ran, True)
    _meet(state, dict(software_of(ran), guid=guid), data["appliance_time"], VERIFIED, about)


def _set_running(state: Building, guid: str, ran: Data, serves: bool) -> None:
    state.software[guid] = dict(software_of(ran), serves=serves)


def _version_seen(state: Building, entry: Entry, data: Data) -> None:
    serves = data.get("serves", True)
    _set_running(state, data["guid"], data, serves)
    if not serves:
        return
    for guid, known in state.software.items():
        known["serves"] = guid == data["guid"]
    _meet(state, dict(software_of(data), guid=data["guid"]), data["appliance_time"], SEEN, _under_way(state, data["guid"]))


def _under_way(state: Building, guid: str) -> Data:
    """What is known of a step or a take-over that has begun and explains another version."""
    step = state.open_step or {}
    if step.get("guid") in (None, guid) and step.get("serves", True):
        return step
    moves = [one for one in state.actions if not one["ended"] and one["action"] in ("take_over", "swap")]
    return {**state.unserved.get(guid, {}), **{name: moves[-1]["data"].get(name) for name in _COUNTS}} if moves else {}


def _meet(state: Building, now: dict[str, Any], since: float, start: str, about: Data) -> None:
    """Clients meet this version at the serving node from `since` on, at the latest."""
    before, state.served = state.served, now
    if before and same_software(before, now):
        now["build"] = now["build"] or before["build"]
        _complete(state.catch_up, now, since, start, about)
        return
    if before is None and start == SEEN:
        start, state.unsynced = UNOBSERVED, True  # nobody knows what was installed since the last data sync either
    catch_up = {
        "package": about.get("package") or f"site version {now['version']}",
        "version": now["version"],
        "build": now["build"],
        "start": start,
        "since": since,
        "first_seen": since,
        "declared": None,
        "soak_hours": about.get("soak_hours"),
        "waited": 0,
        "readings": [],
        "passed": None,
        **_counted_before(state, about, start),
    }
    state.catch_up = catch_up
    state.catch_ups.append(catch_up)


def _counted_before(state: Building, about: Data, start: str) -> dict[str, Any]:
    """The counts before this version: of its own step, or else the last ones before it."""
    counted = state.counted[BEFORE] or {}
    last = {
        "online_before": (counted.get("connected") or {}).get("pinned_client"),
        "listed_before": (counted.get("jump_clients") or {}).get("listed"),
    }
    earlier = state.catch_ups[-1] if state.catch_ups else {}
    found = {}
    for name in _COUNTS:
        known = (about.get(name), earlier.get(name), last[name]) if start != UNOBSERVED else (about.get(name),)
        found[name] = next((one for one in known if one is not None), None)
    return found


def _complete(catch_up: dict[str, Any] | None, now: dict[str, Any], since: float, start: str, about: Data) -> None:
    """The same version again: complete a pending catch-up with the data of its step; later evidence moves its start to a later time."""
    if not catch_up or not same_software(catch_up, now):
        return
    if start == VERIFIED and about.get("kind"):
        catch_up.update(
            start=VERIFIED,
            since=max(catch_up["since"], since),
            package=about["package"],
            declared=None,
            soak_hours=about.get("soak_hours") or catch_up["soak_hours"],
        )
    catch_up.update({name: about[name] for name in _COUNTS if about.get(name) is not None})


def _start_declared(state: Building, entry: Entry, data: Data) -> None:
    catch_up = state.catch_up
    if catch_up and catch_up["start"] in (UNOBSERVED, DECLARED) and catch_up["version"] == data["version"]:
        declared = {"by": data["by"], "why": data["why"], "when": data.get("when") or str(data["since"])}
        catch_up.update(start=DECLARED, since=data["since"], declared=declared)


def _catch_up_waiting(state: Building, entry: Entry, data: Data) -> None:
    if state.catch_up and state.catch_up["package"] == data["package"]:
        state.catch_up["waited"] += 1
        state.catch_up["readings"].append({name: data[name] for name in _MEASURED if data.get(name) is not None})


def _catch_up_passed(state: Building, entry: Entry, data: Data) -> None:
    if state.catch_up and state.catch_up["package"] == data["package"]:
        state.catch_up["passed"] = entry["time"]
        state.catch_up, state.stragglers = None, data.get("stragglers") or []


def _nothing(state: Building, entry: Entry, data: Data) -> None:
    """A waiver is for one installation: the catch-up stays pending."""


READERS = {
    "version_seen": _version_seen,
    "start_declared": _start_declared,
    "catch_up_waiting": _catch_up_waiting,
    "catch_up_passed": _catch_up_passed,
    "catch_up_waived": _nothing,
}


# --- for people


def _seen(entry: Entry, data: Data) -> str:
    where = data.get("host") or data["guid"]
    build = f" (build {data['build']})" if data.get("build") else ""
    return f"{where} runs {data['version']}{build}" + ("" if data.get("serves", True) else "; it does not serve clients")


TEXTS = {
    "version_seen": _seen,
    "start_declared": lambda entry, data: (
        f"declared by {data['by']}: {data['version']} runs since {data.get('when') or data['since']} ({data['why']})"
    ),
    "catch_up_waived": lambda entry, data: f"{data['package']}: installed before the clients had their time: {data['why']}{by(entry)}",
}
