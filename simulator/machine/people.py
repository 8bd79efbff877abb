# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who and what is connected besides Jump Clients: representatives with sessions, Jumpoints, installers, users."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

from .installers import Installer
from .sessions import Representative, Session


@dataclass
class Jumpoint:
    """Connected from `back` on; `seen`: it has connected since the last upgrade (jzp_* are null until then)."""

    id: int
    name: str
    platform: str
    enabled: bool
    clustered: bool
    nodes: int
    returns: float
    back: float
    cut: float | None = None
    uninstalled: bool = False

    def connected(self, now: float) -> bool:
        return self.enabled and not self.uninstalled and self.back <= now


@dataclass
class Named:
    """A Jump Group, a team or a user; ids are never given again."""

    id: int
    name: str
    enabled: bool = True


def _named(names: Any) -> list[Named]:
    return [Named(number, name) for number, name in enumerate(names, 1)]


class People:
    """Everyone at the site, as the APIs and the Status pages show them."""

    def __init__(self, world: dict[str, Any], guid: str, start: float) -> None:
        spec = world["clients"]
        self._random = random.Random(f"people {guid}")
        self.recorded, self.sessions_cut = [], 0  # all sessions ever; how many an outage ended
        self.representatives = [self._representative(n, s, start) for n, s in enumerate(spec["representatives"], 1)]
        self.jumpoints = [_jumpoint(n, s, start) for n, s in enumerate(spec["jumpoints"], 1)]
        self.installers, self.installer_settings = [], spec["installer_settings"]
        for number in range(1, spec["installers"] + self.installer_settings["expired"] + 1):
            fields = {"jump_group_id": (number - 1) % self.installer_settings["groups"] + 1, "name": f"Installer {number}"}
            expired = number > spec["installers"]
            self._add_installer(fields, start - 86400 * number if expired else start + 60 * 525600)
        self.users = _named(["admin", *(f"user{number}" for number in range(2, spec["users"] + 1))][: spec["users"]])
        self.teams = _named(spec["teams"])
        self.jump_groups = _named(f"Jump Group {number}" for number in range(1, spec["jump_clients"]["groups"] + 1))
        self.attributes = {}  # session id -> {code name: text}

    def _representative(self, number: int, spec: dict[str, Any], start: float) -> Representative:
        leaves, ends = (start + _seconds(spec[key]) for key in ("logs_out_minutes", "session_minutes"))
        returns = _seconds(spec["returns_minutes"])
        person = Representative(number, spec["name"], spec["type"], returns, start - 3600, leaves)
        for session in range(spec["sessions"]):
            self._begin(person, start - 1800 - 60 * session, ends)
        return person

    def _begin(self, person: Any, begun: Any, ends: Any) -> str:
        """One more session of this person; it ends with the person's working day at the latest."""
        session = Session(self._hex32(), len(self.recorded) + 1, person, begun, min(ends, person.leaves))
        self.recorded.append(session)
        person.held.append(session)
        return session.lsid

    def _hex32(self) -> str:
        return f"{self._random.getrandbits(128):032x}"

    def logged_in(self, now: float) -> list[Representative]:
        return [person for person in self.representatives if person.logged_in(now)]

    def sessions(self, now: float) -> dict[str, Representative]:
        """Session id -> the representative who holds it."""
        return {lsid: person for person in self.logged_in(now) for lsid in person.sessions(now)}

    def end_session(self, lsid: str, now: float) -> bool:
        person = self.sessions(now).get(lsid)
        if person:
            person.end(now, lsid)
        return person is not None

    def log_out(self, person_id: Any, now: float) -> bool:
        found = [person for person in self.logged_in(now) if person.id == person_id]
        for person in found:
            person.end(now)
            person.since = math.inf
        return bool(found)

    def log_in(self, name: str, now: float, sessions: Any = 0) -> int:
        """Somebody new logs in (control port)."""
        number = max((person.id for person in self.representatives), default=0) + 1
        person = Representative(number, name, "Normal", 900, now)
        self.representatives.append(person)
        for _session in range(sessions):
            self._begin(person, now, math.inf)
        return number

    def start_session(self, name: str, now: float, minutes: Any = None) -> str | None:
        """The id of one more session of a person who is logged in, or None (control port)."""
        person = next((one for one in self.logged_in(now) if one.name == name), None)
        return self._begin(person, now, now + _seconds(minutes)) if person else None

    def cut(self, down: float, up: float) -> None:
        """An outage: all are logged out, sessions end; they return each in their time after `up`."""
        for person in self.representatives:
            if person.since <= up:
                self.sessions_cut += person.end(down)
                person.since = up + person.returns
        for jumpoint in self.jumpoints:
            jumpoint.cut = down
            jumpoint.back = up + jumpoint.returns

    def uninstall_jumpoints(self, now: float) -> int:
        """They disconnect until somebody installs them again; the number of them (control port)."""
        found = [one for one in self.jumpoints if not one.uninstalled]
        for one in found:
            one.uninstalled, one.cut = True, now
        return len(found)

    def reinstall_jumpoints(self, now: float) -> int:
        found = [one for one in self.jumpoints if one.uninstalled]
        for one in found:
            one.uninstalled, one.back = False, now
        return len(found)

    def uninstall_consoles(self, now: float) -> int:
        """All representatives log out for good, also those who would have come back from an outage (control port)."""
        found = [person for person in self.representatives if person.since < math.inf]
        for person in found:
            person.end(now)
            person.since = math.inf
        return len(found)

    def remove(self, kind: str, name: str) -> bool:
        """Somebody deletes one of `users`, `teams`, `jump_groups`, `jumpoints` or `installers`; False without one of that name."""
        rows = getattr(self, kind)
        found = next((one for one in rows if (one.fields["name"] if kind == "installers" else one.name) == name), None)
        if found:
            rows.remove(found)
        return found is not None

    def add(self, kind: str, name: str) -> int:
        """Somebody makes a team or a Jump Group; its id."""
        rows = getattr(self, kind)
        rows.append(Named(max((one.id for one in rows), default=0) + 1, name))
        return rows[-1].id

    def upgraded(self, at: float) -> None:
        """A new site version: generated installers are invalid as soon as it runs (procedure 12)."""
        for installer in self.installers:
            installer.expires = min(installer.expires, at)

    def add_installer(self, fields: Any, now: float, minutes: Any) -> Installer:
        """A new one; it takes its seconds until it can be downloaded."""
        installer = self._add_installer(fields, now + 60 * minutes)
        installer.made, installer.ready = True, now + self.installer_settings["ready_seconds"]
        return installer

    def _add_installer(self, fields: Any, expires: Any) -> Installer:
        number = max((one.id for one in self.installers), default=0) + 1
        installer = Installer(number, self._hex32(), fields, expires, self._hex32())
        self.installers.append(installer)
        return installer


def _jumpoint(number: int, spec: dict[str, Any], start: float) -> Jumpoint:
    returns = _seconds(spec["returns_minutes"])
    keys = {key: spec[key] for key in ("name", "platform", "enabled", "clustered", "nodes")}
    return Jumpoint(number, **keys, returns=returns, back=start - 86400)


def _seconds(minutes: float | None) -> float:
    """inf for None: never."""
    return math.inf if minutes is None else 60 * minutes
