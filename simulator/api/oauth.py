# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""POST /oauth2/token (docs/vendor/authentication.md#token-request): client credentials, in the three forms that clients use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..generations import Generation
from ..machine.accounts import same
from . import answers
from .auth import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Request, Response

    from ..machine.accounts import ApiAccount
    from ..machine.appliance import Machine


PATH = "/oauth2/token"
# Messages other than the first are our wording; the enum of errors is documented.
MESSAGES = {
    "invalid_client": "Client authentication failed.",
    "invalid_request": "The request is missing a required parameter.",
    "unsupported_grant_type": "The authorization grant type is not supported.",
}


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this address, None for others."""
    if request.path != PATH:
        return None
    if not Generation(machine).oauth:
        return answers.document_not_found()
    answers.allows(request, ["POST"])
    given = _parameters(request)
    if given.get("grant_type") != "client_credentials":
        error = "unsupported_grant_type" if given.get("grant_type") else "invalid_request"
        return _error(error, 400)
    account = _account(request, machine, *_credentials(request, given))
    if account is None:
        return _error("invalid_client", 401)
    request.environ[ACCOUNT] = account.name
    token = machine.tokens.issue(account.client_id, machine.now())
    machine.event("token_issued", account=account.name)
    return answers.as_json({"access_token": token, "token_type": "Bearer", "expires_in": int(machine.tokens.seconds)})


def _parameters(request: Request) -> Mapping[str, Any]:
    """The body as a form (documented) or as JSON (observed)."""
    data = request.get_json(silent=True) if request.is_json else None
    return data if isinstance(data, dict) else request.form


def _credentials(request: Request, given: Any) -> tuple[str, str]:
    """Basic (documented), or both in the body (observed)."""
    basic = request.authorization
    if basic and basic.type == "basic":
        return basic.username or "", basic.password or ""
    return str(given.get("client_id", "")), str(given.get("client_secret", ""))


def _account(request: Request, machine: Machine, client_id: str, secret: str) -> ApiAccount | None:
    """The account if all is right. A locked or disabled one and a wrong address are told apart by nobody."""
    account, now = machine.accounts.api.get(client_id), machine.now()
    if account is None or not account.enabled or account.attempts.locked(now):
        return None
    if not account.admits(request.remote_addr):
        return None
    if not same(secret, account.secret):
        account.attempts.fail(now)
        return None
    account.attempts.reset()
    return account


def _error(name: str, status: Any) -> Response:
    return answers.as_json({"error": name, "message": MESSAGES[name]}, status)
