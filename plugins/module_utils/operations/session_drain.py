# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waits until nobody works at an appliance. Then it waits, fails or ends the sessions, as the policy says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import ApplianceError, Refused
from ..policy.drain import QUIET, STOP, TERMINATE, WAIT, WAITING, Activity, describe, next_run_at, not_quiet, read_limits
from ..storage.journal import Journal
from .drain import PeopleWatch
from .end_sessions import SessionEnder
from .port import Appliance


def drain(appliance: Appliance, params: Mapping[str, Any], *, decisions: Mapping[str, Any], check_mode: bool) -> dict[str, Any]:
    """The result of the module. decisions: the options that differ from their defaults, for the journal."""
    watch = PeopleWatch(appliance, read_limits(params))
    ending = SessionEnder(appliance, watch, params["log_out"]) if params["policy"] == TERMINATE else None
    note = _note(params, decisions, appliance.host) if not check_mode else lambda *_nothing: None
    before = watch.read()
    if watch.is_quiet():
        return _quiet(appliance, watch, before, note)
    planned = ending.predict() if ending else (0, 0)
    if check_mode:
        return _predicted(appliance, watch, params, planned)
    began = appliance.clock()
    if params["wait_timeout"] and watch.wait(params["wait_timeout"], params["poll_interval"]):
        return _quiet(appliance, watch, before, note, waited=appliance.clock() - began)
    return _timed_out(appliance, watch, ending, params, note, appliance.clock() - began)


def _timed_out(
    appliance: Appliance, watch: PeopleWatch, ending: Any, params: Mapping[str, Any], note: Callable[..., None], waited: float
) -> dict[str, Any]:
    before = watch.seen
    if params["policy"] == WAIT:
        note(WAITING, before)
        return _waiting(appliance, watch, params, waited)
    if params["policy"] == STOP:
        note("stopped", before)
        raise not_quiet(before, watch.limits, host=appliance.host, waited=waited)
    try:
        ending.run(waited)
    except ApplianceError:
        note("not ended", before, ending)
        raise
    return _quiet(appliance, watch, before, note, waited=waited, ending=ending)


def _note(params: Mapping[str, Any], decisions: Mapping[str, Any], host: str) -> Callable[..., None]:
    """Writes into the journal how it ended, with who was there before anybody was cut off."""
    journal = Journal(params["journal"]) if params["journal"] else None

    def note(state: str, before: Activity, ending: SessionEnder | None = None) -> None:
        if journal:
            cut = (
                {"terminated": ending.terminated, "logged_out": ending.logged_out, "reason": params["reason"]}
                if ending
                else {"terminated": 0, "logged_out": 0}
            )
            journal.append(
                "drained",
                host=host,
                state=state,
                people=len(before.people),
                sessions=before.sessions,
                not_default=decisions,
                **cut,
            )

    return note


def _quiet(
    appliance: Appliance,
    watch: PeopleWatch,
    before: Activity,
    note: Callable[..., None],
    *,
    waited: float = 0.0,
    ending: SessionEnder | None = None,
) -> dict[str, Any]:
    note(QUIET, before, ending)
    result = _result(watch, before, state=QUIET, waited=waited, timed_out=ending is not None)
    if ending:
        result.update(changed=bool(ending.terminated or ending.logged_out), terminated=ending.terminated, logged_out=ending.logged_out)
    return dict(result, message=f"quiet: {describe(watch.seen)}{_backup(appliance, watch)}")


def _waiting(appliance: Appliance, watch: PeopleWatch, params: Mapping[str, Any], waited: float, message: str = "") -> dict[str, Any]:
    again = next_run_at(appliance.info().clock, params["retry_after"])
    result = _result(watch, watch.seen, state=WAITING, waited=waited, timed_out=True)
    return dict(result, next_run_at=again, message=message or f"not quiet: {describe(watch.seen)}; run again at {again}")


def _predicted(appliance: Appliance, watch: PeopleWatch, params: Mapping[str, Any], planned: tuple[int, int]) -> dict[str, Any]:
    """What the same task would do without check mode, as far as it is known: people may leave before that."""
    ended, policy = {"terminated": planned[0], "logged_out": planned[1]}, params["policy"]
    if policy == TERMINATE:
        result = _result(watch, watch.seen, state=QUIET, waited=0.0, timed_out=True)
        effect = f"{planned[0]} sessions would be ended and {planned[1]} people logged out"
        return dict(
            result, **ended, changed=any(planned), message=f"{describe(watch.seen)}; after {params['wait_timeout']} seconds {effect}"
        )
    if policy == STOP and not params["wait_timeout"]:
        raise not_quiet(watch.seen, watch.limits, host=appliance.host, waited=0)
    then = "it would fail" if policy == STOP else "it would end green with the state waiting"
    return _waiting(appliance, watch, params, 0.0, f"not quiet: {describe(watch.seen)}; after {params['wait_timeout']} seconds {then}")


def _backup(appliance: Appliance, watch: PeopleWatch) -> str:
    """A word on a node at which nobody can be; nobody there is quiet, whether or not it can be read."""
    if watch.seen.people or watch.seen.sessions:
        return ""
    try:
        role = appliance.health().failover_role
    except Refused:  # before 16.1 health is for administrators
        return ""
    return " (it is the backup, which shows nobody: people are at the primary)" if role == "backup" else ""


def _result(watch: PeopleWatch, before: Activity, *, state: str, waited: float, timed_out: bool) -> dict[str, Any]:
    seen = watch.seen
    return {
        "changed": False,
        "state": state,
        "people": seen.rows(),
        "sessions": seen.sessions,
        "terminated": 0,
        "logged_out": 0,
        "waited_seconds": round(waited, 1),
        "timed_out": timed_out,
        "next_run_at": "",
        "diff": {"before": f"{describe(before)}\n", "after": f"{describe(seen)}\n"},
    }
