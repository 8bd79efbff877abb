# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Checks on the appliance itself: is it the right one, is it well, may we, is it alone?"""

from __future__ import annotations

import re

from ...model.version import Version
from ..registry import ERROR, FAIL_UPGRADE, MANUAL, NOT_APPLICABLE, PASS, check
from .links import API, ATLAS, FAILOVER, HEALTH, UPGRADE

_GUID = re.compile(r"[0-9a-f]{32}")
# What the API account is asked for: (permission, values that do, first Command API version that has it).
_NEEDED = (
    ("perm_command", ("read_only", "full_access"), "1.15.0"),
    ("perm_backup", (True,), "1.15.0"),
    ("perm_configuration", (True,), "1.21.0"),
)
_CONFIRM = "Correct the address or the inventory."


@check("identity", "Is this the appliance that is meant?", HEALTH, always=True)
def identity(facts, guid="", product=""):
    """guid, product: what is expected, '' where nothing is."""
    found, kind = facts.text("health", "guid"), facts.text("info", "product")
    members = [facts.text("members", number, "guid") for number in range(len(facts.rows("members")))]
    if not _GUID.fullmatch(found):
        return ERROR, f"It names {found!r} as its GUID.", "Look whether a Bomgar / BeyondTrust appliance answers there."
    if kind not in ("rs", "pra", ""):
        return ERROR, f"It names {kind!r} as its product.", "Only Remote Support and Privileged Remote Access are known."
    if guid and found != guid.lower():
        return FAIL_UPGRADE, f"Its GUID is {found}, expected is {guid}.", _CONFIRM
    if product and kind and kind != product:
        return FAIL_UPGRADE, f"Its product is {kind}, expected is {product}.", _CONFIRM
    if found not in members:
        return ERROR, f"Its GUID {found} is not among the appliances it lists.", "Ask the vendor's support."
    return PASS, f"GUID {found}, host name {facts.text('health', 'hostname')}.", ""


@check("pages", "Are the web pages those of the same appliance?", HEALTH)
def pages(facts):
    shown, found = facts.text("basics", "guid"), facts.text("health", "guid")
    if not shown:
        return NOT_APPLICABLE, "Status > Basics shows no GUID.", ""
    if shown.replace("-", "").lower() != found:
        return FAIL_UPGRADE, f"The API answers for {found}, the page Status > Basics for {shown}.", _CONFIRM
    return PASS, f"Status > Basics shows the GUID {shown} too.", ""


@check("healthy", "Does the appliance say that it is healthy?", HEALTH)
def healthy(facts):
    message = facts.text("health", "message")
    if not facts.flag("health", "healthy"):
        return FAIL_UPGRADE, f"It is not healthy: {message or 'without a reason'}.", "Mend that before any upgrade."
    return PASS, f"Healthy, version {facts.text('health', 'version')}.", ""


@check("permissions", "May the API account do what the upgrade needs?", API)
def permissions(facts):
    api = Version(facts.text("info", "api_version"))
    needed = {name: values for name, values, since in _NEEDED if api >= Version(since)}
    if not needed:
        return PASS, "Before 16.1 there are no such permissions: health could be read, the backup will show the rest.", ""
    untold = _untold(facts) & set(needed)
    given = {name: _permission(facts, name) for name in needed if name not in untold}
    missing = [f"{name} (is {value!r})" for name, value in given.items() if value not in needed[name]]
    if missing:
        return FAIL_UPGRADE, f"The API account lacks {', '.join(missing)}.", (
            "Give it in /login > Management > API Configuration; perm_command needs read_only at least."
        )
    if untold:
        return MANUAL, f"The appliance does not tell whether the API account has {', '.join(untold)}.", (
            "Look in /login > Management > API Configuration, then confirm."
        )
    return PASS, f"The API account has {', '.join(given)}.", ""


def _permission(facts, name):
    return facts.text("info", "permissions", name) if name == "perm_command" else facts.flag("info", "permissions", name)


def _untold(facts):
    """The XML generation is not documented to name the permission for the Configuration API."""
    given = facts.mapping("info", "permissions")
    xml = facts.text("info", "generation") == "xml"
    return {"perm_configuration"} - set(given) if xml else set()


@check("cluster_role", "Is it no node of an Atlas cluster?", ATLAS, always=True)
def cluster_role(facts):
    roles = [facts.text("members", number, "cluster_role") for number in range(len(facts.rows("members")))]
    own = facts.text("health", "cluster_role")
    roles += [own] if own else []  # only the JSON generation tells it here
    if not roles or set(roles) - {"single", "primary", "traffic"}:
        return ERROR, f"The cluster roles are {roles}.", "Ask the vendor's support; only known words are trusted."
    if set(roles) != {"single"}:
        return FAIL_UPGRADE, f"It belongs to a cluster (roles {', '.join(sorted(set(roles)))}).", (
            "Clusters are not upgraded by this collection: the vendor's order is not known."
        )
    return PASS, "It is no node of a cluster.", ""


@check("failover_role", "Does it stand alone, or is it upgraded as one of a pair?", FAILOVER, always=True)
def failover_role(facts):
    """In a pair only the words are judged here; what must hold between the nodes is asked of both (policy.invariants)."""
    mode, own = facts.text("mode"), facts.text("health", "failover_role")
    roles = [facts.text("members", number, "failover_role") for number in range(len(facts.rows("members")))]
    if not roles or {own, *roles} - {"none", "primary", "backup"}:
        return ERROR, f"The failover roles are {[own, *roles]}.", "Ask the vendor's support; only known words are trusted."
    if mode in ("synchronous", "asynchronous") and len(roles) <= 2:
        return PASS, f"It is upgraded as one of a pair; its role: {own}.", ""
    if len(roles) > 1 or {own, *roles} != {"none"}:
        return FAIL_UPGRADE, f"It is one of {len(roles)} appliances in a failover relation (its role: {own}).", (
            "Use a mode for pairs (upgrade_mode): upgrading one node alone leaves the pair without failover."
        )
    return PASS, "It stands alone.", ""


@check("clock", "Is the appliance's clock right?", UPGRADE)
def clock(facts, max_seconds=300):
    """Gates count on it, and the download key of an offline package is refused when it is wrong."""
    ahead = facts.number("info", "clock") - facts.number("controller_time")
    if abs(ahead) > max_seconds:
        return FAIL_UPGRADE, f"It differs from this machine's clock by {ahead:.0f} seconds; allowed are {max_seconds}.", (
            "See the time on Status > Basics and NTP under Networking, and this machine's own clock."
        )
    return PASS, f"It differs from this machine's clock by {ahead:.0f} seconds.", ""
