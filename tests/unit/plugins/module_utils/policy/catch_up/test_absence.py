# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.absence import is_absent, reasons, still_connected

NOBODY = {"representative": 0, "support_customer": 0, "push_agent": 0, "pinned_client": 0}


def test_all_counts_of_zero_mean_absence():
    assert is_absent(still_connected(NOBODY, jumpoints=0, jump_clients=0))
    assert is_absent(still_connected(NOBODY))


@pytest.mark.parametrize("kind", [*NOBODY, "something_new"])
@pytest.mark.parametrize("number", [1, None])
def test_a_connected_or_unknown_type_is_named(kind, number):
    found = still_connected({**NOBODY, kind: number})
    assert not is_absent(found) and found[kind] is number and len(reasons(found)) == 1


@pytest.mark.parametrize(
    ("lists", "absent"),
    [({"jump_clients": 0}, True), ({"jump_clients": 1}, False), ({"jumpoints": 1, "jump_clients": 0}, False), ({}, False)],
)
def test_uncounted_jump_clients_are_taken_from_the_list(lists, absent):
    json_generation = {"representative": 0, "support_customer": 0, "push_agent": 0}
    assert is_absent(still_connected(json_generation, **lists)) is absent


def test_missing_counts_are_no_absence():
    assert not is_absent(still_connected({}, jumpoints=0, jump_clients=0))
