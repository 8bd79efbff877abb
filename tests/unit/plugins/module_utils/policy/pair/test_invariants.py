# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The truth table of a pair: only the listed rows have no problem; unknown counts as false."""

import itertools

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.blockers import Blocker
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.invariants import Expect, find_problems, sync_failed

from tests.support.pairs import NOW, STRANGER, A, B, broken, node, pair, related

ROLES = ("none", "primary", "backup", "solo")
MEMBERS = {"present": ((A, B), (A, B)), "absent": ((A,), (B,)), "one_sided": ((A, B), (B,)), "foreign": ((A, STRANGER), (B,))}
SYNCS = {"fresh": (NOW - 60, "Success"), "old": (NOW - 7200, "Success"), "none": (None, ""), "failed": (NOW - 60, "Failed: disk")}
PUBLIC = ("a", "b", "elsewhere", "away", "none")
EXPECTATIONS = [
    Expect(),
    Expect(relation="present"),
    Expect(relation="absent"),
    Expect(same_software=True),
    Expect(sync_max_age=3600),
    Expect(public=True),
    Expect(swap=True),
    Expect(mode="asynchronous", public=True, relation="present", same_software=True, sync_max_age=3600),
]


def goes_on(roles, reachable, relation, sync, versions, public, expect):
    """The listed rows, written without the code under test."""
    if not all(reachable) or "solo" in roles or relation in ("one_sided", "foreign") or public in ("elsewhere", "away"):
        return False
    if public == "none" and expect.public or expect.relation not in ("any", relation) or expect.same_software and versions != "same":
        return False
    if relation == "absent":
        return roles in (("none", "none"), ("primary", "backup"), ("backup", "primary")) or (expect.swap and roles == ("backup", "backup"))
    if expect.swap:
        return roles != ("primary", "primary")
    if sorted(roles) != ["backup", "primary"] or public not in ("none", "a" if roles[0] == "primary" else "b"):
        return False
    return sync != "failed" and (expect.sync_max_age is None or sync == "fresh")


def table():
    axes = (itertools.product(ROLES, repeat=2), itertools.product((True, False), repeat=2), MEMBERS, SYNCS, ("same", "differ"), PUBLIC)
    return itertools.product(*axes)


def made(roles, reachable, relation, sync, versions, public):
    nodes = []
    for number, name in enumerate("ab"):
        version = "20.2.1" if versions == "same" or name == "a" else "22.1.4"
        last, status = SYNCS[sync]
        seen = node(
            name, roles[number], members=MEMBERS[relation][number], version=version, last_data_sync=last, last_data_sync_status=status
        )
        away = node(name, "", members=(), guid="", reachable=False, why="refused", healthy=False)
        nodes.append(seen if reachable[number] else away)
    return pair(nodes, public)


@pytest.mark.parametrize("expect", EXPECTATIONS, ids=str)
def test_only_the_listed_rows_go_on(expect):
    wrong, rows, good = [], 0, 0
    for row in table():
        rows += 1
        good += goes_on(*row, expect)
        if (not find_problems(made(*row), expect)) != goes_on(*row, expect):
            wrong.append(row)
    assert wrong == [] and rows == 10240 and 0 < good < rows / 20


def test_sound_and_served_broken_pairs_have_no_problem():
    """A broken pair has no problem while exactly one node serves."""
    assert find_problems(related(), Expect(mode="synchronous", public=True, sync_max_age=3600)) == ()
    assert find_problems(broken(), Expect(mode="asynchronous", public=True)) == ()


@pytest.mark.parametrize(
    ("seen", "expect", "blocker"),
    [
        (Pair(()), Expect(mode="synchronous"), Blocker.NODE_COUNT),
        (Pair(related().nodes * 2), Expect(mode="synchronous"), Blocker.NODE_COUNT),
        (Pair(related().nodes[:1]), Expect(mode="asynchronous"), Blocker.MODE_NEEDS_PAIR),
        (related(), Expect(mode="standalone"), Blocker.NODE_COUNT),
        (related(guid=A), Expect(), Blocker.SAME_APPLIANCE),
        (pair([node("a", "primary", product="rs"), node("b", "backup", product="pra")], "a"), Expect(), Blocker.MIXED_PRODUCT),
        (related(cluster_role="traffic"), Expect(), Blocker.CLUSTER),
        (related(healthy=False, message="disk"), Expect(), Blocker.NODE_UNHEALTHY),
    ],
)
def test_an_inventory_that_is_no_pair_is_told(seen, expect, blocker):
    assert blocker in [one.blocker for one in find_problems(seen, expect)]


def test_all_problems_have_evidence_and_remedy():
    nodes = [node("a", "primary", product="rs"), node("b", "primary", product="pra", healthy=False, message="disk", guid=A)]
    found = find_problems(pair(nodes, "elsewhere"), Expect(mode="synchronous", public=True))
    assert {one.blocker for one in found} >= {
        Blocker.SAME_APPLIANCE,
        Blocker.MIXED_PRODUCT,
        Blocker.NODE_UNHEALTHY,
        Blocker.TWO_PRIMARIES,
        Blocker.PUBLIC_ELSEWHERE,
    }
    primaries = next(one for one in found if one.blocker is Blocker.TWO_PRIMARIES)
    assert "a: role primary" in primaries.evidence and "b: role primary" in primaries.evidence


def test_certificates_that_differ_are_a_problem():
    """So are those that are not trusted; those that were not read are not judged."""

    def served(fingerprint, distrust=""):
        return {"fingerprint_sha256": fingerprint * 64, "names": ["support.example.com"], "days_left": 9, "distrust": distrust}

    nodes = [node("a", "primary", certificate=served("1")), node("b", "backup", certificate=served("2", "It is not trusted."))]
    assert {one.blocker for one in find_problems(pair(nodes, "a"), Expect())} == {
        Blocker.CERTIFICATES_DIFFER,
        Blocker.CERTIFICATE_UNTRUSTED,
    }
    assert find_problems(related(), Expect()) == ()


@pytest.mark.parametrize(
    ("status", "failed"),
    [
        ("Success", False),
        ("Failover data sync complete", False),
        ("", False),
        ("Failed: disk", True),
        ("Error", True),
        ("Could not reach the peer", True),
    ],
)
def test_a_status_with_failure_stops(status, failed):
    """The word failover in it does not."""
    assert sync_failed(status) is failed
