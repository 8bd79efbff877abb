# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who and what is connected besides Jump Clients: representatives with sessions, Jumpoints, installers, users."""

import math
import random
from dataclasses import dataclass, field


@dataclass
class Representative:
    """Logged in since `since` (virtual seconds), which may lie ahead after an outage; inf: stays away."""

    id: int
    name: str
    type: str
    returns: float | None
    since: float
    sessions: list = field(default_factory=list)

    def logged_in(self, now):
        return self.since <= now


@dataclass
class Jumpoint:
    """Connected from `back` on; `seen`: it has connected since the last upgrade (jzp_* are null until then)."""

    id: int
    name: str
    platform: str
    enabled: bool
    clustered: bool
    nodes: int
    returns: float | None
    back: float
    cut: float | None = None

    def connected(self, now):
        return self.enabled and self.back <= now


@dataclass
class Installer:
    """A generated Jump Client installer; an upgrade makes it invalid by moving `expires`."""

    id: int
    installer_id: str
    fields: dict
    expires: float
    key: str = ""  # the secret deployment key

    def valid(self, now):
        return now < self.expires


class People:
    """Everyone at the site, as the APIs and the Status pages show them."""

    def __init__(self, world, guid, start):
        spec = world["clients"]
        self._random = random.Random(f"people {guid}")
        self.representatives = [self._representative(n, s, start) for n, s in enumerate(spec["representatives"], 1)]
        self.jumpoints = [_jumpoint(n, s, start) for n, s in enumerate(spec["jumpoints"], 1)]
        self.installers = []
        for number in range(1, spec["installers"] + 1):
            self.add_installer({"jump_group_id": 1, "name": f"Installer {number}"}, start, 525600)
        self.users = spec["users"]
        self.attributes = {}  # session id -> {code name: text}

    def _representative(self, number, spec, start):
        sessions = [self._hex32() for _session in range(spec["sessions"])]
        returns = _seconds(spec["returns_minutes"])
        return Representative(number, spec["name"], spec["type"], returns, start - 3600, sessions)

    def _hex32(self):
        return f"{self._random.getrandbits(128):032x}"

    def logged_in(self, now):
        return [person for person in self.representatives if person.logged_in(now)]

    def sessions(self, now):
        """Session id -> the representative who holds it."""
        return {lsid: person for person in self.logged_in(now) for lsid in person.sessions}

    def end_session(self, lsid, now):
        person = self.sessions(now).get(lsid)
        if person:
            person.sessions.remove(lsid)
        return person is not None

    def log_out(self, person_id, now):
        found = [person for person in self.logged_in(now) if person.id == person_id]
        for person in found:
            person.since, person.sessions = math.inf, []
        return bool(found)

    def log_in(self, name, now):
        """Somebody new logs in (control port)."""
        number = max((person.id for person in self.representatives), default=0) + 1
        self.representatives.append(Representative(number, name, "Normal", 900, now, []))
        return number

    def cut(self, down, up):
        """An outage: all are logged out, sessions end; they return each in their time after `up`."""
        for person in self.representatives:
            if person.since <= up:
                person.sessions = []
                person.since = math.inf if person.returns is None else up + person.returns
        for jumpoint in self.jumpoints:
            jumpoint.cut = down
            jumpoint.back = math.inf if jumpoint.returns is None else up + jumpoint.returns

    def upgraded(self, at):
        """A new site version: generated installers are invalid as soon as it runs (procedure 12)."""
        for installer in self.installers:
            installer.expires = min(installer.expires, at)

    def add_installer(self, fields, now, minutes):
        number = len(self.installers) + 1
        installer = Installer(number, self._hex32(), fields, now + 60 * minutes, self._hex32())
        self.installers.append(installer)
        return installer


def _jumpoint(number, spec, start):
    returns = _seconds(spec["returns_minutes"])
    keys = {key: spec[key] for key in ("name", "platform", "enabled", "clustered", "nodes")}
    return Jumpoint(number, **keys, returns=returns, back=start - 86400)


def _seconds(minutes):
    return None if minutes is None else 60 * minutes
