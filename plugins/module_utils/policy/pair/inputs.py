# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a plan of a pair is made from besides the pair itself: offers, policies, and what the journal remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ...model.package import Package

Offers = Mapping[str, tuple[Optional[str], Sequence[Package]]]  # {node's name: (Base version, rows)}


@dataclass(frozen=True)
class Policies:
    """What the vendor's public text leaves open, or a person decides; see the module upgrade_plan."""

    failover_relation_during_upgrade: str = "break"
    base_while_related: bool = False
    interim_min: float = 0
    interim_max: float = 0
    interim_acknowledge: bool = False
    data_gap: str = "refuse"
    restore_roles: bool = False
    sync_max_age: float = 3600
    acknowledged: tuple = ()


@dataclass(frozen=True)
class Memory:
    """What the journal remembers of the pair; see model.journal.parts."""

    guids: tuple = ()
    origin: str = ""
    catch_up: bool = False
    first_done_at: float | None = None
    acknowledged: tuple = ()
    broken: bool = False
    moving: str = ""
    unsynced: bool = False
    sync_since: float | None = None

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Memory:
        """From model.journal.memory.memory_of; what it does not hold is not known."""
        lists: Any = {name: tuple(known.get(name) or ()) for name in ("guids", "acknowledged")}
        texts: Any = {name: known.get(name) or "" for name in ("origin", "moving")}
        flags: Any = {name: bool(known.get(name)) for name in ("catch_up", "broken", "unsynced")}
        return cls(**lists, **texts, **flags, first_done_at=known.get("first_done_at"), sync_since=known.get("sync_since"))


DEFAULT_POLICIES = Policies()
NO_MEMORY = Memory()
