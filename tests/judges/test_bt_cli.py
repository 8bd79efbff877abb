# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""bt-cli, an unofficial command line for the vendor's APIs, reads a site of Privileged Remote Access: token, pages, filters, refusals."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

USERS, CLIENTS = 250, 230
WORLD = f"""
schema: 1
name: many_users
product: pra
appliances: [{{name: a, hostname: a.example.com, base: 7.0.0, version: 25.2.1}}]
packages: []
accounts: {{api: [{{client_id: judge, client_secret: secret, permissions: {{perm_configuration: true}}}}]}}
clients: {{users: {USERS}, jump_clients: {{active: {CLIENTS}}}, jumpoints: [{{name: One}}, {{name: Two}}]}}
"""


@pytest.fixture
def bt(tmp_path):
    """bt(running, *arguments, secret="secret") -> the finished command."""

    def call(running, *arguments, secret="secret"):
        settings = {
            "BT_PRA_API_URL": running.url,
            "BT_PRA_CLIENT_ID": "judge",
            "BT_PRA_CLIENT_SECRET": secret,
            "SSL_CERT_FILE": running.ca_file,
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
        }
        program = str(pathlib.Path(sys.executable).parent / "bt")
        return subprocess.run(
            [program, "pra", *arguments], env=settings, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )

    return call


def listed(bt, running, kind, *filters):
    done = bt(running, kind, "list", "--output", "json", *filters)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def judge_users(bt, running):
    """All users, each once, by number."""
    assert [row["id"] for row in listed(bt, running, "users")] == list(range(1, USERS + 1))


def test_250_users_come_on_three_pages(run, bt):
    running = run(WORLD)
    judge_users(bt, running)
    pages = [one["query"] for one in running.requests() if one["path"] == "/api/config/v1/user"]
    assert len(pages) == 3, pages


def test_clients_jumpoints_and_groups_are_listed(run, bt):
    running = run(WORLD)
    assert len({row["id"] for row in listed(bt, running, "jump-clients")}) == CLIENTS
    assert [row["name"] for row in listed(bt, running, "jumpoints")] == ["One", "Two"]
    assert len(listed(bt, running, "jump-groups")) == 3


def test_a_filter_finds_one_user(run, bt):
    assert [row["id"] for row in listed(bt, run(WORLD), "users", "--username", "user7")] == [7]


def test_a_wrong_secret_is_refused(run, bt):
    done = bt(run(WORLD), "users", "list", secret="wrong")
    assert (done.returncode, "Client authentication failed." in done.stderr) == (1, True), done


FAULTS = {
    "a page is missing": {"fault": "body", "body": "[]", "content_type": "application/json"},
    "a page is an error": {"fault": "status", "status": 500},
    "a page is HTML": {"fault": "login_page"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_reported(run, bt, fault):
    running = run(WORLD)
    running.fault(**FAULTS[fault], skip=1, match={"path": "/api/config/v1/user"})
    with pytest.raises(AssertionError):
        judge_users(bt, running)
