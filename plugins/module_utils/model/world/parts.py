# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The parts of a world file, each from what was read of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .fact import ASSUMED, Fact

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SESSION_MINUTES = 15  # less than the half hour that a drain waits for sessions to end
_UNHEALTHY = "The appliance reported that it is not healthy when it was read"


def appliance(node: Mapping[str, Any], name: str, domain: str, reading: Mapping[str, Any]) -> dict[str, Any]:
    """One node. Its role is written only where it is not the one that follows from the pair."""
    found = {
        "name": name,
        "hostname": f"{name}.{domain}",
        "base": node["base"],
        "version": node["version"],
        "timezone_offset": node.get("timezone_offset") or 0,
    }
    if re.fullmatch(r"[0-9]+-[0-9a-f]{40}", node["build"]):
        found["build"] = node["build"]
    if not node["healthy"]:
        found["health_problem"] = _UNHEALTHY
    if node["cluster_role"] in ("primary", "traffic"):
        found["cluster_role"] = node["cluster_role"]
    if node["shared_ips"]:
        found["shared_ips"] = [f"192.0.2.{number}" for number in range(1, len(node["shared_ips"]) + 1)]
    found.update(_in_pair(node, name, reading) if len(reading["nodes"]) > 1 else {})
    if len(reading["nodes"]) > 1 and name == "b" and _differ(reading):
        found["certificates"] = certificates(node, f"site.{domain}", other=True)
    return found


def _in_pair(node: Mapping[str, Any], name: str, reading: Mapping[str, Any]) -> dict[str, Any]:
    related = reading["site"]["relation"] == "present"
    usual = ("primary" if name == "a" else "backup") if related else "none"
    found: dict[str, Any] = {} if node["role"] == usual else {"failover_role": node["role"] or "none"}
    ages = [one["clock"] - one["last_data_sync"] for one in reading["nodes"] if one["last_data_sync"] is not None]
    if ages:
        status = next((one["last_data_sync_status"] for one in reading["nodes"] if one["last_data_sync"] is not None), "") or "Success"
        succeeded = status.strip().lower().startswith("success")
        found["data_sync"] = {"minutes_ago": round(max(0.0, min(ages)) / 60, 1), "status": "Success" if succeeded else "Failed"}
    return found


def _differ(reading: Mapping[str, Any]) -> bool:
    """Whether the nodes serve different certificates for the public name."""
    prints = {node["served"]["fingerprint_sha256"] for node in reading["nodes"] if node.get("served")}
    return len(prints) > 1


def certificates(node: Mapping[str, Any], public: str, *, other: bool = False) -> list[dict[str, Any]]:
    """As many as the page lists, with invented names; the served one with the days that it is still valid."""
    listed = node.get("certificates") or [{"default": True}]
    served = node.get("served") or {}
    found = []
    for number, row in enumerate(listed, 1):
        default = bool(row["default"]) or len(listed) == 1
        one: dict[str, Any] = {"name": f"Certificate {number}{' of b' if other else ''}"}
        if default:
            one.update(default=True, **({"days_left": served["days_left"]} if served else {}), **({"names": [public]} if other else {}))
        found.append(one)
    return found


def accounts(node: Mapping[str, Any], invented: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Invented accounts with the permissions of the real one."""
    name, secret = invented["api"]
    person, password = invented["pages"]
    pages = [{"username": person, "password": password}]
    if node["legacy"]:
        api: dict[str, Any] = {"legacy_users": [{"username": name, "password": secret}]}
    else:
        api = {"api": [{"name": "rehearsal", "client_id": name, "client_secret": secret, "permissions": _permissions(node["permissions"])}]}
    return {**api, "appliance": pages, "login": pages}


def _permissions(given: Mapping[str, Any]) -> dict[str, Any]:
    known = ("perm_backup", "perm_vault_backup", "perm_configuration", "perm_configuration_vault_account", "perm_ecm", "perm_scim")
    found: dict[str, Any] = {name: True for name in known if given.get(name) is True}
    if any(value is True for name, value in given.items() if name.startswith("perm_reporting")):
        found["perm_reporting"] = True
    # The XML generation did not name this permission before 21.1, and the API that needs it did not exist.
    found.setdefault("perm_configuration", "perm_configuration" not in given)
    return {"perm_command": given.get("perm_command") or "deny", **found}


def fleet(reading: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fact]]:
    """({jump_clients}, what was assumed)."""
    listed, connected = reading.get("fleet"), (reading.get("connected") or {}).get("pinned_client")
    if listed is None:
        why = reading["errors"].get("fleet") or "The product has no Configuration API (before 21.1): only connected clients are counted."
        said = f"{connected or 0} active Jump Clients, as many as are connected; no others"
        return {"jump_clients": {"active": connected or 0}}, [Fact("jump_clients", ASSUMED, said, why)]
    counts, facts = dict(listed["counts"]), []
    personal = max(0, (connected or 0) - listed["online"])
    if connected is not None and personal:
        counts["personal"] = personal
        why = "So many more are connected than the API lists; it does not list personal Jump Groups."
        facts.append(Fact("personal_jump_clients", ASSUMED, f"{personal} active Jump Clients in personal Jump Groups", why))
    if listed["pending"]:
        said = f"{listed['pending']} Jump Clients that still need an upgrade have it when the rehearsal begins"
        facts.append(Fact("pending_jump_clients", ASSUMED, said, "A world of the simulator begins with upgraded clients."))
    if listed["not_understood"]:
        said = f"{listed['not_understood']} Jump Clients are left out"
        facts.append(Fact("jump_clients", ASSUMED, said, "Their rows lack what decides."))
    return {"jump_clients": {**counts, "groups": listed["groups"]}}, facts


def people(reading: Mapping[str, Any]) -> dict[str, Any]:
    """Representatives and Jumpoints with invented names; representatives come back a quarter of an hour after an outage."""
    kinds = {"invited": "Invited"}
    return {
        "representatives": [
            {
                "name": f"Person {number}",
                "type": kinds.get(one["kind"], "Normal"),
                "sessions": one["sessions"],
                **({"session_minutes": SESSION_MINUTES} if one["sessions"] else {}),
            }
            for number, one in enumerate(reading.get("people") or (), 1)
        ],
        "jumpoints": [
            {
                "name": f"Jumpoint {number}",
                "platform": one["platform"] if one["platform"] in ("windows-x86", "linux-x86") else "windows-x86",
                "enabled": one["enabled"],
                **({"returns_minutes": None} if one["enabled"] and not one["connected"] else {}),
            }
            for number, one in enumerate(reading.get("jumpoints") or (), 1)
        ],
    }


def settings(reading: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Storage, limits of Jump Client upgrades, automatic updates, as far as they were read."""
    found: dict[str, Any] = {}
    used = [node["percent_used"] for node in nodes if node.get("percent_used") is not None]
    if used:
        found["storage"] = {"percent_used": max(used)}
    jump = {key: value for key, value in _jump_settings(reading.get("jump_settings") or {}).items() if value is not None}
    if jump:
        found["jump_settings"] = jump
    automatic = {node.get("automatic") for node in nodes}
    found["web"] = {"automatic_updates": "enabled" if True in automatic else "disabled" if False in automatic else "hidden"}
    return found


def _jump_settings(read: Mapping[str, Any]) -> dict[str, Any]:
    automatic = read.get("automatic")
    return {
        "max_concurrent": _within(read.get("max_concurrent"), 1, 500, int),
        "bandwidth": _within(read.get("bandwidth"), 0.1, 100, float),
        "connection_rate": _within(read.get("connection_rate"), 1, 300, int),
        "automatic": automatic if automatic in ("disabled", "cycle", "enabled") else None,
    }


def failover_settings(read: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of Management > Failover that change how a pair behaves, as far as they were read."""
    found: dict[str, Any] = {name: read[name] for name in ("backup_operations", "automatic_failover") if isinstance(read.get(name), bool)}
    minutes = _within(read.get("primary_timeout"), 0, 100000, float)
    return {**found, **({} if minutes is None else {"primary_timeout_minutes": minutes})}


def _within(value: Any, least: float, most: float, kind: type) -> Any:
    """The first number of a text, in these bounds; None without one."""
    match = _NUMBER.search(str(value)) if value is not None and not isinstance(value, bool) else None
    return None if match is None else kind(min(most, max(least, float(match.group(0).replace(",", ".")))))
