# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who calls: a bearer token, or user name and password as before 16.1 (docs/vendor/authentication.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..generations import Generation
from . import answers

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.accounts import ApiAccount, LegacyUser
    from ..machine.appliance import Machine


ACCOUNT = "simulator.account"


class BadLogin(Exception):
    """A user name and password that belong to nobody; each API says so in its own way."""


def caller(request: Request, machine: Machine) -> ApiAccount | LegacyUser:
    """The account behind a request. Raises BadLogin, or Stop with 401 or 429; counts the request."""
    account = _bearer(request, machine) or _legacy(request, machine)
    if account is None or not account.admits(request.remote_addr):
        raise answers.Stop(answers.as_json(answers.DENIED, 401))
    request.environ[ACCOUNT] = account.name
    _count(request, machine, account)
    return account


def _bearer(request: Request, machine: Machine) -> ApiAccount | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    client_id = machine.tokens.owner(token.strip(), machine.now())
    account = machine.accounts.api.get(client_id)
    return account if account and account.enabled else None


def _legacy(request: Request, machine: Machine) -> LegacyUser | None:
    name = request.values.get("username")
    if name is None or not Generation(machine).legacy_login:
        return None
    user = machine.accounts.legacy_user(name, request.values.get("password", ""), machine.now())
    if user is None:
        raise BadLogin
    return user


def _count(request: Request, machine: Machine, account: Any) -> None:
    """X-RateLimit headers are documented; what comes over the limit is UNKNOWN: 429 is our invention."""
    allowed, left = machine.meter.take(account.client_id, machine.now(), machine.clock.real())
    headers = {"X-RateLimit-Limit": str(machine.meter.limit), "X-RateLimit-Remaining": str(left)}
    request.environ["simulator.headers"] = headers
    if not allowed:
        raise answers.Stop(answers.as_json({"message": "Too many requests."}, 429, {"Retry-After": "1"}))
