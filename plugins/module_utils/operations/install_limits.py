# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The time limits of an installation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InstallLimits:
    """Seconds: `timeout` for the whole installation, `interval` between reads, `start` until it must be seen to run.

    stable: how many good reads in a row verify it.
    """

    timeout: int
    interval: int
    start: int
    stable: int
