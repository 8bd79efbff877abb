# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The connections below requests: one SSLContext for all, a time limit on every read, and no redirect is followed or read."""

from __future__ import annotations

import http.cookiejar
import socket
import ssl
from typing import Any

try:
    import requests
    import urllib3
    from requests import Session as _RequestsSession
    from requests.adapters import HTTPAdapter as _HTTPAdapter
    from urllib3 import HTTPSConnectionPool as _HTTPSConnectionPool
    from urllib3.connection import HTTPSConnection as _HTTPSConnection
except ImportError:  # reported by the module before anything is sent
    requests = urllib3 = None  # type: ignore[assignment]
    _RequestsSession = _HTTPAdapter = _HTTPSConnectionPool = _HTTPSConnection = object  # type: ignore[assignment,misc]

from ..errors import Unreachable
from .deadline import Limit
from .explain import first_cause
from .tls import LimitedContext


class Session(_RequestsSession):
    """A session without cookies and credentials of its own, and without redirects. Proxies come from the environment.

    requests reads the whole body of a redirect even if it does not follow it, and lets REQUESTS_CA_BUNDLE replace the given
    certificates: this class does neither.
    """

    def __init__(self, context: LimitedContext, **pool: Any) -> None:
        super().__init__()
        self.auth = _no_credentials
        self.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self.mount("https://", Adapter(context, **pool))

    def get_redirect_target(self, response: Any) -> None:
        return None

    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        return dict(super().merge_environment_settings(url, proxies, stream, verify, cert), verify=verify)


class Adapter(_HTTPAdapter):
    """Makes all connections with one context (tls.make_context), which knows what to trust. pool: more arguments of urllib3's pools."""

    def __init__(self, context: LimitedContext, **pool: Any) -> None:
        self._pool_options = dict(pool, ssl_context=context)
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **kwargs, **self._pool_options)
        _use_limited_connections(self.poolmanager)

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs, **self._pool_options)
        _use_limited_connections(manager)
        return manager

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        conn.cert_reqs, conn.ca_certs, conn.ca_cert_dir = "CERT_REQUIRED" if verify else "CERT_NONE", None, None


class Handshake(Exception):
    """A finished handshake, raised to end the connection before a request is sent.

    certificate: DER bytes; distrust: why the certificate is not trusted, or ''.
    """

    def __init__(self, certificate: bytes = b"", distrust: str = "") -> None:
        self.certificate, self.distrust = certificate, distrust
        super().__init__("the handshake is done")


def make_handshake(context: LimitedContext, url: str, limit: Limit, name: str = "") -> Handshake:
    """Connect to `url` as a request does, ask for the certificate of `name` (SNI), send nothing, and return the Handshake.

    Raises what requests raises if no TLS connection can be made for another reason than the certificate.
    """

    def stop(connection: ssl.SSLSocket) -> None:
        raise Handshake(connection.getpeercert(binary_form=True) or b"")

    context.limit, context.on_handshake = limit.begin(), stop
    pool = {"server_hostname": name} if name else {}
    try:
        with Session(context, **pool) as session:
            session.get(url, verify=context.check_hostname, timeout=limit.left())
    except Handshake as done:
        return done
    except requests.exceptions.SSLError as exc:
        rejected = first_cause(exc, ssl.SSLCertVerificationError)
        if rejected is None:
            raise
        return Handshake(distrust=f"It is not trusted for {name}: {rejected.verify_message.rstrip('.')}.")
    raise Unreachable(
        "The certificate cannot be read through a proxy that is itself reached by HTTPS.",
        remedy="Name it with http:// in HTTPS_PROXY, or leave out the check `certificate`.",
    )


def _use_limited_connections(manager: Any) -> None:
    """Make a manager use our connections, unless it has its own kind (SOCKS); there only TLS enforces the limit."""
    classes = manager.pool_classes_by_scheme
    if classes["https"] is urllib3.HTTPSConnectionPool:
        manager.pool_classes_by_scheme = {**classes, "https": _Pool}


class _Connection(_HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _PlainSocket(super()._new_conn(), self.ssl_context)


class _Pool(_HTTPSConnectionPool):
    ConnectionCls = _Connection


class _PlainSocket(socket.socket):
    """The connection below TLS, which also reads the responses of a proxy: it enforces the limit too."""

    def __init__(self, plain: socket.socket, context: Any) -> None:
        timeout = plain.gettimeout()
        super().__init__(plain.family, plain.type, plain.proto, fileno=plain.detach())
        self.settimeout(timeout)
        self._context = context

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        with self._context.limit.applied_to(self):
            return super().recv_into(buffer, nbytes, flags)


def _no_credentials(request: Any) -> Any:
    """Keep requests from replacing our credentials by those of a .netrc file."""
    return request
