# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What no scripted answer can show: TLS, cut bodies and dripping bytes, behind a real socket."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unreachable, Untrusted
from ansible_collections.bomgar.appliance.plugins.module_utils.transport import Transport

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n"
CUT_BY_LENGTH = [HEAD + b"Content-Length: 100\r\n\r\n", b"<health"]
CUT_IN_CHUNK = [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"20\r\n<health"]
CUT_BETWEEN_CHUNKS = [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"7\r\n<health\r\n"]


class Clock:
    """Moves by a second whenever somebody looks."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1
        return self.now


def reach(server, **options):
    return Transport(server.url, **{"ca_path": server.ca_path, "timeout": 5, "sleep": lambda seconds: None, **options})


def test_a_whole_answer_comes_through_tls_and_chunks(raw_server):
    server = raw_server([[HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\n<a/>\r\n", b"0\r\n\r\n"]])
    assert reach(server).request("GET", "/x").body == b"<a/>"
    assert b"Connection: close" in server.requests[0]


@pytest.mark.parametrize("script", [CUT_BY_LENGTH, CUT_IN_CHUNK, CUT_BETWEEN_CHUNKS])
def test_a_body_that_is_cut_short_is_no_answer_and_is_asked_for_again(raw_server, script):
    server = raw_server([script, script, script])
    with pytest.raises(Unreachable, match="cut short|closed before"):
        reach(server).request("GET", "/x")
    assert len(server.requests) == 3


@pytest.mark.parametrize("script", [CUT_BY_LENGTH, CUT_IN_CHUNK, CUT_BETWEEN_CHUNKS])
def test_a_stream_that_is_cut_short_fails_after_the_bytes_that_came(raw_server, script):
    server, got = raw_server([script]), []
    with pytest.raises(Unreachable):
        got.extend(reach(server).request("GET", "/x", stream=True).iter_chunks())
    assert b"".join(got) in (b"", b"<health")


def test_a_write_whose_answer_is_cut_is_sent_once_and_reported_as_unknown(raw_server):
    server = raw_server([CUT_BY_LENGTH, CUT_BY_LENGTH])
    with pytest.raises(Unreachable, match="Whether it took effect is not known"):
        reach(server).request("POST", "/x", data={"a": "1"})
    assert len(server.requests) == 1


def test_an_answer_that_drips_ends_at_a_deadline(raw_server):
    drip = [HEAD + b"\r\n"] + [b"x"] * 500
    server = raw_server([drip])
    with pytest.raises(Unreachable, match="not complete after 4 seconds"):
        reach(server, timeout=1, clock=Clock()).request("POST", "/x")


def test_a_connection_that_closes_without_an_answer_is_unreachable(raw_server):
    with pytest.raises(Unreachable, match="closed before a whole answer") as caught:
        reach(raw_server([[], [], []])).request("GET", "/x")
    assert not isinstance(caught.value, Untrusted)


def test_an_untrusted_certificate_is_named_with_the_way_out_and_not_asked_again(raw_server):
    server = raw_server([[]])
    with pytest.raises(Untrusted, match=r"localhost:\d+: The certificate was not trusted: .*ca_path.*validate_certs"):
        reach(server, ca_path=None).request("GET", "/x")


def test_a_certificate_for_another_name_is_named(raw_server):
    server = raw_server([[]], names=("other.example.com",))
    with pytest.raises(Untrusted, match="(?i)hostname mismatch.*Use a host name that the certificate holds"):
        reach(server).request("GET", "/x")


def test_validation_can_be_switched_off_without_a_warning(raw_server, recwarn):
    server = raw_server([[HEAD + b"Content-Length: 0\r\n\r\n"]])
    assert reach(server, validate_certs=False, ca_path=None).request("GET", "/x").status == 200
    assert not recwarn.list


def test_the_served_certificate_can_be_looked_at_without_trusting_it(raw_server, tmp_path):
    server = raw_server([[]])
    served = reach(server, ca_path=None).peer_certificate()
    assert ssl.DER_cert_to_PEM_cert(served).strip() == (tmp_path / "ca.pem").read_text().strip()


def test_a_certificate_of_a_host_that_is_away_cannot_be_looked_at():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="Reading the certificate: the connection was refused"):
        Transport(f"127.0.0.1:{port}").peer_certificate()


@contextlib.contextmanager
def plain_server(words):
    """The address of a server that reads a greeting, answers it without TLS and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            connection, _peer = listening.accept()
            connection.recv(1024)
            connection.sendall(words)
            connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"localhost:{listening.getsockname()[1]}"


def test_a_port_without_tls_is_said_so():
    refused = pytest.raises(Untrusted, match="no TLS connection came about.*HTTPS port")
    with refused, plain_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        Transport(url, timeout=5).request("GET", "/x")


def test_a_connection_that_is_cut_in_the_handshake_is_lost_and_not_untrusted():
    with plain_server(b"") as url, pytest.raises(Unreachable, match="closed before a whole answer") as caught:
        Transport(url, timeout=5).request("POST", "/x")
    assert not isinstance(caught.value, Untrusted)


def test_a_refused_connection_tells_the_real_cause_even_for_a_write():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="the connection was refused.*address and the port"):
        Transport(f"127.0.0.1:{port}").request("POST", "/x")


def test_a_host_name_that_does_not_exist_is_said_so():
    with pytest.raises(Unreachable, match="this host name is not known"):
        Transport("no-such-host.invalid", sleep=lambda seconds: None).request("GET", "/x")


def test_silence_ends_with_the_time_out(raw_server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Unreachable, match="silent for|no connection within"):
            Transport(f"127.0.0.1:{port}", timeout=0.2).request("POST", "/x")
