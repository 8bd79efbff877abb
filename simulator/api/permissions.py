# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How an account's permissions are told, by product (docs/vendor/authentication.md#api-account-and-switches,
docs/vendor/command-api-json.md#objects)."""

from __future__ import annotations

from typing import Any

_COMMON = ("perm_backup", "perm_configuration", "perm_configuration_vault_account", "perm_ecm", "perm_scim")
_REPORTING = {
    "rs": ("support", "license", "archive", "vault", "jump_item", "syslog"),
    "pra": ("session", "license", "vault", "asset", "syslog", "duplicate_jump_client"),
}


def reported(account: Any, product: Any, as_text: bool = False) -> dict[str, Any]:
    """Every permission of the account: perm_command as its word, the others as booleans or as '1' and '0'."""
    given = account.permissions
    flags = {name: bool(given.get(name)) for name in (*_COMMON, "perm_vault_backup")}
    flags |= {f"perm_reporting_{kind}": bool(given.get("perm_reporting")) for kind in _REPORTING[product]}
    if product == "rs":
        flags["perm_real_time_state"] = bool(given.get("perm_real_time_state"))
    shown = {name: ("1" if value else "0") for name, value in flags.items()} if as_text else flags
    return {"perm_command": given["perm_command"], **shown}
