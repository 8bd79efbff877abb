# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.measure import (
    Progress,
    gone_from_list,
    measure,
    measure_export,
)


@pytest.mark.parametrize(("listed", "before", "gone"), [(9, 10, 1), (11, 10, 0), (None, 10, 0), (9, None, 0), (True, 10, 0)])
def test_clients_gone_from_the_list_are_counted(listed, before, gone):
    assert gone_from_list(listed, before) == gone


@pytest.mark.parametrize(
    ("listed", "unread", "online", "complete"),
    [(5, 0, 5, True), (5, 0, 6, False), (5, 1, 5, False), (None, 0, 5, False), (5, 0, None, True), (0, 0, None, False), (0, 0, 0, True)],
)
def test_a_complete_list_has_all_connected_clients(listed, unread, online, complete):
    assert Progress("needs_update", listed=listed, unread=unread, online=online).is_complete is complete


def test_unread_clients_bound_the_percentage():
    progress = Progress("needs_update", done=60, of=100, unread=20)
    assert (progress.least, progress.most, progress.percent) == (60, 80, 75)


def test_a_fault_has_no_percentage():
    assert Progress("needs_update", fault="the counts could not be read").percent is None


def test_the_list_is_preferred_to_the_number_online():
    counts = {"relevant": 4, "updated": 3, "pending": 1}
    assert measure(counts, 9, 9, None) == Progress("needs_update", 3, 4)
    assert measure(None, 9, 10, None) == Progress("online_count", 9, 10)


def test_without_any_count_the_basis_is_none():
    assert measure(None, None, 5, 5).basis == "none"


def test_an_unknown_number_before_is_uncompared():
    assert measure(None, 5, None, None).uncompared
    assert not measure(None, 5, "five", None).uncompared


def test_an_export_counts_its_clients():
    assert measure_export({"total": 4, "done": 3, "newest": 150}, now=200, since=100) == Progress("console_export", 3, 4)
