# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads a running installation until the package is verified."""

from __future__ import annotations

from typing import Any

from ..errors import NOT_YET, Refused
from ..model.package import AVAILABLE, BASE, INSTALLED, SITE
from ..model.version import Version
from ..policy.install import Seen, Wanted, row_of
from ..wait import NotYet
from .port import Appliance
from .read_software import describe_progress


class InstallWatch:
    """Called again and again until it returns a evidence.

    .before: {version, base} for the diff; .ran: {version, build} before the request, as far as this run read them.
    """

    def __init__(self, appliance: Appliance, wanted: Wanted, seen: Seen | None, old_failure: str = "") -> None:
        """seen: what was read before, or None; old_failure: the message of the page about a failed installation before this one."""
        self._appliance, self._wanted, self._busy, self._old_failure = appliance, wanted, False, old_failure
        self.before = {"version": seen.site_version, "base": seen.base_version} if seen else {}
        self.ran: dict[str, str] = seen.software if seen else {}

    def has_started(self) -> bool:
        """True once it was seen to run, to be away, or to have ended."""
        try:
            return bool(self() or self._busy)
        except NOT_YET:
            return True

    def is_untouched(self) -> bool:
        """True when every read shows that no installation began: no progress, and the list offers the package as before."""
        updates = self._appliance.pages.updates(check=False)
        row = row_of(updates.packages, self._wanted.name)
        return not updates.installing and row is not None and row.state == AVAILABLE and self._appliance.health().healthy

    def __call__(self) -> Any:
        """The evidence, as a dict of what was read, or NotYet; raises NOT_YET errors while the appliance is away."""
        progress = self._appliance.pages.progress()
        if progress.failed and (self._busy or progress.text != self._old_failure):
            raise Refused(
                f"The installation of {self._wanted.name!r} failed.",
                host=self._appliance.host,
                evidence=progress.text,
                remedy="Nothing else was started.",
                facts={"outcome": "failed"},
            )
        if progress.running:
            self._busy = True
            self._appliance.say(f"{self._wanted.name}: {describe_progress(progress)}")
            return NotYet(describe_progress(progress))
        return self._verify()

    def _verify(self) -> Any:
        if self._wanted.kind == SITE:
            return self._verify_site()
        alive, _text = self._appliance.probe_health()
        if not alive:
            return NotYet("/check_health reports that the appliance is not healthy")
        if self._wanted.kind == BASE:
            return self._verify_base()
        row = row_of(self._appliance.pages.updates(check=True).packages, self._wanted.name)
        gone = row is None or row.state == INSTALLED
        return {"left_the_list": True} if gone else NotYet(f"the list still shows it as {row.state}")

    def _verify_site(self) -> Any:
        health = self._appliance.health()
        known = self.ran.get("version") not in (None, health.version)  # the old version may be shown for a while, a third one not
        if health.healthy and (known or Version(health.version) == Version(self._wanted.version)):
            return {"version": health.version, "build": health.build}
        return NotYet(f"it runs {health.version}{'' if health.healthy else ' and is not healthy: ' + health.message}")

    def _verify_base(self) -> Any:
        runs = self._appliance.pages.basics().base_version
        return {"base_version": runs} if Version(runs) == Version(self._wanted.version) else NotYet(f"it runs Base {runs}")
