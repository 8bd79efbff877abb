# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do about the clients that an appliance tells of: who is away, who has not upgraded. Pure."""

from __future__ import annotations

from .aftercare_catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN
from .client_counts import JUMP_CLIENTS, compare, total_of

_NAMED = 20


def measured(known):
    return {
        "jumpoints": _jumpoints(known), "jump_client_settings": _settings(known), "clients_missing": _missing(known),
    }  # fmt: skip


def _unread(known, what):
    why = f" ({known.clients_problem})" if known.clients_problem else ""
    return f"{what} could not be read{why}."


def _jumpoints(known):
    listed = known.clients.get("jumpoints")
    if listed is None:
        return OPEN, _unread(known, "The Jumpoints"), ["Look at the Jumpoints in /login > Jump: each that is enabled must be connected."]
    enabled = [one for one in listed if one.get("enabled")]
    away = [one.get("name") or str(one.get("id")) for one in enabled if not one.get("connected")]
    if away:
        steps = ["Look at the host of each: is it on, and does TCP port 443 to the appliance go through?",
                 "Restart its service, or install it again."]  # fmt: skip
        return OPEN, f"{len(away)} of {len(enabled)} enabled Jumpoints are not connected: {named(away)}.", steps, len(away)
    if not enabled:
        return NOT_APPLICABLE, "None is enabled."
    return DONE, f"Connected again: {len(enabled)} of {len(enabled)}; they upgraded by themselves."


def _settings(known):
    changed = known.state["jump_settings"]
    if changed:
        before = ", ".join(f"{name} {value}" for name, value in changed["before"].items()) or "not known"
        why = f" ({changed['why']})" if changed.get("why") else ""
        return (OPEN, f"They were changed on {changed['host']} for the upgrade and are not put back{why}.",
                [f"In /login > Jump > Jump Clients of {changed['host']} set them as they were: {before}."])  # fmt: skip
    if known.last["settings_changed"]:
        return DONE, "They were changed for the upgrade and are put back."
    return NOT_APPLICABLE, "They were not changed for the upgrade."


def _missing(known):
    missing = compare(known.before, known.clients)["missing"]
    if missing:
        steps = ["Compare the certificates that the appliance serves with those before: with a rebuilt site package that was made with an "
                 "old certificate store most Jump Clients stay offline. Then call technical support.",
                 "Does TCP port 443 reach the appliance from where they are, above all after a change of DNS or NAT?"]  # fmt: skip
        return OPEN, f"{missing} Jump Clients fewer are connected than before the upgrade.", steps, missing
    if missing == 0:
        return DONE, "No fewer Jump Clients are connected than before the upgrade.", (), 0
    if not known.clients:
        return OPEN, _unread(known, "The number of connected clients"), ["Compare the number of clients online with what you know."]
    return NOT_APPLICABLE, "They were not counted before the upgrade, or are not counted by this version."


def catching_up(known):
    return {
        "stragglers": _stragglers(known), "personal_jump_groups": _personal(known),
        "jump_clients": (AUTOMATIC, "Active ones check in at once, passive ones at start, on connection and once in 24 hours."),
    }  # fmt: skip


def _stragglers(known):
    pending = total_of(known.clients, JUMP_CLIENTS, "pending")
    listed = known.clients.get("stragglers") if known.clients else known.state["stragglers"]
    rows = [one for one in listed or [] if isinstance(one, dict)]
    never = total_of(known.clients, JUMP_CLIENTS, "lost") or 0, total_of(known.clients, JUMP_CLIENTS, "disabled") or 0
    more = f" {never[0]} are lost and {never[1]} disabled: they upgrade only when they come back." if any(never) else ""
    if pending == 0 and not rows:
        return DONE, f"None is left.{more}", (), 0
    if pending is None and not rows:
        return OPEN, _unread(known, "Which Jump Clients have not upgraded"), ["Look for those marked as upgrade pending in the console."]
    count = max(pending or 0, len(rows))
    who = f": {named([_straggler(one) for one in rows], count)}" if rows else ""
    steps = ["Try a jump to the important ones: that moves them to the head of the upgrade queue.",
             "Start the computers that are off; passive Jump Clients check in at start and once in 24 hours.",
             "Deploy those again by hand that missed too many versions, with a new installer."]  # fmt: skip
    steps += [f"The whole list: {known.stragglers_list}"] if known.stragglers_list else []
    return OPEN, f"{count} have not upgraded{who}. They can be edited, not jumped to.{more}", steps, count


def _straggler(one):
    host = one.get("hostname") or ""
    name = one.get("name") or host or str(one.get("id", "nameless"))
    return f"{name} ({host + ', ' if host and host.lower() != name.lower() else ''}last seen {one.get('last_seen') or 'never'})"


def _personal(known):
    if known.last["basis"] == "console_export":
        return DONE, "The gate was opened on an export of the console, which holds them."
    return (OPEN, "The API lists the Jump Clients of shared Jump Groups only.",
            ["Log in to the representative console as an administrator who may modify all Jump Clients of the system.",
             "Export the list of Jump Clients, and sort it by status details.",
             "Each date must be later than the last upgrade of the appliance. Deploy the others again."])  # fmt: skip


def named(names, count=None):
    more = (count or len(names)) - min(len(names), _NAMED)
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
