# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of the Configuration API for installers of Jump Clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..clock import to_iso
from ..generations import Generation
from .rows import support_extras

if TYPE_CHECKING:
    from ..machine.appliance import Machine


PLATFORMS = {
    "linux-64": "bin",
    "raspberry-pi-32-headless": "bin",
    "mac-dmg": "dmg",
    "mac-zip": "zip",
    "windows-64-msi": "msi",
    "windows-32-msi": "msi",
    "linux-64-headless": "bin",
    "windows-64": "exe",
    "windows-32": "exe",
}

OVERRIDES = (
    "jump_group",
    "jump_policy",
    "name",
    "tag",
    "comments",
    "attended_session_policy",
    "unattended_session_policy",
    "support_button_profile",
    "support_button_direct_queue",
)


def installer(machine: Machine, one: Any, secret: bool = False) -> dict[str, Any]:
    """All fields of an installer; name, Support Button and Jump Policy only where they were given: blank, a host's name is taken."""
    age = Generation(machine)
    elevate = not age.configuration_since("1.12")  # deprecated since, and always false
    row = {
        "id": one.id,
        "installer_id": one.installer_id,
        "tag": "",
        "comments": "",
        "jump_group_type": "shared",
        "connection_type": "active",
        "max_offline_minutes": 0,
        "elevate_install": elevate,
        "elevate_prompt": elevate,
        **_installer_extras(machine, age),
        **{key: value for key, value in one.fields.items() if key != "valid_duration" and value not in (None, "")},
        "expiration_timestamp": to_iso(one.expires),
        "key_info": _key_info(machine, one, secret),
    }
    return row if elevate else {**row, "elevate_install": False, "elevate_prompt": False}


def _installer_extras(machine: Machine, age: Any) -> dict[str, Any]:
    """Fields that come and go with product and API version; the product's own ones as for Jump Clients."""
    if machine.product == "pra":
        return {"session_policy_id": None}
    extras = support_extras(machine, age)
    newer = age.configuration_since("1.10")
    return {**extras, **{f"allow_override_{name}": False for name in OVERRIDES if newer or not name.startswith("support_button")}}


def _key_info(machine: Machine, one: Any, secret: bool) -> dict[str, Any]:
    """Flat as in the schema, or by platform as one script reads it. encodedInfo is the secret deployment key: only the
    reply to the creation has it.
    """
    held = {"encodedInfo": one.key} if secret else {}
    files = {platform: f"sra-scc-{one.installer_id}.{ending}" for platform, ending in PLATFORMS.items()}
    if machine.features["installer_key_info"] == "flat":
        files = {"": f"sra-scc-{one.installer_id}.msi"}
    known = {platform: {**held, "filename": file, "installerPath": f"/{file}"} for platform, file in files.items()}
    return known.get("", known)
