# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waits until the clients have caught up with the site version that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..errors import InvalidInput, Unavailable, Unreachable, WaitTimeout
from ..model import manual_steps
from ..model.clients.console_export import check_columns
from ..model.clients.export_dates import DateReader
from ..model.clients.filter import client_filter
from ..model.journal.version_history import UNOBSERVED
from ..policy.catch_up.absence import instructions, is_absent, reasons, still_connected
from ..policy.catch_up.conditions import Conditions, check_seen_within
from ..policy.catch_up.declared_start import DeclaredStart, declared_start
from ..policy.catch_up.points import is_point
from ..storage.journal import Journal
from ..wait import NotYet
from .catch_up import Observer, progress
from .catch_up_result import OPEN_AT_ONCE, end_wait, record_reading
from .observation import Observation
from .observed import remembered
from .port import Appliance


def pass_catch_up(appliance: Appliance, params: dict[str, Any], *, decisions: Mapping[str, Any], check_mode: bool) -> dict[str, Any]:
    """The result of the module. decisions: the options that differ from their defaults, for the journal."""
    conditions, declared = _checked(params), declared_start(params["running_since"])
    journal = Journal(params["journal"]) if params["journal"] else None
    pending = _pending(appliance, journal, declared, check_mode) if journal else None
    if params["strategy"] == "reinstall":
        return _without_clients(appliance, journal, pending, check_mode)
    since = params["since"] if params["since"] is not None else (pending or {}).get("since")
    if since is None:
        return dict(OPEN_AT_ONCE)
    catch_up = dict(_before(params, pending or {}), since=since, **_start(params, pending))
    observer = Observer(appliance, params, catch_up, _longer(conditions, pending or {}), (pending or {}).get("readings") or ())
    seen = observer.observe()
    if seen.catch_up.state in ("waiting", "unknown") and params["mode"] == "hold" and not check_mode:
        seen = _hold(appliance, params, observer, seen, journal, pending)
        now = _pending(appliance, journal, declared, check_mode) if journal else None
        if journal and _identity(now) != _identity(pending):  # somebody installed another version
            return pass_catch_up(appliance, params, decisions=decisions, check_mode=check_mode)
    return end_wait(appliance, decisions, observer, seen, journal if not check_mode else None, pending, _unused(declared, pending))


def _pending(appliance: Appliance, journal: Journal, declared: DeclaredStart | None, check_mode: bool) -> dict[str, Any] | None:
    """The catch-up that the journal knows with what runs now, and with what a person declares of it; None if there is none."""
    if not check_mode:
        journal.known()
    return remembered(appliance, journal, check_mode=check_mode, declared=declared).versions.catch_up


def _identity(pending: Mapping[str, Any] | None) -> dict[str, Any]:
    """A catch-up without what was measured of it meanwhile."""
    return {name: value for name, value in (pending or {}).items() if name not in ("waited", "readings")}


def _start(params: dict[str, Any], pending: Mapping[str, Any] | None) -> dict[str, Any]:
    """How the start of the wait is known, if the journal says it."""
    return {name: pending[name] for name in ("start", "version")} if pending and params["since"] is None else {}


def _unused(declared: DeclaredStart | None, pending: Mapping[str, Any] | None) -> list[str]:
    """Why a declaration was not used, for people."""
    if declared and pending and pending["start"] == UNOBSERVED:
        return [f"running_since is about {declared.version}, not about {pending['version']}"]
    return []


def _checked(params: dict[str, Any]) -> Conditions:
    """The Conditions. Invalid options fail at once, not when there is a catch-up or its wait is over."""
    client_filter(params["client_filter"])
    check_columns(params["export_columns"])
    DateReader(params["export_date_format"], params["export_timezone"])
    check_seen_within(params["seen_within"])
    if params["since"] is None and not params["journal"] and params["strategy"] == "wait":
        raise InvalidInput(
            "The start of the waiting time is unknown.", remedy="Set `journal` to the journal of the site's upgrade, or set `since`."
        )
    return Conditions(params["min_wait"], params["threshold"], params["early_open_threshold"], params["max_wait"], params["at_max_wait"])


def _before(params: dict[str, Any], pending: Mapping[str, Any]) -> dict[str, Any]:
    """The counts before the upgrade: as the options give them, or as the journal remembers them."""
    return {name: pending.get(name) if params[name] is None else params[name] for name in ("online_before", "listed_before")}


def _longer(conditions: Conditions, pending: Mapping[str, Any]) -> Conditions:
    """The manifest of a package may ask for a longer wait."""
    soak = (pending.get("soak_hours") or 0) * 3600
    longest = None if conditions.max_wait is None else max(conditions.max_wait, soak)
    return replace(conditions, min_wait=max(conditions.min_wait, soak), max_wait=longest)


def _hold(
    appliance: Appliance,
    params: dict[str, Any],
    observer: Observer,
    seen: Observation,
    journal: Journal | None,
    pending: Mapping[str, Any] | None,
) -> Observation:
    """Observe until the catch-up opens or `hold_timeout` is over; the last Observation. The journal gets points of its curve."""
    first, latest = iter([seen]), [seen]
    points: list[dict[str, Any]] = []

    def probe() -> bool | NotYet:
        latest[0] = next(first, None) or observer.observe()
        if latest[0].catch_up.state in ("open", "stopped"):
            return True
        if journal and pending and is_point(points, latest[0].measured(), observer.online_before):
            points.append(latest[0].measured())
            record_reading(appliance, journal, pending, latest[0])
        return NotYet(progress(latest[0], observer.online_before, *observer.estimate(latest[0])))

    try:
        appliance.wait_until(
            probe,
            what="the catch-up after the site package",
            timeout=params["hold_timeout"],
            interval=params["poll_interval"],
            not_yet=(Unreachable, Unavailable),
            say_every=0,
        )
    except WaitTimeout:
        appliance.say("The catch-up is still closed; run the same command again later.")
    return latest[0]


def _without_clients(appliance: Appliance, journal: Journal | None, pending: Mapping[str, Any] | None, check_mode: bool) -> dict[str, Any]:
    """Open only on the evidence that no client is connected."""
    connected, _guids = appliance.connected()
    jumpoints = appliance.clients.jumpoints()
    found = still_connected(
        connected,
        jumpoints=None if jumpoints is None else sum(one["connected"] for one in jumpoints),
        jump_clients=appliance.clients.jump_clients_online(),
    )
    result = dict(OPEN_AT_ONCE, basis="reinstall", connected=connected, still_connected=found, complete=True)
    if not is_absent(found):
        return dict(result, reasons=reasons(found), **manual_steps.manual_result(instructions(found)))
    result["reasons"] = ["no client is connected"]
    if journal and pending and not check_mode:
        journal.append(
            "catch_up_passed",
            host=appliance.host,
            package=pending.get("package"),
            basis="reinstall",
            reasons=result["reasons"],
            not_default={"strategy": "reinstall"},
        )
    return result
