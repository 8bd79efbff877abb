# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tokens of API accounts (since 16.1): fetched once per account and hour, shared by all tasks, renewed after a 401."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import AccessDenied, NotFound, NotUnderstood, Refused, Unavailable
from ..mask.secrets import SECRETS
from ..model.fields import Fields
from ..model.login_words import about_credentials
from ..model.markup_text import visible_text
from ..storage.refused_login import RefusedLogin
from ..storage.secret_cache import key_of

if TYPE_CHECKING:
    from ..errors import ApplianceError
    from ..http.rate_limit import Limiter
    from ..http.response import Response
    from ..http.transport import Transport
    from ..storage.secret_cache import Cache

_PATH = "/oauth2/token"
_FINAL_STATUSES = (400, 401, 403, 422)  # a response to the secret itself: another try would end the same
_TRIED_ONCE = "It was tried once: repeated failures lock an account for a time."
_MARGIN = 60  # seconds; a token that ends sooner is not used for a new request
_ACCOUNTS_PAGE = "/login > Management > API Configuration"


class Tokens:
    """The token of one API account.

    Documented form: POST /oauth2/token, Basic client_id:client_secret, form body grant_type=client_credentials
    (docs/vendor/authentication.md#token-request). A token lives 3600 seconds. An account has at most 30 tokens, and one more
    silently ends the oldest: hence the cache.
    Raises AccessDenied, NotFound (no such address), NotUnderstood (a page instead of a token), Unavailable.
    """

    def __init__(
        self,
        transport: Transport,
        client_id: str,
        client_secret: str,
        cache: Cache,
        clock: Callable[[], float] = time.time,
        rate_limiter: Limiter | None = None,
    ) -> None:
        self.client_id, self._transport, self._cache, self._clock = client_id, transport, cache, clock
        self._rate_limiter = rate_limiter  # the request of a token counts too
        pair = f"{client_id}:{client_secret}".encode()
        self._basic = "Basic " + base64.b64encode(pair).decode()
        self._refused: ApplianceError | None = None  # a wrong secret is not tried again: repeated failures lock the account
        self._refused_before = RefusedLogin(cache, transport.base, client_id, client_secret, clock=clock)
        self._name = f"The API account {client_id!r}"
        self._key = key_of("token", transport.base, client_id, client_secret)

    def header(self) -> dict[str, str]:
        """{"Authorization": "Bearer ..."} with a token that is probably valid."""
        return _bearer(self._cached() or self._fetch_locked())

    def renew(self, failed: dict[str, str] | None) -> dict[str, str]:
        """Another header after `failed` led to a 401; fetches a token only if no other task did so meanwhile."""
        with self._cache.lock(self._key):
            token = self._cached()
            if not token or _bearer(token) == failed:
                self._cache.delete(self._key)
                token = self._fetch()
            return _bearer(token)

    def _fetch_locked(self) -> str:
        with self._cache.lock(self._key):
            return self._cached() or self._fetch()

    def _cached(self) -> str | None:
        """The cached token, unless it ends soon or is from the future (the clock was set back)."""
        cached = self._cache.read(self._key) or {}
        fetched, seconds = cached.get("begun"), cached.get("seconds")
        if not isinstance(fetched, (int, float)) or not isinstance(seconds, (int, float)):
            return None
        return cached.get("token") if 0 <= self._clock() - fetched < seconds - _MARGIN else None

    def _fetch(self) -> str:
        refused = self._refused or self._refused_before.read()
        if refused is not None:
            raise refused
        fetched = self._clock()
        response = self._transport.request(
            "POST",
            _PATH,
            data={"grant_type": "client_credentials"},
            headers={"Authorization": self._basic, "Accept": "application/json"},
            rate_limiter=self._rate_limiter,
            repeatable=True,  # one more token is harmless
        )
        if response.status != 200:
            error = self._refusal(response)
            self._refused = error if isinstance(error, AccessDenied) or response.status in _FINAL_STATUSES else None
            self._refused_before.note(error)
            raise error
        fields = Fields(self._read_object(response), what=f"POST {_PATH}", host=response.host)
        token, kind = fields.text("access_token"), fields.text("token_type", "Bearer")
        if kind.lower() != "bearer":
            raise NotUnderstood(f"POST {_PATH} returned a token of type {kind!r}, not Bearer.", host=response.host)
        seconds = fields.integer("expires_in", 3600)
        self._cache.write(self._key, {"token": token, "begun": fetched, "seconds": seconds})
        return token

    def _read_object(self, response: Response) -> Any:
        """The response as a dict. The text of a page may be shown; JSON is not shown, it may hold a token."""
        if response.is_html or not response.body.strip():
            raise self._no_token_error(response)
        try:
            return response.json()
        except NotUnderstood:
            raise self._no_token_error(response) from None

    def _no_token_error(self, response: Response) -> ApplianceError:
        what = f"the web page {response.title!r}" if response.title else "no JSON" if response.body.strip() else "nothing"
        if not response.is_html and about_credentials(visible_text(response.text)):
            self._refused = refused = AccessDenied(
                f"{self._name} received no token but a message about its login.",
                host=response.host,
                evidence=response.evidence(),
                remedy=_TRIED_ONCE,
            )
            self._refused_before.note(refused)
            return refused
        error = NotUnderstood(
            f"POST {_PATH} returned {what} instead of a token.",
            host=response.host,
            remedy="Check that url is the public host name of the site, not of another product. " + _OLDER,
        )
        self._refused = error if response.asks_for_password else None  # a login form may have counted the secret as a failed login
        return error

    def _refusal(self, response: Response) -> ApplianceError:
        host, account = response.host, self._name
        code, evidence = _error(response)
        if response.status in (404, 405):
            return NotFound(
                f"The address has no {_PATH}.",
                host=host,
                evidence=response.evidence(),
                remedy="Check that url is the public host name of the site. " + _OLDER,
            )
        if response.status >= 500 or code == "server_error":
            return Unavailable(f"{account} received no token.", host=host, evidence=evidence, facts={"interface": f"token address {_PATH}"})
        if code == "invalid_client" or response.status in (401, 403):
            return AccessDenied(
                f"{account} or its secret was refused.",
                host=host,
                evidence=evidence,
                remedy=f"In {_ACCOUNTS_PAGE} verify that it is enabled and that its Network Address Allow List contains this machine; "
                f"check client_id and client_secret. {_TRIED_ONCE}",
            )
        if not code and response.is_html:
            return self._no_token_error(response)
        return Refused(f"{account} received no token.", host=host, evidence=evidence, remedy=f"Check it in {_ACCOUNTS_PAGE}.")


_OLDER = "Appliances before 16.1 have no API accounts: use username and password there."


def _bearer(token: str) -> dict[str, str]:
    SECRETS.learn(token)
    return {"Authorization": f"Bearer {token}"}


def _error(response: Response) -> tuple[str, str]:
    """(code, words) of an error of the token endpoint; the documented fields are error and message."""
    try:
        values = response.json()
    except NotUnderstood:
        values = None
    code = values.get("error") if isinstance(values, dict) else None
    return (code if isinstance(code, str) else ""), response.evidence()
