# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A refused login is not sent again by the other tasks of a run."""

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import AccessDenied, Unavailable
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import who
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.refused_login import RefusedLogin
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import SecretCache
from simulator.testing import Running

from tests.chaos.cases import ALONE
from tests.support.ansible import connection_of, play

LOGIN = ("https://a.example.com", "ada", "canary")
DENIED = AccessDenied("It was refused.", host="a.example.com", evidence="'no'.", remedy="Check it.")


@pytest.fixture
def login(tmp_path, monkeypatch):
    """login(process, *parts, at) -> what another task of that process knows of a login."""

    def of(process, *parts, at=0):
        monkeypatch.setenv(who.VARIABLE, json.dumps({"user": "ada", "host": "controller", "process": process}))
        return RefusedLogin(SecretCache(str(tmp_path / "cache")), *(parts or LOGIN), clock=lambda: at)

    return of


def test_other_tasks_of_the_run_know_it(login):
    login(1).note(DENIED)
    assert str(login(1, at=299).read()) == str(DENIED)


def test_other_run_or_secret_tries_again(login):
    login(1).note(DENIED)
    assert login(2).read() is None
    assert login(1, *LOGIN[:2], "corrected").read() is None
    assert login(1, at=300).read() is None and login(1, at=-1).read() is None


def test_other_errors_are_forgotten(login):
    login(1).note(Unavailable("It starts."))
    assert login(1).read() is None


@pytest.mark.slow
def test_wrong_secrets_are_sent_once_in_a_run(tmp_path):
    wrong = {"client_secret": "wrong canary", "web_password": "wrong canary", "login_password": "wrong canary"}
    with Running(ALONE) as running:
        options = connection_of(running, tmp_path, running.world["appliances"][0]["name"], **wrong)
        tasks = [{f"bomgar.appliance.{name}": options, "ignore_errors": True} for name in ("appliance_info", "update_info", "page_probe")]
        play(tasks * 2, tmp_path)
        sent = [(entry["path"], entry["status"]) for entry in running.requests() if entry["method"] == "POST"]
    assert len(sent) == len(set(sent)) == 3, sent
