# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How a module call ended, in one word that every module returns as `outcome`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import ApplianceError

# RETURN of update_install describes the words for users.
DONE = "done"  # changed, and verified by reading again
UNCHANGED = "unchanged"  # nothing had to be done
WAITING = "waiting"  # call again later, for example because the catch-up is closed
MANUAL = "manual"  # a person must act first
NOT_STARTED = "not_started"  # an earlier run began the step and sent no request
NOTHING_DONE = "nothing_done"  # failed before a request was sent
FAILED = "failed"  # the appliance reports a failure or refused the request
UNKNOWN = "unknown"  # a request was sent and could not be verified: the change may have happened, or may still happen
ALL = (DONE, UNCHANGED, WAITING, MANUAL, NOT_STARTED, NOTHING_DONE, FAILED, UNKNOWN)


def of_result(result: Mapping[str, Any]) -> str:
    """Return the outcome of an operation that did not fail."""
    if result.get("state") in (WAITING, MANUAL, NOT_STARTED):
        return result["state"]
    return DONE if result.get("changed") else UNCHANGED


def of_error(exc: ApplianceError, *, sent: bool) -> str:
    """Return the outcome of an error. sent: whether this or an earlier run had sent the request that changes the appliance."""
    return exc.facts.get("outcome") or (UNKNOWN if sent else NOTHING_DONE)
