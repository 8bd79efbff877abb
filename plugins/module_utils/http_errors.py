# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Turns what goes wrong below HTTP into one sentence for a person.

The texts of requests and urllib3 are never passed on: they may quote an address with its parameters.
"""

from __future__ import annotations

import http.client
import socket
import ssl

try:
    import requests
    import urllib3
except ImportError:  # reported by the module before anything is sent
    requests = urllib3 = None

from .errors import InvalidInput, Unreachable, Untrusted

UNPROVED = "Whether it took effect is not known: read the state before you try again."


def low_level_errors():
    """The classes that mean 'no whole answer came'."""
    return requests.exceptions.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError


def explain(exc, *, host, request, timeout, ca_path=None, write=False):
    """The ApplianceError for an exception of requests or urllib3; `request` is 'GET /path'."""
    causes = list(_causes(exc))
    if isinstance(exc, _bad_requests()):
        return InvalidInput(f"{request} cannot be sent: the address or a value in it is not valid.", host=host)
    tls = _find(causes, ssl.SSLError, requests.exceptions.SSLError, urllib3.exceptions.SSLError)
    if tls is not None and not _closed_in_handshake(causes):
        return _untrusted(causes, host, request, ca_path)
    message, remedy, sent = _unreachable(exc, causes, request, timeout)
    return Unreachable(message, host=host, remedy=UNPROVED if write and sent else remedy)


def _bad_requests():
    names = ("InvalidURL", "InvalidHeader", "InvalidSchema", "MissingSchema", "InvalidProxyURL")
    return tuple(getattr(requests.exceptions, name) for name in names)


def _causes(exc):
    """The exception and all that it wraps: libraries hide the cause in args, in reason or in the context."""
    seen, waiting = set(), [exc]
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen or not isinstance(one, BaseException):
            continue
        seen.add(id(one))
        yield one
        waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def _find(causes, *classes):
    return next((one for one in causes if isinstance(one, classes)), None)


def _closed_in_handshake(causes):
    """A connection that ends inside TLS is a lost connection, no doubt about a certificate."""
    return any(
        isinstance(one, (ssl.SSLEOFError, ssl.SSLZeroReturnError)) or "EOF" in str(one)
        for one in causes
        if isinstance(one, ssl.SSLError)
    )


def _untrusted(causes, host, request, ca_path):
    words = _rejected(causes)
    if words:
        return Untrusted(f"The certificate was not trusted: {words}.", host=host, remedy=_trust_remedy(words, ca_path))
    return Untrusted(
        f"{request}: no TLS connection came about.",
        host=host,
        evidence=_tls_words(causes),
        remedy="Is this the HTTPS port of the appliance? Base before 7.0.0 may offer old TLS versions only.",
    )


def _rejected(causes):
    """Why a certificate was not accepted, in the words of OpenSSL; '' where it was not about a certificate."""
    checked = _find(causes, ssl.SSLCertVerificationError)
    if checked is not None:
        return (getattr(checked, "verify_message", "") or "certificate not accepted").rstrip(".")
    # urllib3 before 2 compares the names itself, and has its own class for what it finds
    named = any(type(one).__name__ == "CertificateError" for one in causes)
    return "Hostname mismatch" if named else ""


def _trust_remedy(words, ca_path):
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


def _tls_words(causes):
    reasons = [one.reason for one in causes if isinstance(one, ssl.SSLError) and isinstance(one.reason, str)]
    return f"{reasons[0].replace('_', ' ').lower()}." if reasons else ""


def _unreachable(exc, causes, request, timeout):
    """(sentence, remedy, may the request have arrived?), most special case first."""
    never, kinds = _never_arrived(exc, causes, timeout), requests.exceptions
    if never:
        return f"{request}: {never[0]}.", never[1], False
    if isinstance(exc, kinds.Timeout) or _find(causes, socket.timeout, urllib3.exceptions.TimeoutError) is not None:
        words, remedy = f"silent for {timeout:g} seconds", "It may be busy or restarting; timeout may be raised."
    elif _find(causes, http.client.IncompleteRead) is not None:
        words, remedy = "the answer was cut short", "It may be restarting, or a proxy cuts large answers."
    else:
        words, remedy = "the connection was closed before a whole answer came", "It may be restarting."
    return f"{request}: {words}.", remedy, True


def _never_arrived(exc, causes, timeout):
    """(words, remedy) where no connection came about, so that nothing was sent; else None."""
    if isinstance(exc, requests.exceptions.ProxyError):
        return "the proxy did not give a way to the appliance", "Look at HTTPS_PROXY and NO_PROXY of this machine."
    if _find(causes, socket.gaierror) is not None:
        return "this host name is not known", "Look at the address (url) and at the name service."
    if isinstance(exc, requests.exceptions.ConnectTimeout):
        return f"no connection within {timeout:g} seconds", "Look at the address, the route and the firewall."
    if _find(causes, ConnectionRefusedError) is not None:
        return "the connection was refused", "Look at the address and the port; it may be restarting."
    if _find(causes, urllib3.exceptions.NewConnectionError) is not None:
        return "no connection came about", "Look at the address, the route and the firewall."
    return None
