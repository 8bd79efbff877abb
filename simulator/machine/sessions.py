# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Representatives and their support sessions: who is at work, and what was recorded of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class Session:
    """One session, running from `begun` until `ends` (virtual seconds; inf: until somebody ends it)."""

    lsid: str
    number: int  # lseq of the Reporting API
    person: object
    begun: float
    ends: float

    def running(self, now: float) -> bool:
        return self.begun <= now < self.ends


@dataclass
class Representative:
    """Logged in since `since` (virtual seconds), which may lie ahead after an outage (inf: stays away), until `leaves`."""

    id: int
    name: str
    type: str
    returns: float  # seconds after an outage; inf: never
    since: float
    leaves: float = math.inf
    held: list = field(default_factory=list)  # of Session, also those that have ended

    def logged_in(self, now: float) -> bool:
        return self.since <= now < self.leaves

    def sessions(self, now: float) -> list[str]:
        """The ids of those that run now."""
        return [one.lsid for one in self.held if one.running(now)]

    def end(self, at: float, lsid: str | None = None) -> int:
        """One session ends, or all that run; the number of them."""
        ending = [one for one in self.held if one.running(at) and lsid in (None, one.lsid)]
        for one in ending:
            one.ends = at
        return len(ending)
