# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Restart, shut down, factory reset: the controls on Status > Basics that nobody should press by mistake."""

from __future__ import annotations

import math
from typing import Any

from .attributes import Attributes

RESTART_SECONDS = 300


class Power(Attributes):
    """The part of a Machine that goes down on request."""

    def restart(self) -> None:
        """Restart on Status > Basics. During a Base update that is what one must never do: it does not come back."""
        now = self.now()
        package = self._installation.package if self._installation and self._installation.busy(now) else None
        ruined = package is not None and package.kind == "base"
        self._away = (now, math.inf if ruined else now + RESTART_SECONDS)
        self.downs.append(self._away)
        if package is None and self.behind_public_name:
            self.people.cut(now, now + RESTART_SECONDS)
        self.event("restarted", during=package.id if package else None)
        self.write("restart")

    def flap(self, times: Any, seconds: float) -> None:
        """Come and go from now on: so many times away for so many seconds, and back as long in between."""
        begin = self.now()
        self.flaps = [(begin + 2 * number * seconds, begin + (2 * number + 1) * seconds) for number in range(times)]
        self.downs += self.flaps

    def is_flapping(self) -> bool:
        """Is it away just now?"""
        return any(begin <= self.now() < end for begin, end in self.flaps)

    def shut_down(self) -> None:
        """Shut down: nobody is there to switch it on again."""
        self._away = (self.now(), math.inf)
        self.downs.append(self._away)
        self.event("shut_down")
        self.write("shut down")

    def factory_reset(self) -> None:
        """Factory reset: the site is gone for good."""
        self._away = (self.now(), math.inf)
        self.downs.append(self._away)
        self.event("factory_reset")
        self.write("factory reset")
