# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import contextlib

import pytest
import requests
from ansible_collections.bomgar.appliance.plugins.module_utils.credentials import Legacy, OAuth, authorized
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    InvalidInput,
    Refused,
    Unreachable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.oauth import Tokens
from ansible_collections.bomgar.appliance.plugins.module_utils.secret_cache import MemoryCache
from ansible_collections.bomgar.appliance.plugins.module_utils.transport import Transport
from simulator.testing import Running

URL = "https://a.example.com/x"


def denied(answers, recorded, method="GET"):
    answers.add(method, URL, status=401, body=recorded("command_json/access_denied.json"))


def test_a_token_that_was_turned_down_is_renewed_once_and_the_request_repeated(answers, transport, account, recorded):
    denied(answers, recorded)
    answers.get(URL, body="here")
    assert authorized(transport, account, "GET", "/x", headers={"Accept": "a/b"}).text == "here"
    assert [call.request.headers["Authorization"] for call in answers.calls] == ["Bearer t1", "Bearer t2"]
    assert answers.calls[1].request.headers["Accept"] == "a/b"


def test_a_write_that_was_answered_401_was_not_executed_and_is_repeated(answers, transport, account, recorded):
    denied(answers, recorded, "POST")
    answers.post(URL, body="done")
    assert authorized(transport, account, "POST", "/x", json={"a": 1}).text == "done"


def test_a_fresh_token_that_is_turned_down_too_ends_it(answers, transport, account, recorded):
    denied(answers, recorded)
    denied(answers, recorded)
    with pytest.raises(AccessDenied) as caught:
        authorized(transport, account, "GET", "/x")
    text = str(caught.value)
    assert "a.example.com: GET /x turned the API account 'robot' down even with a fresh token" in text
    assert "Network Address Allow List" in text


def test_a_401_that_means_an_unknown_parameter_is_not_called_a_wrong_password(answers, transport, account):
    for _time in range(2):
        answers.get(URL, status=401, json={"message": "Unknown parameter: foo"})
    with pytest.raises(Refused, match="Unknown parameter: foo") as caught:
        authorized(transport, account, "GET", "/x")
    assert not isinstance(caught.value, AccessDenied)


def test_a_password_travels_in_a_form_and_never_in_an_address(answers, transport):
    answers.post(URL, body="here")
    authorized(transport, Legacy("ada", "canary"), "GET", "/x", params={"action": "check_health"})
    sent = answers.calls[0].request
    assert sent.body == "action=check_health&username=ada&password=canary"
    assert sent.url == URL


def test_a_read_stays_one_when_it_travels_as_a_form_and_a_write_is_sent_once(answers, transport):
    old = Legacy("ada", "canary")
    answers.post(URL, body=requests.ConnectionError("lost"))
    answers.post(URL, body="here")
    answers.post(URL, body=requests.ConnectionError("lost"))
    assert authorized(transport, old, "GET", "/x").text == "here"
    with pytest.raises(Unreachable):
        authorized(transport, old, "POST", "/x", data={"action": "terminate_session"})


def test_a_password_that_was_turned_down_is_not_tried_again(answers, transport):
    answers.post(URL, status=401, body="no")
    with pytest.raises(AccessDenied, match="'ada' down with this password") as caught:
        authorized(transport, Legacy("ada", "canary"), "GET", "/x")
    assert "canary" not in str(caught.value)


def test_a_password_is_not_sent_beside_json(transport):
    with pytest.raises(InvalidInput, match="client_id"):
        authorized(transport, Legacy("ada", "canary"), "POST", "/x", json={})


class Slow:
    """A pace at whose turns two hours pass, as when the account has used its requests of the hour."""

    def __init__(self, running):
        self.running = running

    @contextlib.contextmanager
    def turn(self):
        self.running.advance(7200)
        yield lambda headers: None


def test_a_token_is_taken_when_the_request_is_due_and_not_before_the_wait_for_it():
    with Running("already_current") as running:
        account = running.world["accounts"]["api"][0]
        transport = Transport(running.url, ca_path=running.ca_file, sleep=lambda seconds: None)
        tokens = Tokens(transport, account["client_id"], account["client_secret"], MemoryCache(), clock=running.now)
        credentials = OAuth(tokens, Slow(running))
        for _request in range(2):
            answer = authorized(transport, credentials, "GET", "/api/command", params={"action": "get_api_info"})
            assert answer.status == 200
        assert [entry["status"] for entry in running.requests() if entry["path"] == "/api/command"] == [200, 200]


def test_a_fresh_token_too_is_taken_when_the_request_is_due():
    with Running("already_current") as running:
        account = running.world["accounts"]["api"][0]
        transport = Transport(running.url, ca_path=running.ca_file, sleep=lambda seconds: None)
        # this machine's clock stands still, so that only the appliance knows that a token is over
        tokens = Tokens(transport, account["client_id"], account["client_secret"], MemoryCache(), clock=lambda: 1000.0)
        credentials = OAuth(tokens, Slow(running))
        for _request in range(2):
            assert authorized(transport, credentials, "GET", "/api/command", params={"action": "get_api_info"}).status == 200
