# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One step of a pair's upgrade, and the plan that it stands in, as values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

SYNC, BREAK, INSTALL, TAKE_OVER, INTERIM = "sync", "break", "install", "take_over", "interim"
ESTABLISH, GATE, SWAP = "establish", "gate", "swap"
NETWORK, ROLE = "network", "role"
SCHEMA = 1

_TEXTS = {
    SYNC: "synchronize the data from {node}",
    BREAK: "break the failover relation, on {node}",
    INSTALL: "install {package} on {node} ({reason})",
    TAKE_OVER: "{node} takes over from {peer}{how}",
    INTERIM: "interim: {reason}",
    ESTABLISH: "establish the failover relation from {node}; the data of {peer} is overwritten",
    GATE: "gate: the clients follow to what {node} runs",
    SWAP: "swap the roles back: {node} becomes primary",
}


@dataclass(frozen=True)
class PairStep:
    """action: one of the words above; node: where it is done, peer: the other one; package, kind, version: of an installation.

    reason: for people; how: 'network' or 'role' of a take-over; data_sync_first: whether that take-over may pull a sync;
    next_run_at: ISO 8601 UTC by the appliance's clock, when an interim is over; done: an interim that only has to be noted.
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

    def as_dict(self):
        return asdict(self)

    def line(self):
        how = {"": "", NETWORK: "; the public name moves", ROLE: "; the roles are swapped"}[self.how]
        return _TEXTS[self.action].format(**dict(asdict(self), how=how))


@dataclass(frozen=True)
class PairPlan:
    """steps: what is left of the present hop, the next one first; later: site versions of the hops after it; blockers: Problems.

    target: the version to reach. Nothing may be done while there is a blocker.
    """

    mode: str
    target: str
    steps: tuple = ()
    later: tuple = ()
    blockers: tuple = ()
    notes: tuple = ()

    @property
    def next(self):
        return self.steps[0] if self.steps and not self.blockers else None

    @property
    def reached(self):
        return not self.steps and not self.later and not self.blockers

    @property
    def hash(self):
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def _content(self):
        return {
            "schema": SCHEMA, "mode": self.mode, "target": self.target, "steps": [step.as_dict() for step in self.steps],
            "later": list(self.later), "notes": list(self.notes),
        }  # fmt: skip

    def as_dict(self):
        return dict(self._content(), hash=self.hash)
