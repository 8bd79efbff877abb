# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the screen of the callback `progress` knows of each site, as values, and how it shows a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..module_utils.model.plain_text import plain_line
from ..module_utils.model.plan_table import describe_estimate
from .progress_lines import clock


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

    def time(self, now: float) -> str:
        """'0:12:05 of about 30 minutes'."""
        passed = clock(now - self.begun)
        return f"{passed} of about {self.takes}" if self.takes else passed

    def progress(self, now: float) -> str:
        """Percent, time and detail, as far as they are known."""
        percent = "" if self.percent is None else f"{self.percent:>3} %  "
        return f"{percent}{self.time(now)}{f'  {self.detail}' if self.detail else ''}"


def begun_step(step: Mapping[str, Any], now: float) -> Step:
    """The Step that begins now, of a step of the plan."""
    node, title = (plain_line(str(step.get(name) or "")) for name in ("node", "title"))
    return Step(step["number"], step["total"], node, title, describe_estimate(step.get("estimate")), begun=now, shown=now)


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
    passing: float | None = None  # when the last line that the next one replaces was shown outside of a step

    def is_due(self, now: float, pause: float) -> bool:
        """Whether such a line is shown now: the first one of a task, and then one each `pause` seconds."""
        due = self.passing is None or now - self.passing >= pause
        self.passing = now if due else self.passing
        return due

    def widen(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Make room for these steps of a plan, so that the heads of all steps are aligned."""
        node, title = (max([len(plain_line(str(one[name]))) for one in steps] or [0]) for name in ("node", "title"))
        self.widths = (max(node, self.widths[0]), max(title, self.widths[1]))

    def head(self, step: Step, width: int) -> str:
        """'[ 7/23] a  Install ...', aligned where a terminal is wide."""
        digits = len(str(step.total))
        node, title = self.widths if width >= 100 else (0, 0)
        return f"[{step.number:>{digits}}/{step.total}] {step.node:<{node}}  {step.title:<{title}}"


@dataclass(frozen=True)
class Bar:
    """A step at work, for a terminal: what it is, percent, its time, and what it says."""

    left: str
    percent: int | None
    right: str
    detail: str
