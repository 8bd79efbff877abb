# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tokens as documented: three forms, an hour, thirty, locks, withdrawn accounts."""

import pytest

FORM = {"grant_type": "client_credentials"}
BODY = {**FORM, "client_id": "full", "client_secret": "secret"}


@pytest.mark.parametrize(
    "request_options",
    [
        {"auth": ("full", "secret"), "data": FORM},
        {"auth": ("full", "secret"), "json": FORM},
        {"data": BODY},
    ],
    ids=["basic and form", "basic and JSON", "all in the form"],
)
def test_all_three_forms_give_a_token(run, caller, request_options):
    answer = caller(run()).plain("POST", "/oauth2/token", **request_options)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    facts = answer.json()
    assert len(facts["access_token"]) == 40
    assert (facts["token_type"], facts["expires_in"]) == ("Bearer", 3600)


def test_a_wrong_secret_is_an_invalid_client(run, caller):
    answer = caller(run()).plain("POST", "/oauth2/token", auth=("full", "wrong"), data=FORM)
    assert answer.status_code == 401
    assert answer.json() == {"error": "invalid_client", "message": "Client authentication failed."}


@pytest.mark.parametrize(("data", "error"), [({}, "invalid_request"), ({"grant_type": "password"}, "unsupported_grant_type")])
def test_another_grant_type_is_refused_by_name(run, caller, data, error):
    answer = caller(run()).plain("POST", "/oauth2/token", auth=("full", "secret"), data=data)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_token_lives_an_hour_of_virtual_time(run, caller):
    running = run()
    client = caller(running)
    assert client.command("check_health").status_code == 200
    running.advance(3599)
    assert client.command("check_health").status_code == 200
    running.advance(1)
    answer = client.command("check_health")
    assert answer.status_code == 401
    assert answer.json()["error"] == "access_denied"


def test_the_thirty_first_token_kills_the_oldest(run, caller):
    client = caller(run())
    tokens = [client.log_in() for _token in range(31)]

    def status(token):
        return client.plain("GET", "/api/command?action=check_health", headers={"Authorization": f"Bearer {token}"})

    assert [status(token).status_code for token in (tokens[0], tokens[1], tokens[30])] == [401, 200, 200]


def test_no_token_and_nonsense_are_denied(run, caller):
    client = caller(run())
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic ZnVsbDpzZWNyZXQ="}):
        assert client.plain("GET", "/api/command?action=check_health", headers=headers).status_code == 401


def test_five_failures_lock_the_account(run, caller, small):
    """For half an hour, and the account shows it."""
    both = small.replace(
        "{client_id: nobody, client_secret: secret}", "{client_id: nobody, client_secret: secret, permissions: {perm_configuration: true}}"
    )
    running = run(both)
    client, watcher = caller(running), caller(running, "nobody")
    watcher.log_in()
    for _guess in range(5):
        client.plain("POST", "/oauth2/token", auth=("full", "wrong"), data=FORM)
    assert client.plain("POST", "/oauth2/token", auth=("full", "secret"), data=FORM).status_code == 401
    row = next(one for one in watcher.get("/api/config/v1/api-account").json() if one["client_id"] == "full")
    assert (row["failed_login_attempts"], row["failed_login_expiration"]) == (5, "2026-03-01T00:30:00+00:00")
    running.advance(1800)
    assert client.plain("POST", "/oauth2/token", auth=("full", "secret"), data=FORM).status_code == 200


def test_a_success_forgets_the_failures_before(run, caller):
    client = caller(run())
    for _round in range(3):
        for _guess in range(4):
            client.plain("POST", "/oauth2/token", auth=("full", "wrong"), data=FORM)
        client.log_in()


def test_address_outside_allow_list_is_denied(run, caller, small):
    running = run(small.replace("client_secret: secret\n", "client_secret: secret\n      allow_list: [192.0.2.0/24]\n", 1))
    client = caller(running)
    assert client.plain("POST", "/oauth2/token", auth=("full", "secret"), data=FORM).status_code == 401
    running.machine().accounts.api["full"].allow_list = ["127.0.0.0/8"]
    assert client.command("check_health").status_code == 200
    running.machine().accounts.api["full"].allow_list = ["192.0.2.1"]
    assert client.command("check_health").status_code == 401


def test_before_16_1_there_are_no_api_accounts(run, caller):
    answer = caller(run("old_xml")).plain("POST", "/oauth2/token", auth=("full", "secret"), data=FORM)
    assert answer.status_code == 404


def test_tokens_may_be_lost_at_a_restart(run, caller, small):
    for lost, status in ((False, 200), (True, 401)):
        running = run(small + f"features: {{tokens_lost_at_restart: {str(lost).lower()}}}\n")
        client = caller(running)
        client.log_in()
        running.machine().restart()
        running.advance(301)
        assert client.command("check_health").status_code == status


def test_limits_are_always_counted(run, caller, small):
    """They refuse only when they are switched on."""
    free, limited = caller(run()), run(small + "limits: {rate: true}\n")
    limited.machine().clock.real = lambda: 0.0  # one second, however slow this machine is
    strict = caller(limited)
    assert [free.command("check_health").status_code for _call in range(25)] == [200] * 25
    answers = [strict.command("check_health") for _call in range(25)]
    assert answers[0].headers["X-RateLimit-Limit"] == "15000"
    assert [int(one.headers["X-RateLimit-Remaining"]) for one in answers[:3]] == [14999, 14998, 14997]
    assert {one.status_code for one in answers} == {200, 429}
    assert answers[-1].headers["Retry-After"] == "1"


def test_the_hour_of_the_limit_is_virtual(run, caller, small):
    running = run(small + "limits: {rate: true, per_second: 1000, per_hour: 3}\n")
    client = caller(running)
    assert [client.command("check_health").status_code for _call in range(4)] == [200, 200, 200, 429]
    running.advance(3599)
    client.log_in()
    running.advance(1)
    assert client.command("check_health").status_code == 200
