# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of the Configuration API: Jump Clients, Jumpoints, installers, accounts, users (docs/vendor/configuration-api.md#jump-clients)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..clock import to_iso
from ..generations import Generation
from .permissions import reported

if TYPE_CHECKING:
    from ..machine.appliance import Machine


SYSTEMS = ("Windows 11 (64-bit)", "Windows Server 2022 (64-bit)", "macOS 14.5", "Ubuntu 24.04 LTS (64-bit)")
TIMES = ("last_connect_timestamp", "last_disconnect_timestamp", "expiration_timestamp", "last_access_timestamp")


def _present(row: Any) -> dict[str, Any]:
    """The row without the times that never were: a date, or no such field."""
    return {key: value for key, value in row.items() if value is not None or key not in TIMES}


def jump_client(machine: Machine, index: Any) -> dict[str, Any]:
    """All fields of 7.2 that this product and this version of the API have."""
    row = {**client_facts(machine, index), **_client_extras(machine)}
    changed = machine.clients.described.get(index, {})
    return _present({**row, **{key: value for key, value in changed.items() if key in row}})


def client_facts(machine: Machine, index: Any) -> dict[str, Any]:
    """The fields that every product and version has."""
    fleet, now = machine.clients, machine.now()
    kind, name, since = fleet.kind(index), fleet.name(index), fleet.times(index, now)
    connect, disconnect = (moment and to_iso(moment) for moment in since)  # None: never
    return {
        "id": index + 1,
        "jump_group_id": index % fleet.groups + 1,
        "jump_group_type": "shared",
        "name": name,
        "hostname": name.upper(),
        "fqdn": f"{name}.corp.example.com".lower(),
        "tag": "",
        "comments": "",
        "jump_policy_id": None,
        "install_mode": "service",
        "connection_type": fleet.connection_type(index),
        "last_connect_timestamp": connect,
        "last_disconnect_timestamp": disconnect,
        "is_lost": kind == "lost",
        "needs_update": fleet.needs_update(index, now),
        "unavailable_reason": "disabled" if kind == "disabled" else "none",
        "operating_system": SYSTEMS[index % len(SYSTEMS)],
        "public_ip": f"198.51.100.{index % 250 + 1}",
        "private_ip": f"10.{index // 62500 % 250}.{index // 250 % 250}.{index % 250 + 1}",
        "console_user": "",
        "expiration_timestamp": None,
        "max_offline_minutes": 0,
        "last_access_timestamp": None,
    }


def support_extras(machine: Machine, age: Any) -> dict[str, Any]:
    """What Remote Support tells of a Jump Client and of an installer alike."""
    extras = {
        "attended_session_policy_id": None,
        "unattended_session_policy_id": None,
        "public_site_address": machine.hostname,
        "is_quiet": False,
    }
    return {**extras, "customer_client_start_mode": "normal"} if age.configuration_since("1.8") else extras


def _client_extras(machine: Machine) -> dict[str, Any]:
    """Fields that come and go with product and API version."""
    age = Generation(machine)
    if machine.product == "pra":
        extras = {"session_policy_id": None, "endpoint_agreement_policy": "no_prompt"}
        return extras if age.configuration_since("1.8") else {**extras, "is_quiet": False}
    extras = support_extras(machine, age)
    if age.configuration_since("1.10"):
        extras |= {"support_button_profile_code_name": "default", "support_button_direct_queue": "team:general"}
    return extras


def matching(machine: Machine, wanted: Any) -> Iterator[int]:
    """Indexes of the Jump Clients that fit all filters; text matches exactly but for case."""
    cheap = {key: wanted[key] for key in ("name", "connection_type") if key in wanted}
    others = {key: value.lower() for key, value in wanted.items() if key not in cheap}
    for index in machine.clients.indexes(**cheap):
        row = {**client_facts(machine, index), **machine.clients.described.get(index, {})} if others else {}
        if all(str(row[key]).lower() == value for key, value in others.items()):
            yield index


def api_account(machine: Machine, one: Any) -> dict[str, Any]:
    """The lock-out is told in failed_login_attempts and failed_login_expiration."""
    locked = one.attempts.locked(machine.now())
    facts = {
        "id": one.id,
        "name": one.name,
        "comments": one.comments,
        "enabled": one.enabled,
        "ip_addresses": "\n".join(one.allow_list),
        "client_id": one.client_id,
        "failed_login_attempts": one.attempts.count,
        "failed_login_expiration": to_iso(one.attempts.until) if locked else "",
    }
    granted = reported(one, machine.product)
    return {**facts, **{name: value for name, value in granted.items() if name != "perm_scim"}}


def users(machine: Machine) -> list[dict[str, Any]]:
    return [_user(machine, one) for one in machine.people.users]


def _user(machine: Machine, one: Any) -> dict[str, Any]:
    facts = {
        "id": one.id,
        "security_provider_id": 1,
        "username": one.name,
        "public_display_name": "Administrator" if one.id == 1 else f"User {one.id}",
        "email_address": f"user{one.id}@example.com",
        "enabled": one.enabled,
        "perm_admin": one.id == 1,
    }
    return {**facts, "private_display_name": facts["public_display_name"]} if machine.product == "rs" else facts


def jump_groups(machine: Machine) -> list[dict[str, Any]]:
    """The shared Jump Groups (docs/vendor/configuration-api.md#jump-groups-and-teams)."""
    return [_grouped(one) for one in machine.people.jump_groups]


def teams(machine: Machine) -> list[dict[str, Any]]:
    """The teams; portals are of Remote Support alone."""
    extras = {"persistent_queue": False, "public_portal_ids": ["All portals"]} if machine.product == "rs" else {}
    return [{**_grouped(one), **extras} for one in machine.people.teams]


def _grouped(one: Any) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "code_name": re.sub("[^a-z0-9_-]+", "_", one.name.lower()), "comments": ""}
