# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.client_counts import compare, describe, total_of


def counts(total, connected, **fields):
    return {"kinds": {"jump_client_active": {"total": total, **fields}}, "connected": {"pinned_client": connected}}


def test_the_difference_is_counted_by_kind():
    compared = compare(counts(10, 9), counts(8, 7, pending=2))
    assert compared["difference"] == {"kinds": {"jump_client_active": {"total": -2}}, "connected": {"pinned_client": -2}}
    assert compared["missing"] == 2
    assert compared["lines"][0] == "Jump Clients, active: 10 before, 8 now (-2), 2 of them not upgraded or not back"


def test_more_clients_than_before_are_none_missing():
    assert compare(counts(5, 5), counts(9, 9))["missing"] == 0


def test_uncounted_jump_clients_are_compared_by_those_online():
    before, after = ({"kinds": {}, "connected": {}, "jump_clients": {"online": online}} for online in (7, 4))
    assert compare(before, after)["missing"] == 3


def test_an_unknown_side_gives_no_comparison():
    assert compare(None, counts(1, 1))["lines"] == ["The clients were not counted before the upgrade, so there is no comparison."]
    assert compare(counts(1, 1), None)["missing"] is None


def test_only_counted_kinds_are_summed():
    assert total_of(counts(4, 0), ("jump_client_active", "jumpoint"), "total") == 4
    assert total_of(counts(4, 0), ("jumpoint",), "total") is None


def test_lines_name_rate_and_end():
    lines = describe({"jumpoint": {"total": 3, "done": 2, "pending": 1}}, 120.0, "2026-03-02T12:00:00+00:00")
    assert lines == [
        "Jumpoints: 2 of 3 done, 1 pending",
        "Jump Clients upgrade at 120 an hour, all of them at about 2026-03-02T12:00:00+00:00",
    ]
