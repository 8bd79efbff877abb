# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The path of one node as a value: hops of steps, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from .package import SITE

INSTALL, CATCH_UP = "install", "catch_up"
SCHEMA = 1


@dataclass(frozen=True)
class Step:
    """One thing to do.

    action:          'install', or 'catch_up' (wait until clients caught up with `package`)
    package:         the name as the appliance's list shows it
    kind, version:   of the package; version None for add-ons
    reason:          why it is a step, for people
    available:       whether it can be installed now; a later step usually becomes available on the way
    soak_hours:      for a catch-up, hours that the manifest requires; None: the default
    clients_upgrade: whether clients must upgrade after it (site packages only, docs/mission.md#m37)
    release_notes:   their title or address, '' for a catch-up
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
    companions: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return dict(asdict(self), companions=dict(self.companions))


@dataclass(frozen=True)
class Hop:
    """Base packages that are due, one site package, add-ons, a catch-up. One maintenance window each."""

    steps: tuple[Step, ...]

    @property
    def site_version(self) -> str | None:
        return next((step.version for step in self.steps if step.kind == SITE), None)


@dataclass(frozen=True)
class Plan:
    """Everything from what runs to what is wanted.

    reached: the wanted site version (and Base, where one was named) runs; add-ons may still be open
    certain: False where a step is only likely to unlock the next one, or something was taken on trust
    beyond:  names of packages that are offered and not part of the plan
    unclassified: names of listed packages that are no step because their names do not say what they are
    """

    site_version: str
    base_version: str | None
    target: str
    target_base: str | None
    reached: bool
    certain: bool
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    unclassified: tuple[str, ...] = ()
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hash", hashlib.sha256(self._bytes()).hexdigest())

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for hop in self.hops for step in hop.steps)

    @property
    def next(self) -> Step | None:
        """The step to do now (always an installation that is available), or None."""
        return next(iter(self.steps), None)

    @property
    def installs(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.action == INSTALL)

    def _content(self) -> dict[str, Any]:
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
            "catch_up_count": sum(step.action == CATCH_UP for step in self.steps),
            "hops": [{"steps": [step.as_dict() for step in hop.steps]} for hop in self.hops],
            "notes": list(self.notes),
            "beyond": list(self.beyond),
            "unclassified": list(self.unclassified),
        }

    def _bytes(self) -> bytes:
        return json.dumps(self._content(), sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

    def as_dict(self) -> dict[str, Any]:
        following = self.next.as_dict() if self.next else None
        return dict(self._content(), hash=self.hash, next=following)
