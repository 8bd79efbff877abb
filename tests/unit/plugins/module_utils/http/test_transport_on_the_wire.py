# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What no scripted answer can show: TLS, cut bodies and dripping bytes, behind a real socket."""

from __future__ import annotations

import contextlib
import itertools
import socket
import ssl
import threading

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood, Unreachable, Untrusted
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport

from tests.support.servers import reach

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


def test_a_whole_answer_comes_through_tls_and_chunks(raw_server):
    server = raw_server([[HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\n<a/>\r\n", b"0\r\n\r\n"]])
    assert reach(server).request("GET", "/x").body == b"<a/>"
    assert b"Connection: close" in server.requests[0]


@pytest.mark.parametrize("script", [CUT_BY_LENGTH, CUT_IN_CHUNK, CUT_BETWEEN_CHUNKS])
def test_a_short_body_is_retried(raw_server, script):
    server = raw_server([script, script, script])
    with pytest.raises(Unreachable, match="cut short|closed before"):
        reach(server).request("GET", "/x")
    assert len(server.requests) == 3


@pytest.mark.parametrize("script", [CUT_BY_LENGTH, CUT_IN_CHUNK, CUT_BETWEEN_CHUNKS])
def test_a_short_stream_fails_at_its_end(raw_server, script):
    server, got = raw_server([script]), []
    with pytest.raises(Unreachable):
        got.extend(reach(server).request("GET", "/x", stream=True).iter_chunks())
    assert b"".join(got) in (b"", b"<health")


def test_a_write_with_a_short_response_is_uncertain(raw_server):
    server = raw_server([CUT_BY_LENGTH, CUT_BY_LENGTH])
    with pytest.raises(Unreachable, match="Whether it took effect is not known"):
        reach(server).request("POST", "/x", data={"a": "1"})
    assert len(server.requests) == 1


DRIP = [b"x"] * 500
REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: /y\r\n"
DRIPPING = {
    "a body": [HEAD + b"\r\n", *DRIP],
    "a chunked body": [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *DRIP],
    "the body of an error": [HEAD.replace(b"200 OK", b"500 Failed") + b"\r\n", *DRIP],
    "a header line": [HEAD + b"X-Long: ", *DRIP],
    "header lines": [HEAD] + [f"X-{number}: 1\r\n".encode() for number in range(500)],
    "answers that announce another": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 500,
    "trailers": [HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"] + [b"X-Y: 1\r\n"] * 500,
}


@pytest.mark.parametrize("drip", DRIPPING.values(), ids=DRIPPING)
def test_a_dripping_response_ends_at_the_deadline(raw_server, drip):
    server = raw_server([drip, drip])
    with pytest.raises(Unreachable, match="not complete after 40 seconds"):
        reach(server, timeout=10, clock=Clock()).request("GET", "/x")
    assert len(server.requests) == 1


def test_the_last_read_raises_too_late(raw_server):
    """The socket waits for what is left of the deadline only; that this passes is no reason to ask again."""
    released = threading.Event()

    def slow():
        yield HEAD
        released.wait(20)

    server = raw_server([slow(), slow()])
    clock = Clock()
    begun = clock.now
    try:
        with pytest.raises(Unreachable, match="not complete after 20 seconds"):
            reach(server, clock=lambda: clock() + (19.7 if server.requests else 0)).request("GET", "/x")
    finally:
        released.set()
    assert len(server.requests) == 1 and clock.now > begun


def test_the_body_of_a_redirect_is_never_read(raw_server):
    endless = itertools.chain([REDIRECT + b"\r\n"], itertools.repeat(b"x" * 65536))
    server = raw_server([endless, [HEAD + b"Content-Length: 2\r\n\r\n", b"ok"]])
    assert reach(server).request("GET", "/x", follow=True).body == b"ok"


def test_redirects_share_one_deadline(raw_server):
    slow = [REDIRECT] + [f"X-{number}: 1\r\n".encode() for number in range(4)] + [b"\r\n"]
    server = raw_server([slow] * 9)
    with pytest.raises(Unreachable, match="not complete after"):
        reach(server, timeout=6, clock=Clock()).request("GET", "/x", follow=True)
    assert len(server.requests) < 5


def test_an_endless_answer_is_refused_at_its_bound(raw_server):
    server = raw_server([itertools.chain([HEAD + b"\r\n"], itertools.repeat(b"x" * 16384))])
    with pytest.raises(NotUnderstood, match="larger than 100000 bytes"):
        reach(server).request("GET", "/x", max_bytes=100_000)


def test_a_moving_stream_has_no_deadline(raw_server):
    server = raw_server([[HEAD + b"\r\n"] + [b"x" * 16384] * 60])
    streamed = reach(server, timeout=3, clock=Clock()).request("GET", "/x", stream=True)
    assert sum(map(len, streamed.iter_chunks())) == 60 * 16384


def test_a_stream_that_hardly_moves_ends(raw_server):
    server = raw_server([[HEAD + b"\r\n", *DRIP]])
    streamed = reach(server, timeout=3, clock=Clock()).request("GET", "/x", stream=True, timeout=600)
    with pytest.raises(Unreachable, match="not complete after 12 seconds"):
        list(streamed.iter_chunks())


def test_a_late_response_counts_from_its_first_byte(raw_server):
    server = raw_server([[HEAD + b"\r\n", *DRIP]])
    with pytest.raises(Unreachable, match="not complete after 12 seconds"):
        reach(server, timeout=3, clock=Clock()).request("POST", "/x", timeout=600)


def test_a_closed_connection_is_unreachable(raw_server):
    with pytest.raises(Unreachable, match="closed before a whole answer") as caught:
        reach(raw_server([[], [], []])).request("GET", "/x")
    assert not isinstance(caught.value, Untrusted)


def test_an_untrusted_certificate_is_not_retried(raw_server):
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


def test_an_untrusted_certificate_can_be_read(raw_server, tmp_path):
    server = raw_server([[]])
    served = reach(server, ca_path=None).peer_certificate()
    assert ssl.DER_cert_to_PEM_cert(served).strip() == (tmp_path / "ca.pem").read_text().strip()


def test_reading_a_certificate_needs_the_host():
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


def test_a_port_without_tls_is_named():
    refused = pytest.raises(Untrusted, match="no TLS connection was possible.*HTTPS port")
    with refused, plain_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        Transport(url, timeout=5).request("GET", "/x")


def test_a_cut_handshake_is_a_lost_connection():
    with plain_server(b"") as url, pytest.raises(Unreachable, match="closed before a whole answer") as caught:
        Transport(url, timeout=5).request("POST", "/x")
    assert not isinstance(caught.value, Untrusted)


def test_a_refused_connection_names_the_cause():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="the connection was refused.*address and the port"):
        Transport(f"127.0.0.1:{port}").request("POST", "/x")


def test_an_unknown_host_name_is_named():
    with pytest.raises(Unreachable, match="this host name is not known"):
        Transport("no-such-host.invalid", sleep=lambda seconds: None).request("GET", "/x")


def test_silence_ends_with_the_time_out(raw_server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Unreachable, match="silent for|no connection within"):
            Transport(f"127.0.0.1:{port}", timeout=0.2).request("POST", "/x")


def test_waiting_for_a_slot_does_not_count(raw_server):
    clock = Clock()

    def authorize():
        clock.now += 3600
        return {}

    server = raw_server([[HEAD + b"Content-Length: 2\r\n\r\n", b"ok"]])
    assert reach(server, clock=clock).request("GET", "/x", authorize=authorize).body == b"ok"
