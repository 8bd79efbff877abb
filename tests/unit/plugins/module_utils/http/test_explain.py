# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import socket
import ssl

import pytest
import requests
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unreachable, Untrusted
from ansible_collections.bomgar.appliance.plugins.module_utils.http.deadline import TooLate
from ansible_collections.bomgar.appliance.plugins.module_utils.http.explain import UNCERTAIN, explain, first_cause


def explained(exc, **more):
    return explain(exc, host="a", request="GET /x", timeout=30, **more)


def wrapped(cause, kind=requests.exceptions.ConnectionError):
    return kind(cause)


@pytest.mark.parametrize(
    ("exc", "words", "nothing_sent"),
    [
        (wrapped(socket.gaierror()), "host name is not known", True),
        (wrapped(ConnectionRefusedError()), "connection was refused", True),
        (requests.exceptions.ConnectTimeout(), "no connection within 30 seconds", True),
        (requests.exceptions.ProxyError(), "proxy did not connect", True),
        (requests.exceptions.ReadTimeout(), "silent for 30 seconds", False),
        (wrapped(ConnectionResetError()), "closed before a whole answer", False),
        (wrapped(TooLate(120)), "not complete after 120 seconds", False),
    ],
)
def test_each_cause_has_its_sentence(exc, words, nothing_sent):
    error = explained(exc)
    assert isinstance(error, Unreachable) and words in str(error) and error.nothing_sent is nothing_sent


def test_a_lost_write_is_uncertain():
    assert UNCERTAIN in str(explained(requests.exceptions.ReadTimeout(), write=True))
    assert UNCERTAIN not in str(explained(wrapped(ConnectionRefusedError()), write=True))


def test_a_rejected_certificate_is_untrusted():
    rejected = ssl.SSLCertVerificationError()
    rejected.verify_message = "Hostname mismatch."
    error = explained(wrapped(rejected, requests.exceptions.SSLError))
    assert isinstance(error, Untrusted) and "Use a host name" in str(error)


def test_a_cut_handshake_is_unreachable():
    assert not isinstance(explained(wrapped(ssl.SSLEOFError(), requests.exceptions.SSLError)), Untrusted)


def test_a_bad_address_is_invalid_input():
    assert isinstance(explained(requests.exceptions.InvalidURL("https://me:canary@a")), InvalidInput)
    assert "canary" not in str(explained(requests.exceptions.InvalidURL("https://me:canary@a")))


def test_first_cause_looks_inside():
    cause = ConnectionResetError()
    assert first_cause(wrapped(wrapped(cause)), ConnectionResetError) is cause and first_cause(ValueError(), KeyError) is None
