# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Credentials for the APIs: an API account (since 16.1) or, on older appliances, a user with a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ..errors import AccessDenied, InvalidInput, NotUnderstood, Refused

if TYPE_CHECKING:
    from ..errors import ApplianceError
    from ..http.rate_limit import Limiter
    from ..http.response import Response
    from ..http.transport import Transport
    from ..storage.refused_login import RefusedLogin
    from .oauth import Tokens

_LIST = "/login > Management > API Configuration"


class Credentials(Protocol):
    """Authorizes requests.

    is_api_account: False for a user with a password. accepted: a response showed that the secret is right.
    refused: the error after the secret was refused. A secret is tried once, because repeated failures lock the account.
    """

    name: str
    is_api_account: bool
    accepted: bool
    refused: ApplianceError | None

    def apply(self, call: dict[str, Any]) -> dict[str, Any]:
        """The keyword arguments of Transport.request with the credentials."""

    def retry(self, call: dict[str, Any]) -> dict[str, Any] | None:
        """The same with fresh credentials after a 401; None if there are none."""

    def note_refusal(self, error: ApplianceError) -> None:
        """Remember a refusal that may mean the secret."""


class OAuth:
    """An API account. tokens: oauth.Tokens. rate_limiter: enforces the limits of the account (rate_limit.AccountRateLimiter)."""

    is_api_account = True
    accepted = True  # the appliance issued a token

    def __init__(self, tokens: Tokens, rate_limiter: Limiter | None = None) -> None:
        self._tokens, self._rate_limiter = tokens, rate_limiter
        self._sent: dict[str, str] | None = None
        self.refused: ApplianceError | None = None  # Tokens remembers a wrong secret itself
        self.name = f"the API account {tokens.client_id!r}"

    def apply(self, call: dict[str, Any]) -> dict[str, Any]:
        """The keyword arguments of Transport.request, with the rate limiter and with the token as it is when the request is sent."""
        self._tokens.header()  # a problem of the account is raised here, not as a failure of the request
        return {**call, "rate_limiter": self._rate_limiter, "authorize": self._authorize}

    def retry(self, call: dict[str, Any]) -> dict[str, Any] | None:
        """The same call with a fresh token, after a 401."""
        return {**call, "authorize": self._authorize_renewed}

    def note_refusal(self, error: ApplianceError) -> None:
        """Do nothing: the appliance issued a token, so the secret is right."""

    def _authorize(self) -> dict[str, str]:
        """The header, read after the wait for the rate limit, which may take longer than a token lives."""
        self._sent = header = self._tokens.header()
        return header

    def _authorize_renewed(self) -> dict[str, str]:
        self._sent = header = self._tokens.renew(self._sent)
        return header


class Legacy:
    """A user of the site, for appliances before 16.1 and some that were upgraded from them
    (docs/vendor/authentication.md#three-generations).

    The vendor allows GET and POST. This class always sends a form by POST, because a URL with a password ends up in logs.
    """

    is_api_account = False

    def __init__(self, username: str, password: str, refused_before: RefusedLogin | None = None) -> None:
        self._fields = {"username": username, "password": password}
        self.name = f"the user {username!r}"
        self._refused_before = refused_before
        self._refused: ApplianceError | None = refused_before.read() if refused_before is not None else None
        self.accepted = False  # whether a response of this task accepted it

    @property
    def refused(self) -> ApplianceError | None:
        """The error after the password was refused; it is tried once in a run, because repeated failures lock the user."""
        return self._refused

    @refused.setter
    def refused(self, error: ApplianceError | None) -> None:
        self._refused = error
        if error is not None and self._refused_before is not None:
            self._refused_before.note(error)

    def apply(self, call: dict[str, Any]) -> dict[str, Any]:
        if self.refused is not None:
            raise self.refused
        if call.get("json") is not None:
            raise InvalidInput(
                f"{call['method']} {call['path']} does not accept a user with a password.",
                remedy="Use an API account with client_id and client_secret.",
            )
        form = {**(call.get("params") or {}), **(call.get("data") or {}), **self._fields}
        read = call.get("repeatable", call["method"] == "GET")
        return {**call, "method": "POST", "params": None, "data": form, "repeatable": read}

    def retry(self, call: dict[str, Any]) -> dict[str, Any] | None:
        """Return None: there is no fresher password."""

    def note_refusal(self, error: ApplianceError) -> None:
        """Remember a refusal that may mean the password, unless it was accepted before: it is not sent again."""
        if not self.accepted and (isinstance(error, Refused) or error.got_login_page):
            self.refused = error


def send_authorized(transport: Transport, credentials: Credentials, method: str, path: str, **options: Any) -> Any:
    """Transport.request with credentials; after a 401 once more with a fresh token.

    A 401 means that nothing was executed, so this is safe for writes too. After a second 401: AccessDenied, or Refused if
    the appliance names another reason (the Configuration API sends 401 for unknown parameters, docs/vendor/traps.md#traps).
    """
    call = credentials.apply({"method": method, "path": path, **options})
    response = transport.request(**call)
    if response.status == 401:
        fresh = credentials.retry(call)
        response = transport.request(**fresh) if fresh else response
    if response.status == 401:
        raise _rejection(response, credentials)
    return response


def _rejection(response: Response, credentials: Credentials) -> ApplianceError:
    try:
        values = response.json()
    except NotUnderstood:
        values = None
    if isinstance(values, dict) and values.get("message") and "error" not in values:
        return Refused(
            f"{response.request} was refused.",
            host=response.host,
            evidence=response.evidence(),
            remedy="The status may mean a parameter that this version does not know.",
        )
    return access_denied(credentials, response.request, host=response.host, evidence=response.evidence())


def access_denied(credentials: Credentials, request: str, *, host: str, evidence: str) -> AccessDenied:
    """The AccessDenied for refused credentials. A password is remembered as refused and not sent again."""
    credentials.refused = AccessDenied(
        f"{request} refused {credentials.name} even with a fresh token."
        if credentials.is_api_account
        else f"{request} refused {credentials.name} with this password.",
        host=host,
        evidence=evidence,
        remedy=f"In {_LIST} verify that the account is enabled and that its Network Address Allow List contains this machine."
        if credentials.is_api_account
        else "Check the user name, the password, and whether the user is locked. It was tried once: repeated failures "
        "lock a user for a time.",
    )
    return credentials.refused
