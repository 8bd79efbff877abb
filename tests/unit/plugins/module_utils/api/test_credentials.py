# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import contextlib

import pytest
import requests
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy, OAuth, send_authorized
from ansible_collections.bomgar.appliance.plugins.module_utils.api.oauth import Tokens
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    InvalidInput,
    Refused,
    Unreachable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from simulator.testing import Running

URL = "https://a.example.com/x"


def access_denied(answers, recorded, method="GET"):
    answers.add(method, URL, status=401, body=recorded("command_json/access_denied.json"))


def test_a_refused_token_is_renewed_once(answers, transport, account, recorded):
    access_denied(answers, recorded)
    answers.get(URL, body="here")
    assert send_authorized(transport, account, "GET", "/x", headers={"Accept": "a/b"}).text == "here"
    assert [call.request.headers["Authorization"] for call in answers.calls] == ["Bearer t1", "Bearer t2"]
    assert answers.calls[1].request.headers["Accept"] == "a/b"


def test_a_write_is_repeated_after_a_401(answers, transport, account, recorded):
    access_denied(answers, recorded, "POST")
    answers.post(URL, body="done")
    assert send_authorized(transport, account, "POST", "/x", json={"a": 1}).text == "done"


def test_a_second_401_is_access_denied(answers, transport, account, recorded):
    access_denied(answers, recorded)
    access_denied(answers, recorded)
    with pytest.raises(AccessDenied) as caught:
        send_authorized(transport, account, "GET", "/x")
    text = str(caught.value)
    assert "a.example.com: GET /x refused the API account 'robot' even with a fresh token" in text
    assert "Network Address Allow List" in text


def test_a_401_for_an_unknown_parameter_is_refused(answers, transport, account):
    for _time in range(2):
        answers.get(URL, status=401, json={"message": "Unknown parameter: foo"})
    with pytest.raises(Refused, match="Unknown parameter: foo") as caught:
        send_authorized(transport, account, "GET", "/x")
    assert not isinstance(caught.value, AccessDenied)


def test_a_password_is_never_in_a_url(answers, transport):
    answers.post(URL, body="here")
    send_authorized(transport, Legacy("ada", "canary"), "GET", "/x", params={"action": "check_health"})
    sent = answers.calls[0].request
    assert sent.body == "action=check_health&username=ada&password=canary"
    assert sent.url == URL


def test_form_read_is_retried_write_not(answers, transport):
    old = Legacy("ada", "canary")
    answers.post(URL, body=requests.ConnectionError("lost"))
    answers.post(URL, body="here")
    answers.post(URL, body=requests.ConnectionError("lost"))
    assert send_authorized(transport, old, "GET", "/x").text == "here"
    with pytest.raises(Unreachable):
        send_authorized(transport, old, "POST", "/x", data={"action": "terminate_session"})


def test_a_refused_password_is_not_tried_again(answers, transport):
    answers.post(URL, status=401, body="no")
    with pytest.raises(AccessDenied, match="'ada' with this password") as caught:
        send_authorized(transport, Legacy("ada", "canary"), "GET", "/x")
    assert "canary" not in str(caught.value)


def test_a_password_is_not_sent_beside_json(transport):
    with pytest.raises(InvalidInput, match="client_id"):
        send_authorized(transport, Legacy("ada", "canary"), "POST", "/x", json={})


class Slow:
    """A limiter at whose turns two hours pass, as when the account has used its requests of the hour."""

    def __init__(self, running):
        self.running = running

    @contextlib.contextmanager
    def slot(self):
        self.running.advance(7200)
        yield lambda headers: None


def test_the_token_is_read_after_the_wait():
    with Running("already_current") as running:
        account = running.world["accounts"]["api"][0]
        transport = Transport(running.url, ca_path=running.ca_file, sleep=lambda seconds: None)
        tokens = Tokens(transport, account["client_id"], account["client_secret"], MemoryCache(), clock=running.now)
        credentials = OAuth(tokens, Slow(running))
        for _request in range(2):
            answer = send_authorized(transport, credentials, "GET", "/api/command", params={"action": "get_api_info"})
            assert answer.status == 200
        assert [entry["status"] for entry in running.requests() if entry["path"] == "/api/command"] == [200, 200]


def test_a_fresh_token_is_read_after_the_wait():
    with Running("already_current") as running:
        account = running.world["accounts"]["api"][0]
        transport = Transport(running.url, ca_path=running.ca_file, sleep=lambda seconds: None)
        # this machine's clock stands still, so that only the appliance knows that a token is over
        tokens = Tokens(transport, account["client_id"], account["client_secret"], MemoryCache(), clock=lambda: 1000.0)
        credentials = OAuth(tokens, Slow(running))
        for _request in range(2):
            assert send_authorized(transport, credentials, "GET", "/api/command", params={"action": "get_api_info"}).status == 200
