# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the users of the appliance: people who work, and clients that must upgrade themselves afterwards."""

from __future__ import annotations

from fractions import Fraction

from ...model.counted import counted
from .facts import Facts
from .links import JUMP_CLIENTS, UPGRADE
from .registry import ERROR, FAIL_OUTAGE, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, POST, Finding, check

_WHERE = "Check /login > Jump > Jump Clients."
BACKUP = "The appliance is the backup of a pair: only its primary can report this."


def is_backup(facts: Facts) -> bool:
    """A backup accepts no client, and most pages are missing from its menu (docs/vendor/pages.md#management--failover)."""
    return facts.text("mode") != "standalone" and facts.text("health", "failover_role") == "backup"


@check("jump_client_upgrades", "Will the Jump Clients upgrade by themselves?", JUMP_CLIENTS)
def jump_client_upgrades(facts: Facts) -> Finding:
    """With automatic upgrades switched off the wait after each site package is pointless."""
    if is_backup(facts):
        return NOT_APPLICABLE, BACKUP, ""
    if not facts.has("jump_settings"):
        return MANUAL, "The setting was not read: no account for /login was given.", f"{_WHERE} Then confirm, or give that account."
    automatic = facts.optional("text", "jump_settings", "automatic")
    if automatic is None:
        return MANUAL, "The page does not show whether Jump Clients upgrade by themselves.", f"{_WHERE} Then confirm."
    if automatic not in ("disabled", "cycle", "enabled"):
        return ERROR, f"Automatic Jump Client upgrades are {automatic!r}.", _WHERE
    if automatic == "disabled":
        return (
            FAIL_UPGRADE,
            "Automatic Jump Client upgrades are permanently disabled.",
            "Enable them for the current upgrade cycle at least, under /login > Jump > Jump Clients.",
        )
    when = "for the current upgrade cycle" if automatic == "cycle" else "permanently"
    return PASS, f"Automatic Jump Client upgrades are enabled {when}.", ""


def odd_rows(facts: Facts) -> int:
    """How many rows of the list lack what decides about their client. They count as clients that have not upgraded."""
    return facts.count("jump_clients", "not_understood") if "not_understood" in facts.mapping("jump_clients") else 0


@check("clients_followed", "Do the Jump Clients run the present version?", UPGRADE)
def clients_followed(facts: Facts) -> Finding:
    """Clients that miss several versions in a row may have to be deployed again by hand (docs/mission.md#m67)."""
    if is_backup(facts):
        return NOT_APPLICABLE, BACKUP, ""
    if facts.optional("mapping", "jump_clients") is None:
        return NOT_APPLICABLE, "This version has no interface that reports it.", ""
    relevant, updated, pending = (facts.count("jump_clients", name) for name in ("relevant", "updated", "pending"))
    if updated + pending != relevant:
        return (
            ERROR,
            f"The counts of the Jump Clients contradict each other: {updated} upgraded and {pending} pending are not {relevant}.",
            "Run it again.",
        )
    # clients that were not read, because the list changed during the read, can be pending too
    unread = facts.count("jump_clients", "unread") if "unread" in facts.mapping("jump_clients") else 0
    relevant, pending, threshold = relevant + unread, pending + unread, facts.number("client_threshold")
    if 100 * updated < Fraction(str(threshold)) * relevant:
        return (
            FAIL_OUTAGE,
            f"{pending} of {relevant} Jump Clients still wait for the last upgrade.",
            "Give them time first; clients that skip too many versions must be redeployed by hand.",
        )
    if odd := odd_rows(facts):
        remedy = "Find these clients in the representative console, then confirm."
        return MANUAL, f"Rows of the list of Jump Clients that are not understood: {odd}.", remedy
    return PASS, f"{updated} of {relevant} Jump Clients run the present version.", ""


@check("version_start", "Is the start of the running version known?", UPGRADE)
def version_start(facts: Facts) -> Finding:
    """Where it was not observed, the upgrade waits a day after the first read before it installs anything."""
    if not facts.has("version_start"):
        return NOT_APPLICABLE, "No state folder was given.", ""
    if is_backup(facts):
        return NOT_APPLICABLE, BACKUP, ""
    start, version = facts.text("version_start", "start"), facts.text("health", "version")
    if start == "passed":
        return PASS, f"The journal has the catch-up to {version} as complete.", ""
    if start == "declared":
        return PASS, f"{version} runs since {facts.text('version_start', 'declared')}.", ""
    if start != "unobserved":
        return PASS, f"The journal has the start of {version}, and waits for the clients.", ""
    if facts.optional("mapping", "jump_clients") is not None and clients_followed(facts)[0] == PASS:
        return PASS, f"The start of {version} was not observed, but the Jump Clients run it.", ""
    return (
        MANUAL,
        f"The start of {version} was not observed, so the upgrade waits a day after it was first read.",
        ("Declare it: catch_up_running_since with version, since (a date), by (your name) and why. Or confirm, and it waits."),
    )


@check("people_logged_in", "Which people would be cut off now?", UPGRADE)
def people_logged_in(facts: Facts, max_sessions: int = -1) -> Finding:
    """max_sessions: how many running sessions may be cut off; -1: any number, with a report only (docs/mission.md#m22)."""
    people = len(facts.rows("logged_in"))
    sessions = sum(facts.count("logged_in", number, "sessions") for number in range(people))
    if not people:
        return PASS, "Nobody is logged in.", ""
    who = counted(people, "person is logged in", "people are logged in")
    text = f"{who}, with {counted(sessions, 'running session')}; each installation ends them."
    if 0 <= max_sessions < sessions:
        return (
            FAIL_OUTAGE,
            text,
            f"Wait until at most {max_sessions} sessions are left, or choose a quieter hour.",
        )
    return POST, text, "Tell them before the upgrade; they must restart their console afterwards, which upgrades it."
