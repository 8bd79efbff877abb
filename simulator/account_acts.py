# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Acts on accounts: permissions, secrets, tokens, allow lists, passwords of the pages."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from . import world
from .act_error import ActError

if TYPE_CHECKING:
    from .machine.accounts import ApiAccount, WebAccount
    from .machine.appliance import Machine


def _account(machine: Machine, client_id: str) -> ApiAccount:
    """By client id or by name; the only one if none is given."""
    accounts = machine.accounts.api
    if client_id is None and len(accounts) == 1:
        return next(iter(accounts.values()))
    for account in accounts.values():
        if client_id in (account.client_id, account.name):
            return account
    raise ActError(f"no API account is called {client_id!r} (known: {', '.join(a.name for a in accounts.values())})")


def _web_account(machine: Machine, area: str, username: str) -> WebAccount:
    found = machine.accounts.web.get(area, {}).get(username)
    if found is None:
        raise ActError(f"no account of {area!r} is called {username!r} (areas: appliance, login)")
    return found


def set_permission(machine: Machine, permission: str, value: Any, account: Any = None) -> None:
    permissions = _account(machine, account).permissions
    if permission not in permissions:
        raise ActError(f"no permission is called {permission!r} (known: {', '.join(permissions)})")
    world.check("permissions", {permission: value})
    permissions[permission] = value


def enable_account(machine: Machine, account: Any = None, enabled: bool = True) -> None:
    """Disabling kills all tokens of the account at once."""
    found = _account(machine, account)
    found.enabled = enabled
    if not enabled:
        machine.tokens.revoke(found.client_id)


def new_secret(machine: Machine, account: Any = None) -> dict[str, Any]:
    """Regenerate and save: all tokens of the account die."""
    found = _account(machine, account)
    machine.tokens.revoke(found.client_id)
    return {"client_secret": found.new_secret()}


def set_allow_list(machine: Machine, addresses: Any, account: Any = None) -> None:
    """addresses: a list of networks; empty lets all in."""
    for text in addresses:
        ipaddress.ip_network(text, strict=False)  # its ValueError is a good sentence
    _account(machine, account).allow_list = list(addresses)


def revoke_tokens(machine: Machine) -> None:
    machine.tokens.clear()


def push_out_tokens(machine: Machine, account: Any = None) -> None:
    """Another program of the same account fetches as many tokens as there may be: all others die in silence."""
    for _token in range(machine.limits["tokens"]):
        machine.tokens.issue(_account(machine, account).client_id, machine.now())


def set_web_password(machine: Machine, area: str, username: str, password: str) -> None:
    _web_account(machine, area, username).change(password)


def expire_web_password(machine: Machine, area: str, username: str) -> None:
    _web_account(machine, area, username).expired = True


ACTS = (
    set_permission,
    enable_account,
    new_secret,
    set_allow_list,
    revoke_tokens,
    push_out_tokens,
    set_web_password,
    expire_web_password,
)
