# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One step of an upgrade, and the plan of a pair's present hop, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

SYNC, BREAK, INSTALL, TAKE_OVER, INTERIM = "sync", "break", "install", "take_over", "interim"
ESTABLISH, CATCH_UP, SWAP, RESTORE = "establish", "catch_up", "swap", "restore"
NETWORK, ROLE = "network", "role"
SCHEMA = 1

_TEXTS = {
    SYNC: "synchronize the data from {node}",
    BREAK: "break the failover relation, on {node}",
    INSTALL: "install {package} on {node} ({reason})",
    TAKE_OVER: "{node} takes over from {peer}{how}",
    INTERIM: "interim: {reason}",
    ESTABLISH: "establish the failover relation from {node}; the data of {peer} is overwritten",
    CATCH_UP: "wait until clients have caught up with what {node} runs",
    SWAP: "swap the roles back: {node} becomes primary",
    RESTORE: "restore the settings of the Jump Clients' upgrades on {node}",
}
_TITLES = {
    SYNC: "synchronize the data",
    BREAK: "break the failover relation",
    INSTALL: "install {package}",
    TAKE_OVER: "take over from {peer}{how}",
    INTERIM: "wait between the two nodes",
    ESTABLISH: "establish the failover relation",
    CATCH_UP: "wait for the clients",
    SWAP: "swap the roles back",
    RESTORE: "restore the Jump Client settings",
}


@dataclass(frozen=True)
class PairStep:
    """action: one of the words above; node: where it is done, peer: the other one, '' for a standalone appliance;
    package, kind, version: of an installation.

    reason: for people; how: 'network' or 'role' of a take-over; data_sync_first: whether that take-over may pull a sync;
    next_run_at: ISO 8601 UTC by the appliance's clock, when an interim is over; done: an interim that only has to be recorded;
    max_age, since: of a sync, which earlier one is enough: not older in seconds, or not before that moment of the primary's clock.
    """

    action: str
    node: str
    peer: str
    package: str = ""
    kind: str = ""
    version: str | None = None
    reason: str = ""
    how: str = ""
    data_sync_first: bool = False
    next_run_at: str = ""
    done: bool = False
    max_age: float = 0
    since: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PairStep:
        """From as_dict(); what this class does not know is left out."""
        return cls(**{one.name: values[one.name] for one in fields(cls) if one.name in values})

    def line(self) -> str:
        """One line for people, with the node."""
        how = {"": "", NETWORK: "; the public name moves", ROLE: "; the roles are swapped"}[self.how]
        return _TEXTS[self.action].format(**dict(asdict(self), how=how))

    def title(self) -> str:
        """A short title for people, without the name of the node."""
        how = {"": "", NETWORK: " (public name)", ROLE: " (role swap)"}[self.how]
        return _TITLES[self.action].format(**dict(asdict(self), how=how))


@dataclass(frozen=True)
class PairPlan:
    """steps: what is left of the present hop, the next one first; later: site versions of the hops after it; blockers: Problems.

    target: the version to reach. Nothing may be done while there is a blocker.
    """

    mode: str
    target: str
    steps: tuple[PairStep, ...] = ()
    later: tuple[str, ...] = ()
    blockers: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def next(self) -> PairStep | None:
        return self.steps[0] if self.steps and not self.blockers else None

    @property
    def reached(self) -> bool:
        return not self.steps and not self.later and not self.blockers

    @property
    def hash(self) -> str:
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "mode": self.mode,
            "target": self.target,
            "steps": [step.as_dict() for step in self.steps],
            "later": list(self.later),
            "notes": list(self.notes),
        }

    def as_dict(self) -> dict[str, Any]:
        return dict(self._content(), hash=self.hash)
