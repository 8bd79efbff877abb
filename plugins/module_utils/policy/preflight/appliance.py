# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the appliance itself: its identity, health, permissions, roles and clock."""

from __future__ import annotations

import re
from typing import Any

from ...model.version import Version
from .facts import Facts
from .links import API, ATLAS, FAILOVER, HEALTH, UPGRADE
from .registry import ERROR, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, Finding, check

_GUID = re.compile(r"[0-9a-f]{32}")
# Required permissions of the API account: (permission, sufficient values, first Command API version that has it).
_NEEDED = (
    ("perm_command", ("read_only", "full_access"), "1.15.0"),
    ("perm_backup", (True,), "1.15.0"),
    ("perm_configuration", (True,), "1.21.0"),
)
_CONFIRM = "Correct the address or the inventory."


@check("identity", "Is this the expected appliance?", HEALTH, always=True)
def identity(facts: Facts, guid: str = "", product: str = "") -> Finding:
    """guid, product: what is expected, '' where nothing is."""
    found, kind = facts.text("health", "guid"), facts.text("info", "product")
    members = [facts.text("members", number, "guid") for number in range(len(facts.rows("members")))]
    if not _GUID.fullmatch(found):
        return ERROR, f"The appliance reports the GUID {found!r}.", "Check that a Bomgar / BeyondTrust appliance answers at this address."
    if kind not in ("rs", "pra", ""):
        return ERROR, f"The appliance reports the product {kind!r}.", "Use an appliance of Remote Support or Privileged Remote Access."
    if guid and found != guid.lower():
        return FAIL_UPGRADE, f"The GUID of the appliance is {found}, expected is {guid}.", _CONFIRM
    if product and kind and kind != product:
        return FAIL_UPGRADE, f"The product of the appliance is {kind}, expected is {product}.", _CONFIRM
    if found not in members:
        return ERROR, f"The appliance does not list itself (GUID {found}) among its appliances.", "Ask technical support."
    return PASS, f"GUID {found}, host name {facts.text('health', 'hostname')}.", ""


@check("pages", "Do the web pages belong to the same appliance?", HEALTH, waivable=False)
def pages(facts: Facts) -> Finding:
    shown, found = facts.text("basics", "guid"), facts.text("health", "guid")
    if not shown:
        return NOT_APPLICABLE, "Status > Basics shows no GUID.", ""
    if shown.replace("-", "").lower() != found:
        return FAIL_UPGRADE, f"The API reports the GUID {found}, the page Status > Basics shows {shown}.", _CONFIRM
    return PASS, f"The API and Status > Basics report the GUID {shown}.", ""


@check("healthy", "Does the appliance report that it is healthy?", HEALTH, waivable=False)
def healthy(facts: Facts) -> Finding:
    if not facts.flag("health", "healthy"):
        message = facts.text("health", "message") or "it gives no reason"
        return FAIL_UPGRADE, f"The appliance is not healthy: {message}.", "Repair it before the upgrade."
    return PASS, f"The appliance is healthy and runs version {facts.text('health', 'version')}.", ""


@check("permissions", "Does the API account have the permissions that the upgrade needs?", API, waivable=False)
def permissions(facts: Facts) -> Finding:
    api = Version(facts.text("info", "api_version"))
    needed = {name: values for name, values, since in _NEEDED if api >= Version(since)}
    if not needed:
        return PASS, "Versions before 16.1 have no such permissions: the health could be read, and the backup shows the rest.", ""
    unreported = _unreported(facts) & set(needed)
    given = {name: _permission(facts, name) for name in needed if name not in unreported}
    missing = [f"{name} (is {value!r})" for name, value in given.items() if value not in needed[name]]
    if missing:
        return (
            FAIL_UPGRADE,
            f"The API account lacks {', '.join(missing)}.",
            "Give it in /login > Management > API Configuration; perm_command needs read_only at least.",
        )
    if unreported:
        return (
            MANUAL,
            f"The appliance does not report whether the API account has {', '.join(unreported)}.",
            "Check /login > Management > API Configuration, then confirm.",
        )
    return PASS, f"The API account has {', '.join(given)}.", ""


def _permission(facts: Facts, name: str) -> Any:
    return facts.text("info", "permissions", name) if name == "perm_command" else facts.flag("info", "permissions", name)


def _unreported(facts: Facts) -> set[str]:
    """Permissions that the XML generation is not documented to report."""
    given = facts.mapping("info", "permissions")
    xml = facts.text("info", "generation") == "xml"
    return {"perm_configuration"} - set(given) if xml else set()


@check("cluster_role", "Is the appliance outside of an Atlas cluster?", ATLAS, always=True)
def cluster_role(facts: Facts) -> Finding:
    roles = [facts.text("members", number, "cluster_role") for number in range(len(facts.rows("members")))]
    own = facts.text("health", "cluster_role")
    roles += [own] if own else []  # only the JSON generation reports it here
    if not roles or set(roles) - {"single", "primary", "traffic"}:
        return ERROR, f"The appliance reports unknown cluster roles: {roles}.", "Ask technical support."
    if set(roles) != {"single"}:
        return (
            FAIL_UPGRADE,
            f"The appliance belongs to a cluster (roles {', '.join(sorted(set(roles)))}).",
            "Upgrade clusters with technical support: this collection does not know the vendor's order.",
        )
    return PASS, "The appliance is not in a cluster.", ""


@check("failover_role", "Is the appliance standalone, or upgraded as a node of a pair?", FAILOVER, always=True)
def failover_role(facts: Facts) -> Finding:
    """In a pair only the words are checked here; policy.pair.invariants compares both nodes."""
    mode, own = facts.text("mode"), facts.text("health", "failover_role")
    roles = [facts.text("members", number, "failover_role") for number in range(len(facts.rows("members")))]
    if not roles or {own, *roles} - {"none", "primary", "backup"}:
        return ERROR, f"The appliance reports unknown failover roles: {[own, *roles]}.", "Ask technical support."
    if mode in ("synchronous", "asynchronous") and len(roles) <= 2:
        return PASS, f"The appliance is upgraded as a node of a pair; its role is {own}.", ""
    if len(roles) > 1 or {own, *roles} != {"none"}:
        return (
            FAIL_UPGRADE,
            f"The appliance is one of {len(roles)} in a failover relation (its role is {own}).",
            "Use a mode for pairs (upgrade_mode): upgrading one node alone leaves the pair without failover.",
        )
    return PASS, "The appliance is standalone.", ""


@check("clock", "Is the appliance's clock right?", UPGRADE)
def clock(facts: Facts, max_seconds: float = 300) -> Finding:
    """The catch-up uses this clock, and a wrong clock makes the appliance reject the download key of an offline package."""
    ahead = facts.number("info", "clock") - facts.number("controller_time")
    if abs(ahead) > max_seconds:
        return (
            FAIL_UPGRADE,
            f"The appliance's clock differs from this machine's by {ahead:.0f} seconds; {max_seconds} are allowed.",
            "Check the time on Status > Basics, NTP under Networking, and this machine's own clock.",
        )
    return PASS, f"The appliance's clock differs from this machine's by {ahead:.0f} seconds.", ""
