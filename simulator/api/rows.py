# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of the Configuration API: Jump Clients, Jumpoints, installers, accounts, users (interfaces 7.2 to 7.5)."""

from ..clock import to_iso
from ..generations import Generation
from .permissions import reported

SYSTEMS = ("Windows 11 (64-bit)", "Windows Server 2022 (64-bit)", "macOS 14.5", "Ubuntu 24.04 LTS (64-bit)")
PLATFORMS = {
    "linux-64": "bin", "raspberry-pi-32-headless": "bin", "mac-dmg": "dmg", "mac-zip": "zip", "windows-64-msi": "msi",
    "windows-32-msi": "msi", "linux-64-headless": "bin", "windows-64": "exe", "windows-32": "exe",
}  # fmt: skip
INSTALLER_FIELDS = (
    "jump_group_id", "jump_group_type", "name", "tag", "comments", "jump_policy_id", "attended_session_policy_id",
    "unattended_session_policy_id", "session_policy_id", "connection_type", "valid_duration", "elevate_install",
    "elevate_prompt", "is_quiet", "customer_client_start_mode", "max_offline_minutes", "jumpoint_proxy",
    "allow_override_jump_group", "allow_override_jump_policy", "allow_override_name", "allow_override_tag",
    "allow_override_comments", "allow_override_attended_session_policy", "allow_override_unattended_session_policy",
)  # fmt: skip


def jump_client(machine, index):
    """All fields of 7.2 that this product and this version of the API have."""
    return {**client_facts(machine, index), **_client_extras(machine)}


def client_facts(machine, index):
    """The fields that every product and version has."""
    fleet, now = machine.clients, machine.now()
    kind, name, since = fleet.kind(index), fleet.name(index), fleet.times(index, now)
    connect, disconnect = ("" if moment is None else to_iso(moment) for moment in since)  # empty: never
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
        "expiration_timestamp": "",
        "max_offline_minutes": 0,
        "last_access_timestamp": "",
    }


def _client_extras(machine):
    """Fields that come and go with product and API version."""
    age = Generation(machine)
    if machine.product == "pra":
        extras = {"session_policy_id": None, "endpoint_agreement_policy": "no_prompt"}
        return extras if age.configuration_since("1.8") else {**extras, "is_quiet": False}
    extras = {
        "attended_session_policy_id": None,
        "unattended_session_policy_id": None,
        "public_site_address": machine.hostname,
        "is_quiet": False,
    }
    if age.configuration_since("1.8"):
        extras["customer_client_start_mode"] = "normal"
    if age.configuration_since("1.10"):
        extras |= {"support_button_profile_code_name": "", "support_button_direct_queue": ""}
    return extras


def matching(machine, wanted):
    """Indexes of the Jump Clients that fit all filters; text matches exactly but for case."""
    cheap = {key: wanted[key] for key in ("name", "connection_type") if key in wanted}
    others = {key: value.lower() for key, value in wanted.items() if key not in cheap}
    for index in machine.clients.indexes(**cheap):
        row = client_facts(machine, index) if others else {}
        if all(str(row[key]).lower() == value for key, value in others.items()):
            yield index


def installer(machine, one, secret=False):
    """All fields of 7.3."""
    return {
        "id": one.id,
        "installer_id": one.installer_id,
        "name": f"Installer {one.id}",
        "tag": "",
        "comments": "",
        "jump_group_type": "shared",
        "connection_type": "active",
        "max_offline_minutes": 0,
        "elevate_install": False,
        "elevate_prompt": False,
        **{key: value for key, value in one.fields.items() if key != "valid_duration"},
        "expiration_timestamp": to_iso(one.expires),
        "key_info": _key_info(machine, one, secret),
    }


def _key_info(machine, one, secret):
    """Flat as in the schema, or by platform as one script reads it. encodedInfo is the secret deployment key: only the
    reply to the creation has it.
    """
    held = {"encodedInfo": one.key} if secret else {}
    files = {platform: f"sra-scc-{one.installer_id}.{ending}" for platform, ending in PLATFORMS.items()}
    if machine.features["installer_key_info"] == "flat":
        files = {"": f"sra-scc-{one.installer_id}.msi"}
    known = {platform: {**held, "filename": file, "installerPath": f"/{file}"} for platform, file in files.items()}
    return known.get("", known)


def jumpoint(machine, one):
    """Some jzp_* are null after an upgrade until the Jumpoint first connects."""
    fresh = one.cut is not None and one.back > machine.now()
    row = {
        "id": one.id,
        "name": one.name,
        "platform": one.platform,
        "code_name": one.name.lower().replace(" ", "_"),
        "comments": "",
        "enabled": one.enabled,
        "connected": one.connected(machine.now()),
        "clustered": one.clustered,
        "shell_jump_enabled": True,
        "external_jump_item_network_id": "",
        "jzp_enabled": None if fresh else False,
        "jzp_proxy_hostname": None if fresh else "",
        "jzp_proxy_port": None if fresh else 9555,
        "jzp_allow_http_get": None if fresh else False,
        "jzp_client_address_restrictions_type": None if fresh else "no_restriction",
        "jzp_restricted_ips": None if fresh else [],
        "docker_deploy_key": "",
        "key_info": "",
    }
    if machine.product == "pra":
        row |= {"protocol_tunnel_enabled": False, "managed_ip_ranges": "", "rdp_service_account_id": None}
    return row


def nodes(machine, one):
    return [_node(machine, one, number) for number in range(1, one.nodes + 1)]


def _node(machine, one, number):
    met = one.back if one.back <= machine.now() and not one.uninstalled else None
    return {
        "id": 100 * one.id + number,
        "last_connect_timestamp": to_iso(met) if met else None,
        "last_disconnect_timestamp": to_iso(one.cut) if one.cut else None,
        "public_ip": "198.51.100.200",
        "private_ip": f"10.9.{one.id}.{number}",
        "hostname": f"jumpoint-{one.id}-{number}",
    }


def jumpoint_fits(machine, one, arguments):
    """Filters on the row, or on any of its nodes."""
    row, places = jumpoint(machine, one), nodes(machine, one)
    for key in ("name", "code_name"):
        if key in arguments and row[key].lower() != arguments[key].lower():
            return False
    asked = [key for key in ("public_ip", "private_ip", "hostname") if key in arguments]
    return all(any(node[key].lower() == arguments[key].lower() for node in places) for key in asked)


def api_account(machine, one):
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


def users(machine):
    return [_user(machine, number) for number in range(1, machine.people.users + 1)]


def _user(machine, number):
    facts = {
        "id": number,
        "security_provider_id": 1,
        "username": "admin" if number == 1 else f"user{number}",
        "public_display_name": "Administrator" if number == 1 else f"User {number}",
        "email_address": f"user{number}@example.com",
        "enabled": True,
        "last_authentication": "",
        "perm_admin": number == 1,
    }
    return {**facts, "private_display_name": facts["public_display_name"]} if machine.product == "rs" else facts
