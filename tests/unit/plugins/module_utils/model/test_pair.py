# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A pair as it was read: who is primary, who serves, whether the nodes are related."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import ABSENT, ONE_SIDED, PRESENT, UNKNOWN, Node, Pair, Public

A = Node("a", "a.example.com", guid="aa", role="primary", members=("aa", "bb"))
B = Node("b", "b.example.com", guid="bb", role="backup", members=("aa", "bb"))


def node(one, **changes):
    return Node.from_dict(dict(one.as_dict(), **changes))


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (("aa", "bb"), ("aa", "bb"), PRESENT),
        (("aa",), ("bb",), ABSENT),
        (("aa", "bb"), ("bb",), ONE_SIDED),
        (("aa", "cc"), ("bb",), ONE_SIDED),
        ((), ("bb",), UNKNOWN),
    ],
)
def test_a_relation_needs_both_nodes(first, second, relation):
    assert Pair((node(A, members=first), node(B, members=second))).relation == relation


def test_an_unread_node_leaves_the_relation_unknown():
    assert Pair((A, node(B, reachable=False))).relation == UNKNOWN


def test_there_is_one_primary_or_none():
    assert Pair((A, B)).primary == A
    assert Pair((A, node(B, role="primary"))).primary is None and Pair((node(A, role="none"), B)).primary is None


def test_the_public_name_tells_who_serves():
    assert Pair((A, B)).serving == A
    assert Pair((A, B), Public("https://s.example.com", guid="bb")).serving == B
    assert Pair((A, B), Public("https://s.example.com", guid="cc")).serving is None
    assert Pair((A, B), Public("https://s.example.com", reachable=False)).serving is None


def test_each_node_has_a_peer():
    pair = Pair((A, B))
    assert (pair.peer_of(A), pair.peer_of(B), pair.node("b")) == (B, A, B)
    with pytest.raises(KeyError):
        pair.node("c")


def test_a_pair_survives_json():
    pair = Pair((A, B), Public("https://s.example.com", guid="aa"))
    assert Pair.from_dict(pair.as_dict()) == pair
