# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How an operation ended, in one word that every module returns as `outcome`."""

from __future__ import annotations

DONE = "done"  # changed, and proved by reading again
UNCHANGED = "unchanged"  # nothing was to be done
WAITING = "waiting"  # a gate is closed; come back
OPERATOR = "operator"  # a person has to act first
NOT_STARTED = "not_started"  # asked for, and proved not to have begun
NOTHING_DONE = "nothing_done"  # failed before anything was asked for
FAILED = "failed"  # the appliance says that it failed
UNKNOWN = "unknown"  # asked for, and not proved: it may have happened, or still happen
ALL = (DONE, UNCHANGED, WAITING, OPERATOR, NOT_STARTED, NOTHING_DONE, FAILED, UNKNOWN)


def of_result(result):
    """The outcome of an operation that did not fail."""
    if result.get("state") in (WAITING, OPERATOR, NOT_STARTED):
        return result["state"]
    return DONE if result.get("changed") else UNCHANGED


def of_error(exc, *, asked):
    """The outcome of an error. asked: whether the operation had sent what changes the appliance, or another run had."""
    return exc.facts.get("outcome") or (UNKNOWN if asked else NOTHING_DONE)
