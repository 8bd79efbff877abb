# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fields and filters that the Configuration API takes, with their checks: what is not here is an unknown parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..generations import Generation
from .checks import CODE, choice, flag, number_text, text, whole

if TYPE_CHECKING:
    from ..machine.appliance import Machine


START_MODES = choice("normal", "minimized", "hidden")
TEAM = rf"(team:{CODE})?"

# of a Jump Client, by PATCH; what else it has is read-only
CLIENT = {
    "jump_group_id": whole(),
    "jump_group_type": choice("shared", "personal"),
    "name": text(128, 1),
    "tag": text(64),
    "comments": text(1024),
    "jump_policy_id": whole(empty=True),
    "max_offline_minutes": whole(0),
}
CLIENT_OF = {
    "rs": {
        "attended_session_policy_id": whole(2, empty=True),
        "unattended_session_policy_id": whole(2, empty=True),
        "public_site_address": text(128, 1),
        "customer_client_start_mode": START_MODES,
        "is_quiet": flag,
        "support_button_profile_code_name": text(64, pattern=CODE),
        "support_button_direct_queue": text(69, pattern=TEAM),
    },
    "pra": {"session_policy_id": whole(empty=True), "endpoint_agreement_policy": choice("no_prompt", "accept", "reject")},
}
# of a Jump Client installer, by POST
INSTALLER = {
    "jump_group_id": whole(),
    "jump_group_type": choice("shared", "personal"),
    "name": text(128),
    "tag": text(64),
    "comments": text(1024),
    "jump_policy_id": whole(),
    "connection_type": choice("active", "passive"),
    "valid_duration": whole(10, 525600),
    "elevate_install": flag,
    "elevate_prompt": flag,
    "customer_client_start_mode": START_MODES,
    "jumpoint_proxy": text(64),
    "allow_override_jump_group": flag,
    "allow_override_jump_policy": flag,
    "allow_override_name": flag,
    "allow_override_tag": flag,
    "allow_override_comments": flag,
}
INSTALLER_OF = {
    "rs": {
        "attended_session_policy_id": whole(2, empty=True),
        "unattended_session_policy_id": whole(2, empty=True),
        "support_button_profile_code_name": text(64, pattern=CODE),
        "support_button_direct_queue": text(69, pattern=TEAM),
        "allow_override_attended_session_policy": flag,
        "allow_override_unattended_session_policy": flag,
        "allow_override_support_button_profile": flag,
        "allow_override_support_button_direct_queue": flag,
    },
    "pra": {"session_policy_id": whole(empty=True), "allow_override_session_policy": flag},
}
# in the address
CLIENT_FILTERS = {
    "name": text(128, 1),
    "hostname": text(255, 1),
    "fqdn": text(255, 1),
    "tag": text(64, 1),
    "jump_group_id": number_text,
    "jump_group_type": choice("shared", "personal"),
    "console_user": text(1024),
    "public_ip": text(1024, 1),
    "private_ip": text(1024, 1),
    "connection_type": choice("active", "passive", "uninstalled"),
}
INSTALLER_FILTERS = {
    **{name: CLIENT_FILTERS[name] for name in ("name", "hostname", "fqdn", "tag", "jump_group_id", "jump_group_type")},
    "connection_type": choice("active", "passive"),
}
JUMPOINT_FILTERS = {
    "name": text(1024),
    "public_ip": text(1024),
    "private_ip": text(1024),
    "hostname": text(1024),
    "code_name": text(64, pattern=CODE),
}
NAMED_FILTERS = {"name": text(255, 1), "code_name": text(64, pattern=CODE)}
ACCOUNT_FILTERS = {"name": text(255, 1)}
USER_FILTERS = {"username": text(255, 1), "email_address": text(255, 3), "security_provider_id": number_text}


def of_client(machine: Machine) -> dict[str, Any]:
    return {**CLIENT, **CLIENT_OF[machine.product]}


def of_installer(machine: Machine) -> dict[str, Any]:
    """Before 1.8 is_quiet says what customer_client_start_mode says since."""
    old = {} if Generation(machine).configuration_since("1.8") else {"is_quiet": flag}
    return {**INSTALLER, **INSTALLER_OF[machine.product], **old}
