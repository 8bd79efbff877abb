# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on what the vendor offers on /appliance > Updates: the list, the maintenance contract, automatic updates."""

from __future__ import annotations

from collections import Counter

from ...model.counted import counted
from ...model.package import AVAILABLE, BLOCKED, INSTALLED
from .facts import Facts
from .links import UPGRADE
from .registry import ERROR, FAIL_OUTAGE, MANUAL, NOT_APPLICABLE, PASS, Finding, check

_LAPSED = "Check with the vendor whether the maintenance contract is current and this version is rolled out to you, then confirm."


def _states(facts: Facts) -> Counter[str]:
    """{state: number of listed packages}."""
    return Counter(facts.text("updates", "packages", number, "state") for number in range(len(facts.rows("updates", "packages"))))


def _is_reached(facts: Facts) -> bool:
    return not facts.has("plan_error") and facts.flag("plan", "reached")


@check("update_list", "Can the list of updates be read?", UPGRADE)
def update_list(facts: Facts) -> Finding:
    states, message = _states(facts), facts.text("updates", "message")
    if set(states) - {AVAILABLE, BLOCKED, INSTALLED}:
        return ERROR, f"The page Updates lists packages with unknown states: {sorted(states)}.", "Report it, with the page."
    listed = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    if states and message:
        return (
            MANUAL,
            f"The page Updates lists {listed} and also shows: {message}",
            "Open the page, check whether it matters, then confirm.",
        )
    if not states and not _is_reached(facts):
        return MANUAL, f"The page Updates lists no package: {message or 'it gives no reason'}", "Open the page and check why, then confirm."
    return PASS, f"The page Updates lists {listed or 'no package, and none is needed'}.", ""


@check("maintenance", "Does the vendor still offer updates, or has the maintenance contract lapsed?", UPGRADE)
def maintenance(facts: Facts) -> Finding:
    """No interface shows the contract; an offered package shows that it is current (docs/mission.md#m5)."""
    offered = sum(number for state, number in _states(facts).items() if state != INSTALLED)
    if offered:
        return PASS, f"The vendor offers {counted(offered, 'package that is', 'packages that are')} not installed.", ""
    if _is_reached(facts):
        return NOT_APPLICABLE, "The target is reached, so nothing needs to be offered.", ""
    return MANUAL, "No package is offered: it is not offered yet, or the maintenance contract has lapsed.", _LAPSED


@check("automatic_updates", "Are automatic updates switched off, so that nothing else installs meanwhile?", UPGRADE)
def automatic_updates(facts: Facts) -> Finding:
    automatic = facts.optional("flag", "updates", "automatic")
    if automatic is None:
        return MANUAL, "The page Updates does not show whether updates are installed automatically.", "Check that page, then confirm."
    if automatic:
        return (
            FAIL_OUTAGE,
            "The appliance installs updates automatically, also in the middle of this upgrade.",
            "Switch it off on /appliance > Updates until the upgrade is complete.",
        )
    return PASS, "The appliance installs no updates by itself.", ""
