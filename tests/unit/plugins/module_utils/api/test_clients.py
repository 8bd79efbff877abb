# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clients by the Configuration API: counted while the list is read, and what a missing API means."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.clients import Clients
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, NotUnderstood, PermissionMissing

BASE = "https://a.example.com/api/config/v1"
ROW = {
    "id": 1,
    "name": "pc-1",
    "hostname": "PC-1",
    "connection_type": "active",
    "needs_update": False,
    "is_lost": False,
    "unavailable_reason": "none",
    "last_connect_timestamp": "2026-03-02T12:00:00+00:00",
    "last_disconnect_timestamp": None,
}


@pytest.fixture
def clients(transport, account):
    return Clients(transport, account)


def listed(answers, *rows, last=1):
    headers = {"X-BT-Pagination-Current-Page": "1", "X-BT-Pagination-Last-Page": str(last), "X-BT-Pagination-Total": str(len(rows))}
    answers.get(f"{BASE}/jump-client", json=list(rows), headers=headers)


def test_clients_are_counted(answers, clients):
    listed(answers, ROW, dict(ROW, id=2, needs_update=True))
    found = clients.count_jump_clients()
    assert (found["total"], found["updated"], found["listed"], found["complete"], found["requests"]) == (2, 1, 2, True, 1)


def test_a_filter_that_matches_nobody_is_refused(answers, clients):
    listed(answers, ROW)
    with pytest.raises(InvalidInput, match="matches none of the 1 Jump Clients"):
        clients.count_jump_clients("name == 'nobody'")


def test_rows_that_are_not_understood_are_unread(answers, clients):
    listed(answers, ROW, {"id": 2})
    found = clients.count_jump_clients()
    assert (found["not_understood"], found["unread"], found["total"]) == (1, 1, 1)


def test_list_without_understood_row_is_error(answers, clients):
    listed(answers, {"id": 2})
    with pytest.raises(NotUnderstood):
        clients.count_jump_clients()


def test_reading_ends_when_enough_is_known(answers, clients):
    listed(answers, ROW, last=9)
    found = clients.count_jump_clients(enough=lambda counts: counts["total"] >= 1)
    assert found["complete"] is False and found["requests"] == 1


@pytest.mark.parametrize("method", ["count_jump_clients", "jump_clients_online", "jumpoints", "installers"])
def test_without_the_api_nothing_is_known(transport, method):
    class User:
        is_api_account = False

    assert getattr(Clients(transport, User()), method)() is None


def test_a_missing_permission_is_no_number(answers, clients):
    answers.get(f"{BASE}/jump-client", status=403, json={"message": "no"})
    assert clients.jump_clients_listed() is None
    answers.get(f"{BASE}/jump-client", status=403, json={"message": "no"})
    with pytest.raises(PermissionMissing):
        clients.jump_client_totals()
