# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A plan as a value: hops of steps, the same bytes for the same input, shown to people and to programs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from .package import SITE

INSTALL, GATE = "install", "gate"
SCHEMA = 1


@dataclass(frozen=True)
class Step:
    """One thing to do.

    action:          'install', or 'gate' (wait until clients have followed `package`)
    package:         the name as the appliance's list shows it
    kind, version:   of the package; version None for add-ons
    reason:          why it stands here, for people
    available:       whether it can be installed now; a later step usually becomes available on the way
    soak_hours:      for a gate, hours the manifest asks for; None: the gate's own default
    clients_upgrade: whether clients must upgrade after it (site packages only, M35-M37)
    release_notes:   their title or address (M1), '' for a gate
    file, sha256:    of the offline package, '' where the appliance fetches it
    """

    action: str
    package: str
    kind: str
    version: str | None
    reason: str = ""
    available: bool = False
    soak_hours: float | None = None
    clients_upgrade: bool = False
    release_notes: str = ""
    file: str = ""
    sha256: str = ""
    companions: tuple = ()

    def as_dict(self):
        return dict(asdict(self), companions=dict(self.companions))

    def line(self):
        if self.action == GATE:
            hours = f"at least {self.soak_hours:g} h" if self.soak_hours is not None else "at least 24 h by default"
            return f"gate: {hours}, and the clients have followed to {self.package}"
        state = "" if self.available else "; not available yet"
        return f"install {self.package} ({self.reason}{state})"


@dataclass(frozen=True)
class Hop:
    """Base packages that are due, one site package, add-ons, a gate. One maintenance window each."""

    steps: tuple

    @property
    def site_version(self):
        return next((step.version for step in self.steps if step.kind == SITE), None)


@dataclass(frozen=True)
class Plan:
    """Everything from what runs to what is wanted.

    reached: the wanted site version (and Base, where one was named) runs; add-ons may still be open
    certain: False where a step is only likely to unlock the next one, or something was taken on trust
    beyond:  names of packages that are offered and not part of the plan
    """

    site_version: str
    base_version: str | None
    target: str
    target_base: str | None
    reached: bool
    certain: bool
    hops: tuple = ()
    notes: tuple = ()
    beyond: tuple = ()
    hash: str = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "hash", hashlib.sha256(self._bytes()).hexdigest())

    @property
    def steps(self):
        return tuple(step for hop in self.hops for step in hop.steps)

    @property
    def next(self):
        """The step to do now (always an installation that is available), or None."""
        return next(iter(self.steps), None)

    @property
    def installs(self):
        return tuple(step for step in self.steps if step.action == INSTALL)

    def _content(self):
        return {
            "schema": SCHEMA,
            "site_version": self.site_version,
            "base_version": self.base_version,
            "target": self.target,
            "target_base": self.target_base,
            "reached": self.reached,
            "certain": self.certain,
            "hop_count": len(self.hops),
            "window_count": len(self.hops),
            "gate_count": sum(step.action == GATE for step in self.steps),
            "hops": [{"steps": [step.as_dict() for step in hop.steps]} for hop in self.hops],
            "notes": list(self.notes),
            "beyond": list(self.beyond),
        }

    def _bytes(self):
        return json.dumps(self._content(), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    def as_dict(self):
        following = self.next.as_dict() if self.next else None
        return dict(self._content(), hash=self.hash, next=following)

    def lines(self):
        """For people: where from and to, every hop and step, what is uncertain."""
        base = f"Base {self.base_version}" if self.base_version else "Base unknown"
        lines = [f"From {self.site_version} ({base}) to {self.target}: {self._size()}."]
        number = 0
        for index, hop in enumerate(self.hops, 1):
            lines.append(f"Hop {index} of {len(self.hops)}" + (f", to {hop.site_version}" if hop.site_version else ""))
            for step in hop.steps:
                number += 1
                lines.append(f"  {number}. {step.line()}")
        if self.installs:
            lines.append("Each installation takes the site down, ends sessions and logs everybody out;")
            lines.append("it usually takes 15 to 60 minutes, longer where many recordings are kept.")
        if not self.certain:
            lines.append("The list does not tell the whole path: it is read again, and planned anew, after each step.")
        lines += [f"Note: {note}" for note in self.notes]
        lines += [f"Offered, not part of this plan{'' if self.certain else ' yet'}: {name}" for name in self.beyond]
        return lines

    def _size(self):
        if not self.hops:
            return "nothing to do"
        gates = sum(step.action == GATE for step in self.steps)
        return ("" if self.certain else "at least ") + ", ".join(
            (_count(len(self.installs), "installation"), _count(len(self.hops), "hop"),
             _count(len(self.hops), "maintenance window"), _count(gates, "gate"))
        )  # fmt: skip


def _count(number, word):
    return f"{number} {word}" + ("" if number == 1 else "s")
