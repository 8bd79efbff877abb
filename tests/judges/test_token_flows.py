# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two OAuth2 libraries, Authlib and requests-oauthlib, log in to the simulator with client credentials, as their manuals say."""

import time

import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error, TokenExpiredError
from requests_oauthlib import OAuth2Session as OauthlibSession

HEALTH = "/api/command?action=check_health"
WORLD = """
schema: 1
name: tokens
product: rs
appliances: [{name: a, hostname: a.example.com, base: 6.2.0, version: 23.2.1}]
packages: []
accounts: {api: [{client_id: judge, client_secret: secret, permissions: {perm_command: read_only}}]}
"""


class Clock:
    """Real time that can be moved, for the library and for the simulator at once."""

    def __init__(self, running, monkeypatch):
        self.running, self.ahead, real = running, 0, time.time
        monkeypatch.setattr(time, "time", lambda: real() + self.ahead)

    def advance(self, seconds):
        self.ahead += seconds
        self.running.advance(seconds)


@pytest.fixture
def running(run):
    return run(WORLD)


def tokens_of(running):
    return [one["status"] for one in running.requests() if one["path"] == "/oauth2/token"]


def authlib(running, secret="secret", method="client_secret_basic"):
    """A session that fetches tokens by itself."""
    session = AuthlibSession(
        "judge",
        secret,
        token_endpoint=f"{running.url}/oauth2/token",
        token_endpoint_auth_method=method,
        grant_type="client_credentials",
    )
    session.verify, session.trust_env = running.ca_file, False
    return session


def oauthlib(running):
    session = OauthlibSession(client=BackendApplicationClient(client_id="judge"))
    session.verify, session.trust_env = running.ca_file, False
    return session


def fetch(running, session, secret="secret", in_body=False):
    how = {"include_client_id": True} if in_body else {"auth": ("judge", secret)}
    return session.fetch_token(f"{running.url}/oauth2/token", client_secret=secret, timeout=60, verify=running.ca_file, **how)


def judge_authlib(running, method="client_secret_basic"):
    session = authlib(running, method=method)
    token = session.fetch_token()
    assert (token["token_type"].lower(), token["expires_in"]) == ("bearer", 3600)
    assert session.get(running.url + HEALTH).status_code == 200


def judge_oauthlib(running, in_body=False):
    session = oauthlib(running)
    assert fetch(running, session, in_body=in_body)["expires_in"] == 3600
    assert session.get(running.url + HEALTH, timeout=60).status_code == 200


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_logs_in(running, method):
    judge_authlib(running, method)


@pytest.mark.parametrize("in_body", [False, True], ids=["basic", "post"])
def test_oauthlib_logs_in(running, in_body):
    judge_oauthlib(running, in_body)


def test_authlib_renews_a_token_that_expired(running, monkeypatch):
    clock, session = Clock(running, monkeypatch), authlib(running)
    first = session.fetch_token()["access_token"]
    assert session.get(running.url + HEALTH).status_code == 200
    clock.advance(3600)
    assert session.get(running.url + HEALTH).status_code == 200
    assert session.token["access_token"] != first
    assert tokens_of(running) == [200, 200]


def test_oauthlib_sees_the_expiry_and_logs_in_again(running, monkeypatch):
    clock, session = Clock(running, monkeypatch), oauthlib(running)
    fetch(running, session)
    clock.advance(3601)
    with pytest.raises(TokenExpiredError):
        session.get(running.url + HEALTH, timeout=60)
    fetch(running, session)
    assert session.get(running.url + HEALTH, timeout=60).status_code == 200


def test_a_token_is_not_accepted_after_its_expiry(running):
    session = oauthlib(running)
    fetch(running, session)
    running.advance(3600)  # the appliance's clock alone: the library believes in its token
    answer = session.get(running.url + HEALTH, timeout=60)
    assert (answer.status_code, answer.json()["error"]) == (401, "access_denied")


def test_both_libraries_understand_wrong_secret(running):
    with pytest.raises(OAuthError) as refused:
        authlib(running, secret="wrong").fetch_token()
    assert refused.value.error == "invalid_client"
    with pytest.raises(OAuth2Error) as denied:
        fetch(running, oauthlib(running), secret="wrong")
    assert denied.value.error == "invalid_client"


FAULTS = {
    "no token in it": {"fault": "remove_field", "field": "access_token"},
    "no token type": {"fault": "remove_field", "field": "token_type"},
    "a token type of another name": {"fault": "wrong_type", "field": "token_type", "value": "pop"},
    "no expiry": {"fault": "remove_field", "field": "expires_in"},
    "not JSON": {"fault": "body", "body": "<html>"},
    "a token that the API does not know": {"fault": "wrong_type", "field": "access_token", "value": "0" * 40},
}
REFUSALS = (AssertionError, OAuthError, OAuth2Error, KeyError, ValueError)


@pytest.mark.parametrize(
    ("judge", "fault"),
    # oauthlib takes a token without a type for a bearer token
    [
        (judge, fault)
        for judge in (judge_authlib, judge_oauthlib)
        for fault in FAULTS
        if (judge, fault) != (judge_oauthlib, "no token type")
    ],
)
def test_a_planted_fault_is_reported(running, judge, fault):
    running.fault(**FAULTS[fault], match={"path": "/oauth2/token"})
    with pytest.raises(REFUSALS):
        judge(running)
