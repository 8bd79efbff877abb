# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Snapshots with plausible content, as no simulator has them."""

import dataclasses

from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.area import AREAS, Area
from ansible_collections.bomgar.appliance.plugins.module_utils.model.snapshot.document import (
    AFTER,
    BEFORE,
    Snapshot,
    read_snapshot,
    write_snapshot,
)

NOW = 1772823600.0  # 2026-03-06T19:00:00
DAY = 86400
GUIDS = {"a": "aa" * 16, "b": "bb" * 16}
API = "Configuration API"


def named(*names, **states):
    """Items of a list: {id: {name, state}}."""
    rows = {str(number): {"name": name} for number, name in enumerate(names, 1)}
    return {key: {**one, **({"state": states[one["name"]]} if one["name"] in states else {})} for key, one in rows.items()}


def clients(number, state="online"):
    return {str(one): {"name": f"client-{one:05d}", "state": state, "host": f"HOST-{one:05d}"} for one in range(1, number + 1)}


def areas(clock=NOW):
    """An Area of each kind."""
    certificate = {
        "name": "support.example.com",
        "fingerprint": "ab" * 32,
        "not_after": iso(NOW + 300 * DAY),
        "subject": "CN=support.example.com",
    }
    return {
        "version": Area("Command API", values={"version": "22.1.4", "build": "52128-ab", "api_version": "1.22.1"}),
        "base": Area("the page Status > Basics", values={"base": "6.2.0"}),
        "health": Area("Command API", values={"healthy": True, "message": ""}),
        "failover_role": Area("Command API", values={"role": "primary", "cluster_role": "single", "members": ", ".join(GUIDS.values())}),
        "certificates": Area("TLS", items={"its own name": certificate}),
        "certificate_list": Area(
            "the page Security > Certificates", items=named("support.example.com", **{"support.example.com": "default"})
        ),
        "permissions": Area("Command API (xml)", values={"perm_command": "full_access", "perm_backup": True, "perm_ecm": False}),
        "data_sync": Area("Command API", values={"relation": True, "time": clock - 3600, "status": "Success", "clock": clock}),
        "relation_settings": Area("the page Management > Failover", values={"backup_operations": True, "sync_interval": "24"}),
        "clients_connected": Area("Command API", values={"jump_clients": 100}),
        "jump_clients": Area(API, items=clients(100)),
        "jump_groups": Area(API, items=named("Servers", "Kiosks")),
        "jumpoints": Area(API, items=named("Data centre", "Branch", **{"Data centre": "connected", "Branch": "connected"})),
        "installers": Area(API, items=named("Installer 1", **{"Installer 1": "valid"})),
        "jump_settings": Area("the page Jump > Jump Clients", values={"max_concurrent": "50", "automatic": "enabled"}),
        "users": Area(
            API,
            items={
                "1": {"name": "admin", "state": "enabled", "administrator": True},
                "2": {"name": "ada", "state": "enabled", "administrator": False},
            },
        ),
        "teams": Area(API, items=named("General")),
        "api_accounts": Area(API, items=named("automation", automation="enabled")),
    }


def snapshot(when=BEFORE, node="a", role="primary", **changed):
    """A Snapshot; changed: {area: Area}."""
    moment = NOW if when == BEFORE else NOW + DAY
    made = {**areas(moment), **changed}
    role_area = made["failover_role"]
    if role_area.is_read and "failover_role" not in changed:
        made["failover_role"] = dataclasses.replace(role_area, values={**role_area.values, "role": role})
    assert set(made) == set(AREAS)
    found = Snapshot(node, GUIDS[node], f"{node}.example.com", role, when, iso(moment), moment, made, "0.1.0")
    return read_snapshot(write_snapshot(found), f"/srv/site/snapshots/{node}-{when}.json")


def pair_of(before=None, after=None, **more):
    """(before, after) of one node."""
    return snapshot(BEFORE, **{**more, **(before or {})}), snapshot(AFTER, **{**more, **(after or {})})
