# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Refuses variables of the role preflight that name no check, or an option that it has not, before the first request. Pure."""

from __future__ import annotations

from typing import Any

from .registry import select
from .run import CHECKS
from .waivers import read_waivers

SELECTIONS = ("preflight_checks", "preflight_skip", "preflight_confirmed")
WAIVERS = "preflight_waivers"
_EVERY_DATE = 0.0  # an expired waiver fails when its check is made: a run that only waits does not need it


def refuse_unknown_checks(variable: str, value: Any) -> None:
    """InvalidInput if the value of the variable does not fit the checks that there are."""
    if variable in SELECTIONS:
        select(CHECKS, value)
    elif variable == WAIVERS:
        read_waivers(value, CHECKS, now=_EVERY_DATE)
