# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.oauth import Tokens
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    NotFound,
    NotUnderstood,
    Refused,
    Unavailable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from requests.auth import _basic_auth_str

URL = "https://a.example.com/oauth2/token"
ACCOUNT = "robot"
SECRET = "canary+secret/with=signs"


class Clock:
    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache():
    return MemoryCache()


@pytest.fixture
def tokens(transport, cache, clock):
    return Tokens(transport, ACCOUNT, SECRET, cache, clock)


def give(answers, token="t1", **more):
    answers.post(URL, json={"access_token": token, "token_type": "Bearer", "expires_in": 3600, **more})


def test_token_request_has_the_documented_form(answers, tokens):
    give(answers)
    assert tokens.header() == {"Authorization": "Bearer t1"}
    sent = answers.calls[0].request
    assert sent.headers["Authorization"] == _basic_auth_str(ACCOUNT, SECRET)
    assert (sent.body, sent.headers["Content-Type"]) == ("grant_type=client_credentials", "application/x-www-form-urlencoded")


def test_one_token_serves_an_hour_and_every_task(answers, tokens, transport, cache, clock):
    give(answers)
    tokens.header()
    clock.now += 3500
    another_task = Tokens(transport, ACCOUNT, SECRET, cache, clock)
    assert another_task.header() == tokens.header() == {"Authorization": "Bearer t1"}


def test_token_near_its_end_is_unused(answers, tokens, clock):
    give(answers)
    give(answers, "t2")
    tokens.header()
    clock.now += 3541
    assert tokens.header() == {"Authorization": "Bearer t2"}


def test_a_token_from_the_future_is_not_trusted(answers, tokens, clock):
    give(answers)
    give(answers, "t2")
    tokens.header()
    clock.now -= 100
    assert tokens.header() == {"Authorization": "Bearer t2"}


def test_other_secret_finds_no_old_token(answers, tokens, transport, cache, clock):
    give(answers)
    give(answers, "t2")
    tokens.header()
    assert Tokens(transport, ACCOUNT, "new", cache, clock).header() == {"Authorization": "Bearer t2"}


def test_a_token_that_was_turned_down_is_replaced(answers, tokens):
    give(answers)
    give(answers, "t2")
    failed = tokens.header()
    assert tokens.renew(failed) == tokens.header() == {"Authorization": "Bearer t2"}


def test_a_token_renewed_by_another_task_is_used(answers, tokens):
    give(answers)
    give(answers, "t2")
    failed = tokens.header()
    tokens.renew(failed)
    assert tokens.renew(failed) == {"Authorization": "Bearer t2"}


def test_a_wrong_secret_is_named_and_tried_once(answers, tokens):
    answers.post(URL, status=401, json={"error": "invalid_client", "message": "Client authentication failed."})
    with pytest.raises(AccessDenied) as caught:
        tokens.header()
    text = str(caught.value)
    assert "a.example.com: The API account 'robot' or its secret was refused" in text
    assert "Client authentication failed" in text and "API Configuration" in text
    assert "canary" not in text


def test_other_refusals_name_what_the_appliance_said(answers, tokens):
    answers.post(URL, status=400, json={"error": "unsupported_grant_type", "message": "No such grant."})
    with pytest.raises(Refused, match="No such grant"):
        tokens.header()


def test_a_site_without_api_accounts_suggests_a_user(answers, tokens, recorded):
    answers.post(URL, status=404, body=recorded("pages_instead/document_not_found.html"), content_type="text/html")
    with pytest.raises(NotFound, match="before 16.1 have no API accounts: use username and password"):
        tokens.header()


@pytest.mark.parametrize("page", ["login", "portal"])
def test_a_page_instead_of_a_token_is_named(answers, tokens, recorded, page):
    answers.post(URL, body=recorded(f"pages_instead/{page}.html"), content_type="text/html")
    with pytest.raises(NotUnderstood, match="returned the web page '(Login|Support Portal)' instead of a token"):
        tokens.header()


def test_an_empty_answer_is_no_token(answers, tokens):
    answers.post(URL, body="")
    with pytest.raises(NotUnderstood, match="returned nothing instead of a token"):
        tokens.header()


def test_an_appliance_that_is_starting_is_unavailable(answers, tokens):
    answers.post(URL, status=503, body="starting")
    with pytest.raises(Unavailable):
        tokens.header()


@pytest.mark.parametrize("field", ["access_token"])
def test_a_response_without_a_token_names_the_field(answers, tokens, field):
    answers.post(URL, json={"token": "canary"})
    with pytest.raises(NotUnderstood, match=field) as caught:
        tokens.header()
    assert "canary" not in str(caught.value)


def test_a_token_of_another_kind_is_not_used(answers, tokens):
    give(answers, token_type="mac")
    with pytest.raises(NotUnderstood, match="'mac'"):
        tokens.header()


def test_the_token_type_ignores_case(answers, tokens):
    answers.post(URL, body=json.dumps({"access_token": "t1", "token_type": "bearer"}))
    assert tokens.header() == {"Authorization": "Bearer t1"}
