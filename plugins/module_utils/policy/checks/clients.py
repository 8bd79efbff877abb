# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on those who use the appliance: people at work, and clients that must upgrade themselves afterwards."""

from __future__ import annotations

from fractions import Fraction

from ..registry import ERROR, FAIL_OUTAGE, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, POST, check
from .links import JUMP_CLIENTS, UPGRADE

_WHERE = "See /login > Jump > Jump Clients."
_BACKUP = "It is the backup of a pair: its primary tells that."


def _is_backup(facts):
    """A backup accepts nobody, and most pages vanish from its menu (interfaces 12.5)."""
    return facts.text("mode") != "standalone" and facts.text("health", "failover_role") == "backup"


@check("jump_client_upgrades", "Will the Jump Clients upgrade by themselves?", JUMP_CLIENTS)
def jump_client_upgrades(facts):
    """With automatic upgrades switched off the wait after each site package is pointless."""
    if _is_backup(facts):
        return NOT_APPLICABLE, _BACKUP, ""
    if not facts.has("jump_settings"):
        return MANUAL, "Nobody looked: no account for /login was given.", f"{_WHERE} Confirm, or give that account."
    automatic = facts.optional("text", "jump_settings", "automatic")
    if automatic is None:
        return MANUAL, "The page does not show whether Jump Clients upgrade by themselves.", f"{_WHERE} Then confirm."
    if automatic not in ("disabled", "cycle", "enabled"):
        return ERROR, f"Automatic Jump Client upgrades are {automatic!r}.", _WHERE
    if automatic == "disabled":
        return FAIL_UPGRADE, "Automatic Jump Client upgrades are permanently disabled.", (
            "Enable them for the current upgrade cycle at least, under /login > Jump > Jump Clients."
        )
    when = "for the current upgrade cycle" if automatic == "cycle" else "permanently"
    return PASS, f"Automatic Jump Client upgrades are enabled {when}.", ""


@check("clients_followed", "Have the Jump Clients followed to the version that runs now?", UPGRADE)
def clients_followed(facts):
    """Clients that miss several versions in a row may have to be deployed again by hand (M67)."""
    if _is_backup(facts):
        return NOT_APPLICABLE, _BACKUP, ""
    if facts.optional("mapping", "jump_clients") is None:
        return NOT_APPLICABLE, "This version has no interface that tells it.", ""
    relevant, updated, pending = (facts.count("jump_clients", name) for name in ("relevant", "updated", "pending"))
    if updated + pending != relevant:
        return ERROR, f"{updated} upgraded and {pending} pending Jump Clients are not {relevant}.", "Count them anew."
    # those that slipped past us, because the list changed while it was paged, may be pending too
    unread = facts.count("jump_clients", "unread") if "unread" in facts.mapping("jump_clients") else 0
    relevant, pending, threshold = relevant + unread, pending + unread, facts.number("client_threshold")
    if 100 * updated < Fraction(str(threshold)) * relevant:
        return FAIL_OUTAGE, f"{pending} of {relevant} Jump Clients still wait for the last upgrade.", (
            "Give them time first; those that skip too many versions must be deployed again by hand."
        )
    return PASS, f"{updated} of {relevant} Jump Clients run the present version.", ""


@check("people_logged_in", "Who would be cut off now?", UPGRADE)
def people_logged_in(facts, max_sessions=-1):
    """max_sessions: how many running sessions may be cut; -1: any number, they are told only (M22)."""
    people = len(facts.rows("logged_in"))
    sessions = sum(facts.count("logged_in", number, "sessions") for number in range(people))
    if not people:
        return PASS, "Nobody is logged in.", ""
    text = f"{people} people are logged in, with {sessions} running sessions; each installation ends them."
    if 0 <= max_sessions < sessions:
        return FAIL_OUTAGE, text, f"Wait until at most {max_sessions} sessions are left, or choose a quieter hour."
    return POST, text, "Tell them before; they must start their console again afterwards, which upgrades it."
