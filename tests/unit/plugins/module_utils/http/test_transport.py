# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import requests
import responses
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    InvalidInput,
    NotUnderstood,
    Refused,
    Unavailable,
    Unreachable,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport

BASE = "https://a.example.com"


def test_an_answer_carries_what_came(answers, transport):
    answers.get(f"{BASE}/x", body="<a/>", content_type="text/xml; charset=UTF-8", status=200)
    answer = transport.request("GET", "/x", params={"a": "1"})
    assert (answer.status, answer.body, answer.content_type, answer.request) == (200, b"<a/>", "text/xml", "GET /x")
    assert answers.calls[0].request.url == f"{BASE}/x?a=1"


def test_connections_close_and_netrc_is_ignored(answers, transport, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine a.example.com login eve password canary\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    answers.get(f"{BASE}/x")
    transport.request("GET", "/x", headers={"Authorization": "Bearer t"})
    sent = answers.calls[0].request.headers
    assert (sent["Connection"], sent["Authorization"]) == ("close", "Bearer t")


def test_each_request_sets_verify(answers, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/somewhere/else.pem")
    answers.get(f"{BASE}/x")
    Transport("a.example.com", validate_certs=False).request("GET", "/x")
    assert answers.calls[0].request.req_kwargs["verify"] is False


@pytest.mark.parametrize("path", ["/nowhere", "no-certificate"])
def test_an_unreadable_ca_path_is_refused(path, tmp_path):
    (tmp_path / "no-certificate").write_text("hello")
    with pytest.raises(InvalidInput, match="ca_path"):
        Transport("a.example.com", ca_path=str(tmp_path / path))


def test_a_read_is_retried_twice(answers, transport, sleeps):
    for _time in range(2):
        answers.get(f"{BASE}/x", body=requests.ConnectionError("lost"))
    answers.get(f"{BASE}/x", body="here")
    assert transport.request("GET", "/x").text == "here"
    assert sleeps == [1.0, 2.0]


def test_a_read_fails_after_three_losses(answers, transport):
    for _time in range(3):
        answers.get(f"{BASE}/x", body=requests.ConnectionError("lost"))
    with pytest.raises(Unreachable, match=r"a\.example\.com: GET /x: the connection was closed"):
        transport.request("GET", "/x")


def test_a_write_is_never_retried(answers, transport, sleeps):
    answers.post(f"{BASE}/x", body=requests.ConnectionError("lost"))
    with pytest.raises(Unreachable, match="not known: read the state"):
        transport.request("POST", "/x", data={"a": "1"})
    assert sleeps == []


def test_a_post_that_only_reads_may_be_repeated(answers, transport):
    answers.post(f"{BASE}/x", body=requests.ReadTimeout("slow"))
    answers.post(f"{BASE}/x", body="here")
    assert transport.request("POST", "/x", repeatable=True).text == "here"


def test_errors_hold_no_secret_of_an_address(answers, transport):
    for _time in range(3):
        lost = requests.ConnectionError(f"Max retries exceeded with url: {BASE}/x?password=canary")
        answers.get(f"{BASE}/x", body=lost)
    with pytest.raises(Unreachable) as caught:
        transport.request("GET", "/x", params={"password": "canary"})
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(answers, transport, sleeps, status):
    answers.get(f"{BASE}/x", status=status, headers={"Retry-After": "7"})
    answers.get(f"{BASE}/x", body="here")
    assert transport.request("GET", "/x").text == "here"
    assert sleeps == [7.0]


def test_slow_down_without_a_time_pauses_too(answers, transport, sleeps):
    answers.get(f"{BASE}/x", status=429)
    answers.get(f"{BASE}/x")
    transport.request("GET", "/x")
    assert sleeps == [5.0]


def test_waiting_for_slow_down_is_bounded(answers, transport, sleeps):
    for _time in range(13):
        answers.get(f"{BASE}/x", status=429)
    with pytest.raises(Unavailable, match="fewer requests"):
        transport.request("GET", "/x")
    assert sum(sleeps) <= 60


def test_a_write_is_not_repeated_after_slow_down(answers, transport):
    answers.post(f"{BASE}/x", status=503, headers={"Retry-After": "1"})
    with pytest.raises(Unavailable):
        transport.request("POST", "/x")


def test_other_failures_are_answers_for_the_layer_above(answers, transport):
    answers.get(f"{BASE}/x", status=500, body="sick")
    answers.get(f"{BASE}/x", status=503, body="starting")
    assert [transport.request("GET", "/x").status for _time in range(2)] == [500, 503]


def test_an_api_call_takes_no_redirect(answers, transport):
    answers.get(f"{BASE}/x", status=302, headers={"Location": "/login/login?token=canary"})
    with pytest.raises(Refused, match="redirected to https://a.example.com/login/login ") as caught:
        transport.request("GET", "/x")
    assert "canary" not in str(caught.value)


def test_redirects_on_the_host_keep_cookies(answers, transport):
    answers.post(f"{BASE}/login", status=302, headers={"Location": "/home", "Set-Cookie": "ns_s=1; path=/; secure"})
    answers.get(f"{BASE}/home", body="in")
    answer = transport.request("POST", "/login", data={"a": "1"}, cookies={"old": "0"}, follow=True)
    assert (answer.text, answer.cookies, answer.url) == ("in", {"ns_s": "1"}, f"{BASE}/home")
    assert answers.calls[1].request.method == "GET" and not answers.calls[1].request.body
    assert set(answers.calls[1].request.headers["Cookie"].split("; ")) == {"old=0", "ns_s=1"}


@pytest.mark.parametrize("target", ["https://evil.example.com/", "http://a.example.com/", "https://a.example.com:8443/"])
def test_a_redirect_to_another_place_is_never_followed(answers, transport, target):
    answers.get(f"{BASE}/x", status=301, headers={"Location": target})
    with pytest.raises(Refused, match="not followed"):
        transport.request("GET", "/x", follow=True)


def test_a_redirect_never_repeats_a_form(answers, transport):
    answers.post(f"{BASE}/x", status=307, headers={"Location": "/y"})
    with pytest.raises(NotUnderstood):  # it may have been taken: no refusal of the appliance's
        transport.request("POST", "/x", data={"a": "1"}, follow=True)


def test_redirects_in_a_circle_end(answers, transport):
    for _time in range(10):
        answers.get(f"{BASE}/x", status=302, headers={"Location": "/x"})
    with pytest.raises(Refused, match="circle"):
        transport.request("GET", "/x", follow=True)


def test_nothing_is_sent_to_another_host(transport):
    with responses.RequestsMock(), pytest.raises(Refused, match="to another address"):
        transport.request("POST", "https://evil.example.com/x", data={"password": "canary"})


def test_cookies_do_not_reach_the_next_request(answers, transport):
    answers.get(f"{BASE}/x", headers={"Set-Cookie": "ns_s=1"})
    answers.get(f"{BASE}/x")
    transport.request("GET", "/x")
    transport.request("GET", "/x")
    assert "Cookie" not in answers.calls[1].request.headers


def test_an_answer_without_end_is_cut_off(answers, transport, monkeypatch):
    answers.get(f"{BASE}/x", body="x" * 11)
    with pytest.raises(NotUnderstood, match="larger than 10 bytes"):
        transport.request("GET", "/x", max_bytes=10)


def test_only_a_successful_response_is_streamed(answers, transport):
    answers.get(f"{BASE}/x", body=b"nsb" * 100_000)
    answers.get(f"{BASE}/x", status=403, body="no")
    chunks = list(transport.request("GET", "/x", stream=True).iter_chunks())
    assert b"".join(chunks) == b"nsb" * 100_000 and len(chunks) > 1
    assert transport.request("GET", "/x", stream=True).body == b"no"
