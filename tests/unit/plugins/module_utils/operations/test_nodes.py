# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The nodes of a site, and what speaks against them."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.nodes import connect_nodes, problems_of, refusal
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.blockers import Blocker
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.invariants import Expect

from tests.support.pairs import related

A, B = {"name": "a", "url": "a.example.com", "client_id": "of a"}, {"name": None, "url": "b.example.com", "client_id": "of b"}


class Connected:
    """An appliance that only knows its connection."""

    def __init__(self, params):
        self.params = params

    def with_connection(self, params):
        return Connected(params)


def connected(*nodes, public_url="support.example.com", **options):
    return connect_nodes({"nodes": nodes, "public_url": public_url}, lambda params, say: Connected(params), print, **options)


def test_nodes_are_known_by_name_or_address():
    appliances, _public = connected(A, B)
    assert {name: one.params for name, one in appliances.items()} == {"a": A, "b.example.com": B}


def test_public_name_uses_first_account():
    _appliances, public = connected(A, B)
    assert public.params == {**A, "url": "support.example.com"}


@pytest.mark.parametrize(("nodes", "given"), [([A, B], {"public_url": None}), ([A], {}), ([], {"public_from": 1})])
def test_without_a_public_name_there_is_none(nodes, given):
    assert connected(*nodes, **given)[1] is None


def test_one_node_may_have_a_public_name():
    assert connected(A, public_from=1)[1].params["url"] == "support.example.com"


@pytest.mark.parametrize(("may", "expected"), [(False, [Blocker.SYNC_FAILED]), (True, [])])
def test_a_failed_sync_may_be_no_problem(may, expected):
    pair = related(last_data_sync_status="Failed: disk")
    assert [one.blocker for one in problems_of(pair, Expect(), sync_may_have_failed=may)] == expected


def test_a_refusal_numbers_all_problems():
    pair = related(healthy=False)
    found = problems_of(pair, Expect(), sync_may_have_failed=False)
    error = refusal(pair, found)
    assert error.message.startswith("Nothing is done to this site. [1] ") and "[2] " in error.message
    assert error.facts == {"problems": [one.as_dict() for one in found], "pair": pair.as_dict()}
