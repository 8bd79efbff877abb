# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Old TLS versions are spoken where that is asked for, and the certificate check takes the way of the requests."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import warnings

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unreachable, Untrusted
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport

from tests.support.servers import reach

WHOLE = [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n", b"ok"]


@pytest.fixture
def old_server(raw_server):
    """A server that speaks TLS 1.1 only, as appliances with an old Base do."""

    def start(scripts):
        server = raw_server(scripts)
        server._context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            server._context.minimum_version = server._context.maximum_version = ssl.TLSVersion.TLSv1_1
        return server

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).set_ciphers("ALL:@SECLEVEL=0")
    except ssl.SSLError:
        pytest.skip("the OpenSSL of this machine has no security level 0, without which it speaks no TLS 1.1")
    return start


def test_old_tls_is_refused_with_its_option(old_server):
    with pytest.raises(Untrusted, match="no TLS connection was possible.*tls_minimum: '1.0'"):
        reach(old_server([WHOLE])).request("GET", "/x")


def test_tls_minimum_allows_an_old_appliance(old_server):
    server = old_server([WHOLE] * 3)
    transport = reach(server, tls_minimum="1.0")
    assert transport.request("GET", "/x").body == b"ok"
    assert transport.peer_certificate().startswith(b"0") and transport.tls_version() == "TLSv1.1"


def test_old_tls_still_validates_certificates(old_server):
    with pytest.raises(Untrusted, match="not trusted"):
        reach(old_server([WHOLE]), tls_minimum="1.0", ca_path=None).request("GET", "/x")


@pytest.mark.parametrize("ciphers", [["NO-SUCH-CIPHER"], ["AES\x00"], ["!ALL"]])
def test_ciphers_that_nobody_knows_are_refused_by_name(ciphers):
    with pytest.raises(InvalidInput, match="tls_ciphers"):
        Transport("a.example.com", validate_certs=False, tls_ciphers=ciphers)


def test_a_chosen_cipher_is_used(raw_server):
    server = raw_server([WHOLE])
    server._context.maximum_version = ssl.TLSVersion.TLSv1_2
    server._context.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
    assert reach(server, tls_ciphers=["ECDHE-ECDSA-AES128-GCM-SHA256"]).request("GET", "/x").body == b"ok"


def test_distrust_names_the_requested_host(raw_server):
    server = raw_server([[]] * 3)
    assert reach(server).distrust("localhost") == ""
    assert "not trusted for other.example.com" in reach(server).distrust("other.example.com")
    assert "not trusted for localhost" in reach(server, ca_path=None).distrust("localhost")


class Proxy:
    """Knows every name, and leads all of them to one port; .asked: what it was asked to connect to."""

    def __init__(self, port, words=b"HTTP/1.1 200 OK\r\n\r\n"):
        self._port, self._words, self.asked = port, words, []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            for _connection in range(9):
                client, _peer = self._socket.accept()
                self.asked.append(client.recv(65536).split()[1].decode())
                client.sendall(self._words)
                beyond = socket.create_connection(("127.0.0.1", self._port))
                for one, other in ((client, beyond), (beyond, client)):
                    threading.Thread(target=_pump, args=(one, other), daemon=True).start()

    def close(self):
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _pump(one, other):
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


@pytest.fixture
def behind(monkeypatch):
    """behind(server, name) -> (Proxy, Transport to a name that only the proxy knows)."""
    started = []

    def start(server, name="support.example.com", **options):
        started.append(Proxy(int(server.url.rpartition(":")[2]), **options))
        monkeypatch.setenv("HTTPS_PROXY", started[-1].url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        return started[-1], Transport(f"{name}:8443", ca_path=server.ca_path, timeout=5, sleep=lambda seconds: None)

    yield start
    for proxy in started:
        proxy.close()


def test_the_certificate_check_uses_the_proxy(raw_server, behind):
    server = raw_server([WHOLE, [], []], names=("support.example.com",))
    proxy, transport = behind(server)
    assert transport.request("GET", "/x").body == b"ok"
    assert transport.peer_certificate() and transport.distrust("support.example.com") == ""
    assert proxy.asked == ["support.example.com:8443"] * 3


def test_no_proxy_hosts_are_reached_directly(raw_server, behind, monkeypatch):
    server = raw_server([WHOLE, []])
    proxy, _transport = behind(server)
    monkeypatch.setenv("NO_PROXY", "localhost")
    assert reach(server).request("GET", "/x").body == b"ok" and reach(server).peer_certificate()
    assert proxy.asked == []


def test_the_certificate_check_names_a_failing_proxy(raw_server, behind):
    _proxy, transport = behind(raw_server([[]]), words=b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    for ask in (transport.peer_certificate, lambda: transport.request("POST", "/x")):
        with pytest.raises(Unreachable, match="proxy did not connect.*HTTPS_PROXY"):
            ask()


def test_a_proxy_that_drips_ends_at_the_deadline(raw_server, behind):
    class Clock:
        now = 0.0

        def __call__(self):
            self.now += 7
            return self.now

    _proxy, transport = behind(raw_server([[]]), words=b"HTTP/1.1 200 OK\r\nX-Y: and no end of the headers")
    transport._clock = Clock()
    with pytest.raises(Unreachable, match="not complete after 20 seconds"):
        transport.request("POST", "/x")
