# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who asks: an API account (from 16.1) or, on old appliances, a user with name and password."""

from __future__ import annotations

from .errors import AccessDenied, InvalidInput, NotUnderstood, Refused

_LIST = "/login > Management > API Configuration"


class OAuth:
    """An API account; `tokens` is oauth.Tokens, `pace` keeps the limits of the account (pace.AccountPace)."""

    modern = True

    def __init__(self, tokens, pace=None):
        self._tokens, self._pace, self._sent = tokens, pace, None
        self.refused = None  # tokens remember a wrong secret themselves
        self.name = f"the API account {tokens.client_id!r}"

    def apply(self, call):
        """The keyword arguments of Transport.request, with the pace, and the token for the moment when the request is sent."""
        self._tokens.header()  # what is wrong with the account is met here, not as a failure of the request
        return {**call, "pace": self._pace, "authorize": self._authorize}

    def again(self, call):
        """The same with a fresh token, after the one that was sent was turned down."""
        return {**call, "authorize": self._authorize_anew}

    def _authorize(self):
        """Asked for after the wait for a turn, which may take longer than a token lives."""
        self._sent = self._tokens.header()
        return self._sent

    def _authorize_anew(self):
        self._sent = self._tokens.renew(self._sent)
        return self._sent


class Legacy:
    """A user of the site, as appliances before 16.1 (and some upgraded from them) take one (interfaces 2.1).

    The vendor allows GET and POST; we always POST a form, because an address with a password ends in logs.
    """

    modern = False

    def __init__(self, username, password):
        self._fields = {"username": username, "password": password}
        self.name = f"the user {username!r}"
        self.refused = None  # the AccessDenied that this password met; it is tried once, failures in a row lock the user

    def apply(self, call):
        if self.refused is not None:
            raise self.refused
        if call.get("json") is not None:
            raise InvalidInput(
                f"{call['method']} {call['path']} cannot carry the name and password of a user.",
                remedy="Give an API account with client_id and client_secret.",
            )
        form = {**(call.get("params") or {}), **(call.get("data") or {}), **self._fields}
        read = call.get("repeatable", call["method"] == "GET")
        return {**call, "method": "POST", "params": None, "data": form, "repeatable": read}

    def again(self, call):
        """None: there is nothing fresher than a password."""


def authorized(transport, credentials, method, path, **options):
    """Transport.request with credentials; after a 401 once more with a fresh token.

    A 401 says that nothing was executed, so this holds for writes too. Turned down again: AccessDenied, or Refused
    where the appliance names another reason (the Configuration API says 401 to unknown parameters, interfaces 14).
    """
    call = credentials.apply({"method": method, "path": path, **options})
    answer = transport.request(**call)
    if answer.status == 401:
        fresh = credentials.again(call)
        answer = transport.request(**fresh) if fresh else answer
    if answer.status == 401:
        raise _turned_down(answer, credentials)
    return answer


def _turned_down(answer, credentials):
    try:
        values = answer.json()
    except NotUnderstood:
        values = None
    if isinstance(values, dict) and values.get("message") and "error" not in values:
        return Refused(f"{answer.request} was turned down.", host=answer.host, evidence=answer.evidence(),
                       remedy="This status may mean a parameter that this version does not know.")  # fmt: skip
    return denied(credentials, answer.request, host=answer.host, evidence=answer.evidence())


def denied(credentials, request, *, host, evidence):
    """The AccessDenied for credentials that were not accepted; a password keeps it in mind and is not sent again."""
    tried = "even with a fresh token" if credentials.modern else "with this password"
    credentials.refused = AccessDenied(
        f"{request} turned {credentials.name} down {tried}.",
        host=host,
        evidence=evidence,
        remedy=f"In {_LIST} see that the account is enabled and that this machine is in its Network Address Allow List."
        if credentials.modern
        else "Look at the user name and the password, and whether the user is locked. It was tried once: failures in a "
        "row lock a user for a time.",
    )
    return credentials.refused
