# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counting clients: by kind, in one pass, quickly, and never by a guess."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.client import exclusion_reason, read_jump_client
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.tally import Tally, count_consoles, count_jumpoints
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso
from hypothesis import given
from hypothesis import strategies as st

from tests.support import client_rows

NOW, DAY = 1_772_452_800.0, 86400
ROW = {**client_rows.ROW, "last_connect_timestamp": iso(NOW - DAY)}
LATE = {"needs_update": True}
AWAY = {"last_disconnect_timestamp": iso(NOW - 60)}


def tally(*changes, **options):
    made = Tally(**options)
    for number, change in enumerate(changes, 1):
        made.add({**ROW, "id": number, **change})
    return made


def seen(days):
    return {"last_connect_timestamp": iso(NOW - days * DAY - 60), "last_disconnect_timestamp": iso(NOW - days * DAY)}


@pytest.mark.mission("M55")
def test_excluded_clients_are_not_relevant():
    made = tally(
        {},
        LATE,
        {**LATE, **AWAY},
        {"connection_type": "passive", **LATE},
        {"connection_type": "passive"},
        {"is_lost": True, **LATE},
        {"unavailable_reason": "disabled", **LATE},
        {"connection_type": "uninstalled", "is_lost": True},
    )
    assert made.counts() == {
        "total": 8,
        "relevant": 5,
        "updated": 2,
        "pending": 3,
        "online": 4,
        "excluded": {"lost": 1, "disabled": 1, "uninstalled": 1, "unseen": 0},
    }
    assert made.kinds() == {
        "jump_client_active": {"total": 5, "done": 1, "pending": 2, "offline": 1, "lost": 1, "disabled": 1},
        "jump_client_passive": {"total": 2, "done": 1, "pending": 1, "offline": 0, "lost": 0, "disabled": 0},
    }


def test_an_unknown_connection_type_counts():
    made = tally({"connection_type": "satellite", **LATE})
    assert made.counts()["pending"] == 1 and made.kinds()["jump_client_active"]["total"] == 0
    assert made.stragglers()[0]["kind"] == "satellite"


@pytest.mark.parametrize(("days", "counts"), [(29.9, 1), (30.1, 0)])
def test_unseen_clients_are_named_but_do_not_count(days, counts):
    made = tally({**LATE, **seen(days)}, now=NOW, seen_within=30 * DAY)
    assert (made.relevant, made.excluded["unseen"], len(made.stragglers()), made.behind) == (counts, 1 - counts, 1, 1)


def test_online_clients_were_seen_now():
    made = tally({**LATE, "last_connect_timestamp": iso(NOW - 90 * DAY)}, now=NOW, seen_within=DAY)
    assert made.relevant == 1 and made.stragglers()[0]["last_seen"] == iso(NOW)


def test_a_client_whose_contact_is_not_told_counts():
    made = tally({**LATE, "last_connect_timestamp": ""}, {**LATE, "last_connect_timestamp": None}, now=NOW, seen_within=DAY)
    assert made.pending == 2 and made.kinds()["jump_client_active"]["offline"] == 0
    assert [one["last_seen"] for one in made.stragglers()] == ["", ""]


def test_without_a_clock_or_a_limit_all_count():
    assert tally(seen(900), now=NOW).relevant == tally(seen(900), seen_within=DAY).relevant == 1


def test_stragglers_are_the_clients_seen_last():
    made = tally(*({**LATE, **seen(days), "name": f"c{days}"} for days in (5, 1, 9, 3, 7)), {}, now=NOW, named=3)
    assert [one["name"] for one in made.stragglers()] == ["c1", "c3", "c5"]
    assert made.stragglers()[0] == {"id": 2, "name": "c1", "hostname": "till7", "kind": "active", "group": 1, "last_seen": iso(NOW - DAY)}
    assert made.behind == 5


@pytest.mark.parametrize("field", ["id", "connection_type", "is_lost", "needs_update"])
def test_a_missing_deciding_field_is_not_understood(field):
    with pytest.raises(NotUnderstood, match=field):
        Tally().add({name: value for name, value in ROW.items() if name != field})


@pytest.mark.parametrize(
    "change",
    [
        {"is_lost": "false"},
        {"needs_update": None},
        {"needs_update": 1},
        {"connection_type": []},
        {"unavailable_reason": 3},
        {"id": True},
        {"last_connect_timestamp": "yesterday"},
        {"last_disconnect_timestamp": 5},
        {"last_connect_timestamp": "2026-02-30T10:00:00+00:00"},
    ],
)
def test_a_wrong_type_is_not_understood(change):
    with pytest.raises(NotUnderstood):
        Tally().add({**ROW, **change})


def test_names_decide_nothing_and_may_be_anything():
    made = tally({**LATE, "name": 5, "hostname": None, "jump_group_id": "x"})
    assert made.stragglers()[0]["name"] == "" and made.stragglers()[0]["group"] is None


STAMPS = st.sampled_from([None, "", iso(NOW), iso(NOW - DAY), "2026-03-01T12:00:00Z", "2026-03-01T14:00:00.5+02:00", "2026-03-01 12:00:00"])


@given(
    st.fixed_dictionaries(
        {
            "connection_type": st.sampled_from(["active", "passive", "uninstalled", " active", "other"]),
            "id": st.sampled_from([3, "3"]),
            "is_lost": st.sampled_from([True, False, "1", "0"]),
            "needs_update": st.sampled_from([True, False, "1", "0"]),
            "unavailable_reason": st.sampled_from(["none", "disabled", "", None, "asleep"]),
            "last_connect_timestamp": STAMPS,
            "last_disconnect_timestamp": STAMPS,
        }
    )
)
def test_the_quick_way_and_the_careful_way_agree(row):
    client, made = read_jump_client(row), Tally()
    made.add(row)
    excluded = exclusion_reason(client)
    assert made.relevant == (not excluded) and made.pending == (not excluded and client.needs_update)
    assert made.online == (not excluded and client.online is True)
    assert sum(made.excluded.values()) == bool(excluded) and not excluded or made.excluded[excluded] == 1


def test_counting_is_fast():
    padding = {f"more_{number}": "some text" for number in range(12)}
    pages = [
        json.dumps([{**ROW, **padding, "id": 100 * page + n, "needs_update": n % 3 == 0, **seen(n / 10)} for n in range(100)])
        for page in range(100)
    ]

    def seconds(work):
        best = []
        for _try in range(5):
            began = time.process_time()
            work()
            best.append(time.process_time() - began)
        return min(best)

    def both():
        made = Tally(now=NOW, seen_within=30 * DAY)
        for page in pages:
            for row in json.loads(page):
                made.add(row)

    assert seconds(both) < 3 * seconds(lambda: [json.loads(page) for page in pages])


@pytest.mark.mission("M69")
def test_jumpoints_are_done_when_they_are_connected_again():
    def one(enabled, connected):
        return {"enabled": enabled, "connected": connected}

    counted = count_jumpoints([one(True, True), one(True, False), one(False, False), one(False, True)])
    assert counted == {"total": 4, "done": 1, "pending": 1, "offline": 1, "lost": 0, "disabled": 2}


@pytest.mark.mission("M41", "M46")
def test_consoles_are_done_after_a_new_login():
    people = [SimpleNamespace(since=NOW + 1), SimpleNamespace(since=NOW - 1), SimpleNamespace(since=None)]
    assert count_consoles(people, since=NOW, before=10) == {"total": 10, "done": 1, "pending": 9, "offline": 7, "lost": 0, "disabled": 0}
    assert count_consoles(people)["done"] == count_consoles(people, before=2)["total"] == 3
