# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""TLS settings of a connection: trusted certificates, versions, ciphers and the time limit."""

from __future__ import annotations

import os
import ssl
import stat
import warnings
from collections.abc import Callable, Iterable
from typing import Any

try:
    from requests import certs
except ImportError:  # reported by the module before anything is sent
    certs = None  # type: ignore[assignment]

from ..errors import InvalidInput
from .deadline import Limit

MINIMUM = "1.2"
_VERSIONS = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
_OLD = ("1.0", "1.1")
_OLD_CIPHERS = "DEFAULT:@SECLEVEL=0"  # OpenSSL 3 speaks TLS below 1.2 at this level only
_OPTIONS = ssl.OP_NO_COMPRESSION | getattr(ssl, "OP_NO_TICKET", 0)


class LimitedContext(ssl.SSLContext):
    """An SSLContext whose connections keep `limit`, and call `on_handshake(socket)` after each handshake."""

    limit: Limit
    on_handshake: Callable[[ssl.SSLSocket], None]


class LimitedSocket(ssl.SSLSocket):
    """A TLS connection whose handshake, reads and writes keep the limit of the exchange (class Limit)."""

    context: LimitedContext

    def do_handshake(self, block: bool = False) -> None:
        with self.context.limit.applied_to(self):
            super().do_handshake(block)
        self.context.on_handshake(self)

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        limit = self.context.limit
        with limit.applied_to(self):
            number = super().recv_into(buffer, nbytes, flags)
        limit.received(number)
        return number

    def send(self, data: Any, flags: int = 0) -> int:
        limit = self.context.limit
        with limit.applied_to(self):
            number = super().send(data, flags)
        limit.sent(number)
        return number


def make_context(trusted: str | None, *, minimum: str = MINIMUM, ciphers: Iterable[str] = ()) -> LimitedContext:
    """Return an SSLContext for connections that keep its `limit`. Raises InvalidInput that names the wrong option.

    trusted: a file (or hashed folder) of PEM certificates, or None to trust every certificate.
    minimum: the oldest TLS version, '1.0' to '1.3'; ciphers: names in the format of OpenSSL, empty for the defaults.
    """
    context = LimitedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options |= _OPTIONS
    context.sslsocket_class, context.on_handshake = LimitedSocket, _ignore
    if trusted is None:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    else:
        _load_trusted(context, trusted)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the user allowed an old version
        context.minimum_version = _VERSIONS[minimum]
    _set_ciphers(context, ":".join(ciphers) or (_OLD_CIPHERS if minimum in _OLD else ""))
    return context


def _load_trusted(context: ssl.SSLContext, path: str) -> None:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            raise OSError("not a file")
        context.load_verify_locations(**{"capath" if os.path.isdir(path) else "cafile": path})
    except (OSError, ValueError) as exc:  # ssl.SSLError is an OSError
        raise InvalidInput(
            f"No certificates can be read from {path} (ca_path).", remedy="Give a readable file of PEM certificates."
        ) from exc


def _set_ciphers(context: ssl.SSLContext, ciphers: str) -> None:
    if not ciphers:
        return
    try:
        context.set_ciphers(ciphers)
    except (ssl.SSLError, ValueError) as exc:
        raise InvalidInput(
            f"tls_ciphers {ciphers!r} names no cipher that the OpenSSL of this machine knows.",
            remedy="Give names as `openssl ciphers -v` lists them.",
        ) from exc


def _ignore(_socket: ssl.SSLSocket) -> None:
    return None


def system_certificates() -> str:
    """Return the file or folder of certificates that requests trusts."""
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or certs.where()
