# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One installation: where it stands is a function of the virtual time alone."""

from __future__ import annotations

from typing import Any

DOWNLOADING, INSTALLING, REBOOTING, LAGGING = "downloading", "installing", "rebooting", "lagging"
STUCK, FAILED, DONE = "stuck", "failed", "done"
STUCK_AT = 60  # percent


class Installation:
    """A package on its way: downloading, installing, rebooting, lagging, then done; or stuck, or failed.

    Lagging: the machine is up and has the package, but the product's APIs still tell the old version for a
    while (interfaces, trap 8). begun: virtual seconds; speed of it all by package.minutes.
    """

    def __init__(self, package: Any, begun: Any, contact: Any = None, fails: str = "") -> None:
        self.package, self.begun, self.contact = package, begun, contact
        self._fails = fails or package.fails
        minutes = package.minutes
        self.downloaded = begun + 60 * minutes["download"]
        self.installed = self.downloaded + 60 * minutes["install"]
        self.restarted = self.installed + 60 * minutes["reboot"]
        self.finished = self.restarted + 60 * minutes["lag"]

    def phase(self, now: float) -> str:
        if now < self.downloaded:
            return DOWNLOADING
        if self.package.stuck and self.percent(now) >= STUCK_AT:
            return STUCK
        if now < self.installed:
            return INSTALLING
        if self._fails:
            return FAILED
        if now < self.restarted:
            return REBOOTING
        return LAGGING if now < self.finished else DONE

    def percent(self, now: float) -> int:
        """Of download and installation, 0 to 100; a stuck one stays at STUCK_AT for ever."""
        length = max(self.installed - self.begun, 1)
        percent = min(100, max(0, int(100 * (now - self.begun) / length)))
        return min(percent, STUCK_AT) if self.package.stuck else percent

    def message(self, now: float) -> str:
        """Why it failed, or an empty text."""
        return self._fails if self.phase(now) == FAILED else ""

    def busy(self, now: float) -> bool:
        """Is the appliance at work on it (a stuck one is, for ever)?"""
        return self.phase(now) in (DOWNLOADING, INSTALLING, REBOOTING, STUCK)

    def busy_until(self) -> float:
        """When the work ends; a stuck one counts as over, so that idle time may run."""
        if self.package.stuck:
            return self.downloaded
        return self.installed if self._fails else self.restarted

    def down(self, now: float) -> str | None:
        """What does not answer: None, 'site' (everything but /appliance) or 'all'."""
        phase = self.phase(now)
        if phase == REBOOTING:
            return "all"
        return "site" if phase == INSTALLING and self.package.kind in ("site", "hotfix") else None

    def outages(self) -> list[tuple[float, float]]:
        """[(from, until)] in which users cannot work, as far as it runs as planned (a restart in between is told apart)."""
        if self.package.kind in ("site", "hotfix"):
            return [(self.downloaded, self.installed if self._fails else self.restarted)]
        return [] if self._fails or self.package.stuck or self.restarted == self.installed else [(self.installed, self.restarted)]

    def down_since(self) -> float:
        """When the product's users were cut off."""
        return self.downloaded if self.package.kind in ("site", "hotfix") else self.installed

    def shown(self, now: float) -> Progress:
        """The view for the pages and the control port."""
        return Progress(self.package, self.phase(now), self.percent(now), self.message(now))


class Progress:
    """What a page may show: package, phase, percent, message."""

    def __init__(self, package: Any, phase: Any, percent: Any, message: str) -> None:
        self.package, self.phase, self.percent, self.message = package, phase, percent, message

    @property
    def name(self) -> str:
        return self.package.name

    @property
    def running(self) -> bool:
        return self.phase in (DOWNLOADING, INSTALLING, REBOOTING, STUCK)
