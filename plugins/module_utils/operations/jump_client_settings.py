# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sets how fast Jump Clients upgrade, and restores the settings that the journal recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError
from ..model import manual_steps
from ..policy.jump_settings import as_text, describe, differences, plan_restoration, read_wanted, refuse_other_units, unknown_before
from ..storage.journal import Journal
from ..storage.who import actor_name, current_actor
from .identity import Same
from .jump_settings import add_unrestored, change, read
from .port import Appliance

_BY_PERSON = "Only the person who changed the settings knows the previous values."


def settle(appliance: Appliance, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module."""
    wanted = read_wanted(params)
    journal = Journal(params["journal"]) if params["journal"] else None
    recorded = journal.state().clients.jump_settings if journal else None
    confirmed = params["confirmed"]
    if params["state"] == "restored":
        if journal is None or recorded is None:
            return _result({}, {}, {})
        return _restore(appliance, journal, recorded, params["method"], confirmed, check_mode)
    if params["method"] == "manual":
        return _set_by_hand(appliance, journal, recorded, wanted, confirmed, check_mode)
    return _set(appliance, journal, wanted, check_mode)


# --- present


def _set(appliance: Appliance, journal: Journal | None, wanted: Mapping[str, Any], check_mode: bool) -> dict[str, Any]:
    same = Same(appliance, _see_journal(appliance, journal))
    shown, values = read(appliance)
    refuse_other_units(shown, wanted)
    changes = differences(values, wanted)
    appliance.pages.check_jump_settings(changes)
    before = {key: values[key] for key in changes}
    if changes and not check_mode:
        if journal:
            journal.append("jump_settings_changed", host=appliance.host, before=before, after=changes)
        values = change(appliance, changes, before, same)
    return _result(values, before, changes)


def _set_by_hand(
    appliance: Appliance,
    journal: Journal | None,
    recorded: Any,
    wanted: Mapping[str, Any],
    confirmed: bool,
    check_mode: bool,
) -> dict[str, Any]:
    """Record once what a person confirms, because the page is not read."""
    known = bool(recorded) and not differences(recorded["after"], wanted)
    if not wanted or known:
        return _result({}, {}, {}, note=_BY_PERSON if known else "")
    if not confirmed:
        return _wanted(manual_steps.set_jump_settings(appliance.host, wanted))
    _see_journal(appliance, journal)
    if journal and not check_mode:
        journal.append("jump_settings_changed", host=appliance.host, before={}, after=wanted, by=actor_name(current_actor()))
    return _result({}, {}, {}, note=_BY_PERSON)


# --- restored


def _restore(appliance: Appliance, journal: Journal, recorded: Any, method: str, confirmed: bool, check_mode: bool) -> dict[str, Any]:
    before, after = recorded["before"], recorded["after"]
    if method == "manual" or unknown_before(before, after):
        return _restore_by_hand(appliance, journal, before, after, confirmed, check_mode)
    try:
        return _restore_on_page(appliance, journal, before, after, check_mode)
    except ApplianceError as exc:
        raise add_unrestored(exc, None if check_mode else journal, appliance.host, before) from exc


def _restore_on_page(
    appliance: Appliance, journal: Journal, before: Mapping[str, Any], after: Mapping[str, Any], check_mode: bool
) -> dict[str, Any]:
    same = Same(appliance, _see_journal(appliance, journal))
    shown, values = read(appliance)
    refuse_other_units(shown, before)
    found = plan_restoration(values, before, after)
    gone = {key: before[key] for key in found.foreign if values[key] is None}  # not there, or emptied by a person
    appliance.pages.check_jump_settings({**found.restore, **gone})
    now = {key: values[key] for key in found.restore}
    if not check_mode:
        values = change(appliance, found.restore, now, same) if found.restore else values
        journal.append("jump_settings_restored", host=appliance.host, **({"note": found.note} if found.note else {}))
    return _result(values, now, found.restore, note=found.note)


def _restore_by_hand(
    appliance: Appliance, journal: Journal, before: Mapping[str, Any], after: Mapping[str, Any], confirmed: bool, check_mode: bool
) -> dict[str, Any]:
    if not confirmed:
        return _wanted(
            manual_steps.restore_jump_settings(appliance.host, before, after),
            before=before,
            note="" if not unknown_before(before, after) else _BY_PERSON,
        )
    _see_journal(appliance, journal)
    note = f"A person confirms it. Recorded values: {describe(before)}."
    if not check_mode:
        journal.append("jump_settings_restored", host=appliance.host, note=note, by=actor_name(current_actor()))
    return _result({}, {}, {}, note=note)


# --- both


def _see_journal(appliance: Appliance, journal: Journal | None) -> str | None:
    """The GUID of the appliance, after the journal was verified to be its own. None without a journal."""
    if not journal:
        return None
    guid = appliance.health().guid
    journal.check(guid, appliance.host)
    return guid


def _result(values: Mapping[str, Any], before: Mapping[str, Any], changes: Mapping[str, Any], note: str = "") -> dict[str, Any]:
    return {
        "changed": bool(changes),
        "state": "done",
        "settings": values,
        "before": before,
        "note": note,
        "diff": {"before": as_text(before), "after": as_text(changes)},
    }


def _wanted(instructions: list[str], before: Mapping[str, Any] | None = None, note: str = "") -> dict[str, Any]:
    return manual_steps.manual_result(instructions, settings={}, before=before or {}, note=note)
