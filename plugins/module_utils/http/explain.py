# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Turns errors below HTTP into one sentence for a person.

Never quotes the texts of requests and urllib3: they may hold an address with its parameters.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import TypeVar

try:
    import requests
    import urllib3
except ImportError:  # reported by the module before anything is sent
    requests = urllib3 = None  # type: ignore[assignment]

from ..errors import ApplianceError, InvalidInput, Unreachable, Untrusted, mark_nothing_sent
from .deadline import TooLate

_Exception = TypeVar("_Exception", bound=BaseException)
UNCERTAIN = "Whether it took effect is not known: read the state before you try again."
MAY_RESTART = "Verify the connection; the appliance may be restarting."


def low_level_errors() -> tuple[type[Exception], ...]:
    """Return the classes that mean that no whole response came."""
    return requests.exceptions.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError


def explain(exc: Exception, *, host: str, request: str, timeout: float, ca_path: str | None = None, write: bool = False) -> ApplianceError:
    """Return the ApplianceError for an exception of requests or urllib3; `request` is 'GET /path'."""
    causes = list(_causes(exc))
    if isinstance(exc, _bad_requests()):
        return InvalidInput(f"{request} cannot be sent: the address or a value in it is not valid.", host=host)
    late = _find(causes, TooLate)
    if late is not None:
        error = Unreachable(
            f"{request}: the answer was not complete after {late.seconds:g} seconds.",
            host=host,
            remedy=UNCERTAIN if write else MAY_RESTART,
        )
        error.repeatable = False
        return error
    tls = _find(causes, ssl.SSLError, requests.exceptions.SSLError, urllib3.exceptions.SSLError)
    if tls is not None and not _closed_in_handshake(causes):
        return _untrusted(causes, host, request, ca_path)
    message, remedy, sent = _unreachable(exc, causes, request, timeout)
    error = Unreachable(message, host=host, remedy=UNCERTAIN if write and sent else remedy)
    return error if sent else mark_nothing_sent(error)


def _bad_requests() -> tuple[type[Exception], ...]:
    names = ("InvalidURL", "InvalidHeader", "InvalidSchema", "MissingSchema", "InvalidProxyURL")
    return tuple(getattr(requests.exceptions, name) for name in names)


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """Yield the exception and all that it wraps: libraries put the cause into args, reason or the context."""
    seen: set[int] = set()
    queue: list[object] = [exc]
    while queue:
        one = queue.pop(0)
        if id(one) in seen or not isinstance(one, BaseException):
            continue
        seen.add(id(one))
        yield one
        queue += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def first_cause(exc: BaseException, kind: type[_Exception]) -> _Exception | None:
    """Return the first exception of this class among an exception and all that it wraps, or None."""
    return _find(_causes(exc), kind)


def _find(causes: Iterable[BaseException], *classes: type[_Exception]) -> _Exception | None:
    return next((one for one in causes if isinstance(one, classes)), None)


def _closed_in_handshake(causes: list[BaseException]) -> bool:
    """Whether the connection ended inside TLS: a lost connection, not a bad certificate."""
    return any(
        isinstance(one, (ssl.SSLEOFError, ssl.SSLZeroReturnError)) or "EOF" in str(one) for one in causes if isinstance(one, ssl.SSLError)
    )


def _untrusted(causes: list[BaseException], host: str, request: str, ca_path: str | None) -> Untrusted:
    words = _rejection(causes)
    if words:
        return Untrusted(f"The certificate was not trusted: {words}.", host=host, remedy=_trust_remedy(words, ca_path))
    return Untrusted(
        f"{request}: no TLS connection was possible.",
        host=host,
        evidence=_tls_words(causes),
        remedy="Verify that this is the HTTPS port of the appliance. Base before 7.0.0 may offer old TLS versions only: then set "
        "tls_minimum: '1.0' (bomgar_tls_minimum in the inventory) until it is upgraded.",
    )


def _rejection(causes: list[BaseException]) -> str:
    """Return why OpenSSL rejected a certificate, in its words; '' if the error is not about a certificate."""
    checked = _find(causes, ssl.SSLCertVerificationError)
    if checked is not None:
        return (getattr(checked, "verify_message", "") or "certificate not accepted").rstrip(".")
    # urllib3 before 2 compares the names itself, and raises its own class
    named = any(type(one).__name__ == "CertificateError" for one in causes)
    return "Hostname mismatch" if named else ""


def _trust_remedy(words: str, ca_path: str | None) -> str:
    lower = words.lower()
    if "hostname mismatch" in lower or "ip address mismatch" in lower:
        return "Use a host name that the certificate holds."
    if "expired" in lower or "not yet valid" in lower:
        return "Renew the certificate on the appliance, or correct the clock of this machine."
    return (
        f"The certificates in {ca_path} do not reach up to the appliance's root: put the root and every missing "
        "intermediate certificate there (ca_path)."
        if ca_path
        else "Give the certificate of its issuer with ca_path; validate_certs: false gives up the protection."
    )


def _tls_words(causes: list[BaseException]) -> str:
    reasons = [one.reason for one in causes if isinstance(one, ssl.SSLError) and isinstance(one.reason, str)]
    return f"{reasons[0].replace('_', ' ').lower()}." if reasons else ""


def _unreachable(exc: Exception, causes: list[BaseException], request: str, timeout: float) -> tuple[str, str, bool]:
    """Return (sentence, remedy, whether the request may have arrived), most specific case first."""
    not_sent, kinds = _not_sent(exc, causes, timeout), requests.exceptions
    if not_sent:
        return f"{request}: {not_sent[0]}.", not_sent[1], False
    if isinstance(exc, kinds.Timeout) or _find(causes, socket.timeout, urllib3.exceptions.TimeoutError) is not None:
        words, remedy = f"silent for {timeout:g} seconds", "The appliance may be busy or restarting; raise `timeout` if it needs longer."
    elif _find(causes, http.client.IncompleteRead) is not None:
        words, remedy = "the answer was cut short", "The appliance may be restarting, or a proxy cuts large answers."
    else:
        words, remedy = "the connection was closed before a whole answer came", "The appliance may be restarting."
    return f"{request}: {words}.", remedy, True


def _not_sent(exc: Exception, causes: list[BaseException], timeout: float) -> tuple[str, str] | None:
    """Return (words, remedy) if no connection was made, so that nothing was sent; else None."""
    if isinstance(exc, requests.exceptions.ProxyError):
        return "the proxy did not connect to the appliance", "Correct HTTPS_PROXY and NO_PROXY of this machine."
    if _find(causes, socket.gaierror) is not None:
        return "this host name is not known", "Correct the address (url), or the name service."
    if isinstance(exc, requests.exceptions.ConnectTimeout):
        return f"no connection within {timeout:g} seconds", "Verify the address, the route and the firewall."
    if _find(causes, ConnectionRefusedError) is not None:
        return "the connection was refused", "Verify the address and the port; the appliance may be restarting."
    if _find(causes, urllib3.exceptions.NewConnectionError) is not None:
        return "no connection was possible", "Verify the address, the route and the firewall."
    return None
