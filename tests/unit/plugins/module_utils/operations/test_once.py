# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One write, one verdict: what is said of a request that was not sent, turned down, or left without an answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils import outcome
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    ApplianceError,
    InvalidInput,
    NotUnderstood,
    PermissionMissing,
    Refused,
    Unavailable,
    Unreachable,
    Unsafe,
    mark_nothing_sent,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.identity import Same
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.once import at_once, send_once
from ansible_collections.bomgar.appliance.plugins.modules.client_installers import OPERATION as INSTALLERS
from ansible_collections.bomgar.appliance.plugins.modules.jump_client_settings import OPERATION as SETTINGS
from ansible_collections.bomgar.appliance.plugins.modules.session_drain import OPERATION as DRAIN
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.sentences import performed


def appliance(request_sent=False):
    return SimpleNamespace(request_sent=request_sent, host="a.example.com", say=lambda text: None)


def after_the_press(error):
    def act(ready):
        ready()
        raise error

    return act


def verdict(one, act, **more):
    """(outcome, whether it counts as asked) of a write, 'lost' for an answer that is missing."""
    try:
        sent = send_once(one, act, "a write", **more)
    except ApplianceError as exc:
        return outcome.of_error(exc, sent=one.request_sent), one.request_sent
    return "lost" if sent.lost else sent.result, one.request_sent


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Refused("no"), ("failed", True)),
        (PermissionMissing("no"), ("failed", True)),
        (AccessDenied("no"), ("failed", True)),
        (Unreachable("gone"), ("lost", True)),
        (Unavailable("busy"), ("lost", True)),
        (NotUnderstood("what"), ("lost", True)),
        (ApplianceError("the disk here is full"), ("lost", True)),
        (mark_nothing_sent(Unreachable("no route")), ("nothing_done", False)),
        (mark_nothing_sent(Refused("the agreement was not accepted")), ("nothing_done", False)),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else "",
)
def test_one_rule_for_what_came_of_a_request(error, expected):
    assert verdict(appliance(), after_the_press(error)) == expected


@pytest.mark.parametrize("error", [Refused("not in the list"), NotUnderstood("no button"), Unreachable("gone"), InvalidInput("no contact")])
def test_what_fails_before_the_press_asked_for_nothing(error):
    def act(ready):
        raise error

    assert verdict(appliance(), act) == ("nothing_done", False)


def test_a_failed_check_sends_nothing():
    def check():
        raise Unsafe("somebody else acted")

    sent = []
    assert verdict(appliance(), at_once(lambda: sent.append(1)), check=check) == ("nothing_done", False) and sent == []


def test_a_refusal_after_another_write_stays_unknown():
    assert verdict(appliance(request_sent=True), after_the_press(Refused("no"))) == ("unknown", True)


def test_an_answer_is_returned():
    assert verdict(appliance(), at_once(lambda: "done")) == ("done", True)


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        (SETTINGS, {"max_concurrent": 3, "login_username": "admin", "login_password": "login-password"}),
        (DRAIN, {"policy": "terminate", "reason": "a test", "wait_timeout": 60, "log_out": True}),
        (INSTALLERS, {"state": "renewed", "groups": [1], "valid_duration": 1440}),
    ],
    ids=["jump settings", "drain", "installers"],
)
def test_another_appliance_at_the_address_gets_no_request(tmp_path, monkeypatch, operation, given):
    check = Same.check

    def moved(self):
        bench.machine.guid = "f" * 32
        return check(self)

    with Running("pair_one_hop" if operation is SETTINGS else "clients_one_hop") as running:
        bench = Bench(running, tmp_path)
        monkeypatch.setattr(Same, "check", moved)
        more = {"journal": str(tmp_path / "journal.jsonl"), "dest": str(tmp_path / "made")} if operation is INSTALLERS else {}
        result = performed(bench, operation, **given, **more)
        assert (result["error"], result["outcome"]) == ("Unsafe", "nothing_done") and "Another appliance responds" in result["msg"], result
        assert bench.writes() == []
