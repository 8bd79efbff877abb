# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The types of what a machine has from its world, or has only at times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .installation import Installation
    from .pair import Pair


class Attributes:
    """Declarations only; Machine sets them. Times are virtual, in seconds."""

    name: str
    guid: str
    hostname: str
    model: str
    serial: str
    build: str
    language: str
    layout: str
    login_agreement: str
    health_problem: str
    timezone: str
    timezone_offset: int
    cluster_role: str
    failover_role: str
    shared_ips: list[str]
    pair: Pair | None
    downs: list[tuple[float, float]]
    mails: list[Any]
    history: list[Any]
    writes: list[str]
    health_cache: tuple[Any, ...] | None
    _installation: Installation | None
    _pending: tuple[Any, ...] | None
    _away: tuple[float, float] | None
    checked_at: float | None
