# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of a pair for people."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Node, Pair, Public
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.describe import (
    brief_nodes,
    describe_nodes,
    describe_pair,
    differences,
)

A = Node("a", "a.example.com", guid="aa", role="primary", version="24.1.2", build="1-ab", members=("aa", "bb"))
B = Node("b", "b.example.com", guid="bb", role="backup", version="24.1.2", build="1-ab", members=("aa", "bb"))
PAIR = Pair((A, B), Public("https://s.example.com", guid="aa"))


def node(one, **changes):
    return Node.from_dict(dict(one.as_dict(), **changes))


def test_an_unread_node_is_described_by_the_reason():
    text = describe_nodes(Pair((A, node(B, reachable=False, why="no answer"))))
    assert text == "a: role primary, version 24.1.2 (1-ab), lists 2 nodes; b: no answer"


def test_a_wait_shows_role_and_version_only():
    nodes = Pair((A, node(B, reachable=False, why="no answer")))
    assert brief_nodes(nodes) == "a: primary, 24.1.2; b: no answer"
    assert brief_nodes(Pair((node(A, role=""), B))) == "a: role unknown, 24.1.2; b: backup, 24.1.2"


def test_people_read_nodes_relation_and_public_name():
    lines = describe_pair(PAIR)
    assert lines[2] == "failover relation present, primary a; https://s.example.com leads to a"


def test_nothing_differs_between_equal_readings():
    assert differences(PAIR, PAIR) == []


def test_each_change_is_a_part_of_a_sentence():
    now = Pair((node(A, role="backup"), node(B, version="24.2.2", members=())), Public("https://s.example.com", guid="bb"))
    assert differences(PAIR, now) == [
        "a has role backup instead of primary",
        "b has version 24.2.2 (1-ab) instead of 24.1.2 (1-ab)",
        "b has members none instead of aa, bb",
        "https://s.example.com leads to b",
    ]
