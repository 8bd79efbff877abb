# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a rehearsal rests on and no interface says: each fact with its basis and its reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

ASSUMED, DECLARED, MEASURED, CANNOT_BE_KNOWN = "assumed", "declared", "measured", "cannot_be_known"


@dataclass(frozen=True)
class Fact:
    """fact: its name; basis: ASSUMED, DECLARED, MEASURED or CANNOT_BE_KNOWN; value: what was taken; why: the reason. For people."""

    fact: str
    basis: str
    value: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Return a dict, for JSON."""
        return asdict(self)
