# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tokens of API accounts (from 16.1): fetched once per account and hour, shared, renewed when turned down."""

from __future__ import annotations

import base64
import time

from .errors import AccessDenied, NotFound, NotUnderstood, Refused, Unavailable
from .model.fields import Fields
from .secret_cache import key_of

_PATH = "/oauth2/token"
_MARGIN = 60  # seconds before its end at which a token is no longer begun with
_WHERE = "/login > Management > API Configuration"


class Tokens:
    """The token of one API account.

    Documented form: POST /oauth2/token, Basic client_id:client_secret, form body grant_type=client_credentials
    (interfaces 2.2). A token lives 3600 s and an account has at most 30, one more silently kills the oldest: hence
    the cache. Raises AccessDenied, NotFound (no such address), NotUnderstood (a page instead), Unavailable.
    """

    def __init__(self, transport, client_id, client_secret, cache, clock=time.time, pace=None):
        self.client_id, self._transport, self._cache, self._clock = client_id, transport, cache, clock
        self._pace = pace  # asking for a token counts too
        pair = f"{client_id}:{client_secret}".encode()
        self._basic = "Basic " + base64.b64encode(pair).decode()
        self._refused = None  # what is wrong once is not tried again: failures in a row lock the account
        self._key = key_of("token", transport.base, client_id, client_secret)

    def header(self):
        """{"Authorization": "Bearer ..."} with a token that is believed to live."""
        return _bearer(self._kept() or self._fetched_once())

    def renew(self, failed):
        """Another header after `failed` was answered 401; fetches only where no other task has done it meanwhile."""
        with self._cache.lock(self._key):
            token = self._kept()
            if not token or _bearer(token) == failed:
                self._cache.forget(self._key)
                token = self._fetch()
            return _bearer(token)

    def _fetched_once(self):
        with self._cache.lock(self._key):
            return self._kept() or self._fetch()

    def _kept(self):
        """The token in the cache, unless it is near its end or from the future (a clock was set back)."""
        kept = self._cache.read(self._key) or {}
        begun, seconds = kept.get("begun"), kept.get("seconds")
        if not isinstance(begun, (int, float)) or not isinstance(seconds, (int, float)):
            return None
        return kept.get("token") if 0 <= self._clock() - begun < seconds - _MARGIN else None

    def _fetch(self):
        if self._refused is not None:
            raise self._refused
        begun = self._clock()
        answer = self._transport.request(
            "POST",
            _PATH,
            data={"grant_type": "client_credentials"},
            headers={"Authorization": self._basic, "Accept": "application/json"},
            pace=self._pace,
            repeatable=True,  # a token more harms nobody, and nothing else comes of it
        )
        if answer.status != 200:
            error = self._refusal(answer)
            self._refused = error if isinstance(error, AccessDenied) else None
            raise error
        fields = Fields(self._object(answer), what=f"POST {_PATH}", host=answer.host)
        token, kind = fields.text("access_token"), fields.text("token_type", "Bearer")
        if kind.lower() != "bearer":
            raise NotUnderstood(f"POST {_PATH} gave a token of the kind {kind!r}, not Bearer.", host=answer.host)
        seconds = fields.integer("expires_in", 3600)
        self._cache.write(self._key, {"token": token, "begun": begun, "seconds": seconds})
        return token

    def _object(self, answer):
        """The answer as a dict; a page instead is shown, JSON is not: it may hold a token."""
        if answer.is_html or not answer.body.strip():
            raise self._no_token(answer)
        try:
            return answer.json()
        except NotUnderstood:
            raise self._no_token(answer) from None

    def _no_token(self, answer):
        what = f"the web page {answer.title!r}" if answer.title else "no JSON" if answer.body.strip() else "nothing"
        return NotUnderstood(
            f"POST {_PATH} brought {what} instead of a token.",
            host=answer.host,
            remedy="Is url the public host name of the site (not of another product)? " + _OLDER,
        )

    def _refusal(self, answer):
        host, account = answer.host, f"The API account {self.client_id!r}"
        code, said = _error(answer)
        if answer.status in (404, 405):
            return NotFound(f"There is no {_PATH} at this address.", host=host, evidence=answer.evidence(),
                            remedy="Look at url: it names the site's public host. " + _OLDER)  # fmt: skip
        if answer.status >= 500 or code == "server_error":
            return Unavailable(f"{account} got no token.", host=host, evidence=said)
        if code == "invalid_client" or answer.status in (401, 403):
            return AccessDenied(
                f"{account} or its secret was not accepted for a token.",
                host=host,
                evidence=said,
                remedy=f"In {_WHERE} see that it is enabled and its Network Address Allow List holds this machine; "
                "look at client_id and client_secret. It was tried once: failures in a row lock an account for a time.",
            )
        if not code and answer.is_html:
            return self._no_token(answer)
        return Refused(f"{account} got no token.", host=host, evidence=said, remedy=f"Look at it in {_WHERE}.")


_OLDER = "Appliances before 16.1 have no API accounts: use username and password there."


def _bearer(token):
    return {"Authorization": f"Bearer {token}"}


def _error(answer):
    """(code, words) of an error of the token address; the documented fields are error and message."""
    try:
        values = answer.json()
    except NotUnderstood:
        values = None
    code = values.get("error") if isinstance(values, dict) else None
    return (code if isinstance(code, str) else ""), answer.evidence()
