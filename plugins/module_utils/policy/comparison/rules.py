# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which differences of an area an upgrade explains, and which are bad. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...model.clients.client import UNINSTALLED
from ...model.moments import read_time
from ...model.snapshot.area import Area
from .finding import BAD, EXPECTED, SAME, UNKNOWN, Finding, joined
from .limits import Filter, Thresholds
from .rows import Rule, compare_rows
from .values import compare_health, compare_permissions, compare_role, compare_sync, compare_values, compare_versions

_AWAY = ("offline", "lost", "disabled", UNINSTALLED, "never_connected")


@dataclass(frozen=True)
class Terms:
    """How areas are compared. mode: of the upgrade; clock: of the appliance at the second snapshot; examples: names that are listed."""

    mode: str = "standalone"
    thresholds: Thresholds = Thresholds()
    filters: Sequence[Filter] = ()
    examples: int = 5
    clock: float = 0.0


def compare_area(name: str, before: Area, after: Area, terms: Terms) -> Finding:
    """The Finding on one area. What was not read on a side is unknown, and never the same."""
    if not before.is_read or not after.is_read:
        if before.reason == after.reason:
            return Finding(UNKNOWN, f"Before and after: {before.reason}")
        sides = [f"{when}: {area.reason}" for when, area in (("Before", before), ("After", after)) if not area.is_read]
        return Finding(UNKNOWN, " ".join(sides))
    before, after, ignored = _filtered(name, before, after, terms)
    found = _decided(name, before, after, terms)
    gaps = [Finding(UNKNOWN, f"{when}: {gap}") for when, area in (("Before", before), ("After", after)) for gap in area.gaps]
    found = joined([found, *gaps]) if gaps else found
    return replace(found, evidence={**found.evidence, "ignored": ignored}) if ignored else found


def _decided(name: str, before: Area, after: Area, terms: Terms) -> Finding:
    limits = terms.thresholds
    if name in ("version", "base"):
        return compare_versions(before, after)
    if name == "health":
        return compare_health(before, after)
    if name == "failover_role":
        return compare_role(before, after, terms.mode)
    if name == "permissions":
        return compare_permissions(before, after)
    if name == "data_sync":
        return compare_sync(before, after, limits.sync_hours)
    if name == "clients_connected":
        return _connected(before, after, limits.clients_offline)
    if name == "certificates":
        return _certificates(before, after, terms)
    rule = _rule(name, limits)
    if rule is None:
        return compare_values(before, after)
    if before.items is None or after.items is None:
        return Finding(UNKNOWN, "There is no list in a snapshot.")
    return compare_rows(before, after, rule, terms.examples)


def _rule(name: str, limits: Thresholds) -> Rule | None:
    """The Rule of an area with a list, None for one without."""
    lists = {
        "jump_groups": Rule("Jump Groups"),
        "teams": Rule("Teams"),
        "certificate_list": Rule("Certificates", fell=lambda before, after: before.get("state") == "default" != after.get("state")),
        "users": Rule("Users", fell=_user_fell),
        "api_accounts": Rule("API accounts", fell=_disabled),
        "installers": Rule("Installers", may_go=100),
        "jumpoints": Rule(
            "Jumpoints",
            fell=lambda before, after: after.get("state") != "connected",
            stood=lambda before: before.get("state") == "connected",
            may_fall=limits.jumpoints_offline,
        ),
        "jump_clients": Rule(
            "Jump Clients",
            may_go=limits.clients_lost,
            fell=lambda before, after: after.get("state") in _AWAY,
            stood=lambda before: before.get("state") in ("online", "passive"),
            may_fall=limits.clients_offline,
            alias="host",
        ),
    }
    return lists.get(name)


def _disabled(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return before.get("state") == "enabled" != after.get("state")


def _user_fell(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return _disabled(before, after) or bool(before.get("administrator")) and not after.get("administrator")


def _connected(before: Area, after: Area, percent: float) -> Finding:
    then, now = before.values.get("jump_clients"), after.values.get("jump_clients")
    if not isinstance(then, int) or not isinstance(now, int) or isinstance(then, bool) or isinstance(now, bool):
        return Finding(UNKNOWN, "The number of connected Jump Clients is not reported.")
    evidence = {"before": {"jump_clients": then}, "after": {"jump_clients": now}}
    sentence = f"{then} Jump Clients were connected, {now} are."
    if now >= then:
        return Finding(SAME if now == then else EXPECTED, sentence, evidence)
    return Finding(EXPECTED if 100 * (then - now) <= percent * then else BAD, f"{sentence} At most {percent:g} % may be away.", evidence)


def _certificates(before: Area, after: Area, terms: Terms) -> Finding:
    """The same certificate is served for each name, and is valid long enough."""
    old, new = before.items or {}, after.items or {}
    parts = [_certificate(key, one, new.get(key), terms) for key, one in old.items()]
    parts += [Finding(UNKNOWN, f"The certificate for {one['name']} was not read before.") for key, one in new.items() if key not in old]
    return replace(joined(parts or [Finding(UNKNOWN, "No certificate was read.")]), evidence={"before": _shown(old), "after": _shown(new)})


def _certificate(key: str, one: Mapping[str, Any], other: Mapping[str, Any] | None, terms: Terms) -> Finding:
    if other is None:
        return Finding(UNKNOWN, f"The certificate for {one['name']} was not read after.")
    try:
        days = (read_time(other.get("not_after")) - terms.clock) / 86400
    except (ValueError, TypeError):
        return Finding(UNKNOWN, f"The end of the certificate for {one['name']} is not known.")
    if not one.get("fingerprint") or not other.get("fingerprint"):
        return Finding(UNKNOWN, f"The certificate for {one['name']} has no fingerprint.")
    if one["fingerprint"] != other["fingerprint"]:
        return Finding(
            BAD, f"Another certificate is served for {one['name']}: {other['fingerprint'][:16]}…, valid until {other['not_after']}."
        )
    if days < terms.thresholds.certificate_days:
        return Finding(BAD, f"The certificate for {one['name']} ends on {other['not_after']}.")
    return Finding(SAME, f"The certificate for {one['name']} is the same.")


def _shown(items: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {str(one["name"]): {name: one.get(name) for name in ("fingerprint", "not_after")} for one in items.values()}


def _filtered(name: str, before: Area, after: Area, terms: Terms) -> tuple[Area, Area, dict[str, Any]]:
    """Both areas without the names that are ignored, and {reason: number of them}."""
    filters = [one for one in terms.filters if one.area == name and one.name]
    if not filters:
        return before, after, {}
    ignored: dict[str, int] = {}
    sides = []
    for area in (before, after):
        items = (
            None if area.items is None else {key: one for key, one in area.items.items() if not _hit(str(one["name"]), filters, ignored)}
        )
        values = {key: value for key, value in area.values.items() if not _hit(key, filters, ignored)}
        sides.append(replace(area, items=items, values=values))
    return sides[0], sides[1], ignored


def _hit(name: str, filters: Sequence[Filter], ignored: dict[str, int]) -> bool:
    found = next((one for one in filters if one.matches(name)), None)
    if found:
        ignored[found.reason] = ignored.get(found.reason, 0) + 1
    return found is not None
