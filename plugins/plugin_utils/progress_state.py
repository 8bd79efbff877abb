# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the screen of the callback `progress` knows of each site, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Step:
    """The step at which a site is. begun, shown: by the clock of the Screen, shown for the last line in a log."""

    number: int
    total: int
    node: str
    title: str
    takes: str
    begun: float
    shown: float
    percent: int | None = None
    detail: str = ""


@dataclass
class Site:
    """What the screen knows of one site, by the host that upgrades it.

    node, module: of its present task; work: what is left to do for the clients, ''; report: path of its page, ''.
    """

    step: Step | None = None
    node: str = ""
    module: str = ""
    total: int = 0
    widths: tuple[int, int] = (0, 0)
    summary: Mapping[str, Any] | None = None
    work: str = ""
    report: str = ""
    saved: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)  # numbers of steps that were not needed


@dataclass(frozen=True)
class Bar:
    """A step at work, for a terminal: what it is, percent, its time, and what it says."""

    left: str
    percent: int | None
    right: str
    detail: str
