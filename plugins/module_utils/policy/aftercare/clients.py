# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do about the clients that an appliance reports: which are away, which have not upgraded. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..catch_up.client_counts import JUMP_CLIENTS, compare, total_of
from .catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN, Finding

if TYPE_CHECKING:
    from .work_list import Known

_NAMED = 20


def measured(known: Known) -> dict[str, Finding]:
    """The items that are decided by counting, whatever was installed."""
    return {
        "jumpoints": _jumpoints(known),
        "jump_client_settings": _settings(known),
        "clients_missing": _missing(known),
    }


def _unread(known: Known, what: str) -> str:
    why = f" ({known.clients_problem})" if known.clients_problem else ""
    return f"{what} could not be read{why}."


def _jumpoints(known: Known) -> Finding:
    listed = known.clients.get("jumpoints")
    if listed is None:
        return OPEN, _unread(known, "The Jumpoints"), ["Check the Jumpoints in /login > Jump: each enabled one must be connected."]
    enabled = [one for one in listed if one.get("enabled")]
    away = [one.get("name") or str(one.get("id")) for one in enabled if not one.get("connected")]
    if away:
        steps = [
            "Check the host of each: is it on, and can it reach TCP port 443 of the appliance?",
            "Restart its service, or reinstall it.",
        ]
        return OPEN, f"{len(away)} of {len(enabled)} enabled Jumpoints are not connected: {named(away)}.", steps, len(away)
    if not enabled:
        return NOT_APPLICABLE, "No Jumpoint is enabled."
    return DONE, f"All {len(enabled)} enabled Jumpoints are connected; they upgraded by themselves."


def _settings(known: Known) -> Finding:
    changed = known.state.jump_settings
    if changed:
        before = ", ".join(f"{name} {value}" for name, value in changed["before"].items()) or "unknown"
        why = f" ({changed['why']})" if changed.get("why") else ""
        return (
            OPEN,
            f"They were changed on {changed['host']} for the upgrade and are not restored{why}.",
            [f"In /login > Jump > Jump Clients of {changed['host']} restore these values: {before}."],
        )
    if known.last["settings_changed"]:
        return DONE, "They were changed for the upgrade and are restored."
    return NOT_APPLICABLE, "They were not changed for the upgrade."


def _missing(known: Known) -> Finding:
    missing = compare(known.before, known.clients)["missing"]
    if missing:
        steps = [
            "Compare the certificates that the appliance serves with those before the upgrade: with a rebuilt site package that was made "
            "with an old certificate store most Jump Clients stay offline. Then call technical support.",
            "Check that the clients can reach TCP port 443 of the appliance, above all after a change of DNS or NAT.",
        ]
        return OPEN, f"{missing} fewer Jump Clients are connected than before the upgrade.", steps, missing
    if missing == 0:
        return DONE, "As many Jump Clients are connected as before the upgrade.", (), 0
    if not known.clients:
        return (
            OPEN,
            _unread(known, "The number of connected clients"),
            ["Compare the number of online clients with your records."],
        )
    return NOT_APPLICABLE, "They were not counted before the upgrade, or this version does not count them."


def follow_up(known: Known) -> dict[str, Finding]:
    """The items about Jump Clients after a site package."""
    return {
        "stragglers": _stragglers(known),
        "personal_jump_groups": _personal(known),
        "jump_clients": (AUTOMATIC, "Active ones check in at once, passive ones at start, on connection and once in 24 hours."),
    }


def _stragglers(known: Known) -> Finding:
    pending = total_of(known.clients, JUMP_CLIENTS, "pending")
    listed = known.clients.get("stragglers") if known.clients else known.state.stragglers
    rows = [one for one in listed or [] if isinstance(one, dict)]
    never = total_of(known.clients, JUMP_CLIENTS, "lost") or 0, total_of(known.clients, JUMP_CLIENTS, "disabled") or 0
    more = f" {never[0]} are lost and {never[1]} disabled: they upgrade only when they come back." if any(never) else ""
    if pending == 0 and not rows:
        return DONE, f"All Jump Clients have upgraded.{more}", (), 0
    if pending is None and not rows:
        return (
            OPEN,
            _unread(known, "Which Jump Clients have not upgraded"),
            ["Find those with the status upgrade pending in the console."],
        )
    count = max(pending or 0, len(rows))
    who = f": {named([_straggler(one) for one in rows], count)}" if rows else ""
    steps = [
        "Jump to the important ones: that moves them to the head of the upgrade queue.",
        "Start the computers that are off; passive Jump Clients check in at start and once in 24 hours.",
        "Redeploy by hand, with a new installer, the ones that missed too many versions.",
    ]
    steps += [f"The complete list: {known.stragglers_list}"] if known.stragglers_list else []
    return OPEN, f"{count} have not upgraded{who}. They can be edited, not jumped to.{more}", steps, count


def _straggler(one: dict[str, Any]) -> str:
    host = one.get("hostname") or ""
    name = one.get("name") or host or str(one.get("id", "nameless"))
    return f"{name} ({host + ', ' if host and host.lower() != name.lower() else ''}last seen {one.get('last_seen') or 'never'})"


def _personal(known: Known) -> Finding:
    if known.last["basis"] == "console_export":
        return DONE, "The catch-up opened on an export of the console, which lists them."
    return (
        OPEN,
        "The API lists the Jump Clients of shared Jump Groups only.",
        [
            "Log in to the representative console as an administrator who may modify all Jump Clients of the system.",
            "Export the list of Jump Clients, and sort it by status details.",
            "Each date must be later than the last upgrade of the appliance. Redeploy the other clients.",
        ],
    )


def named(names: Sequence[str], count: int | None = None) -> str:
    """'a, b and 3 more'; count: how many there are, if more than the names."""
    more = (count or len(names)) - min(len(names), _NAMED)
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
