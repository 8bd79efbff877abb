# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Before and after: every area with a good, a bad and a missing side; thresholds exact at the edge."""

import copy
import time

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison import compare

BEFORE = {
    "health": {"version": "18.3.2", "healthy": True, "message": "", "hostname": "a.example.com", "guid": "ab" * 16,
               "failover_role": "none", "cluster_role": "single"},
    "info": {"product": "rs"},
    "basics": {"base_version": "6.0.1"},
    "certificate": {"fingerprint_sha256": "cd" * 32},
    "jumpoints": [{"id": 1, "name": "Data centre", "connected": True}, {"id": 2, "name": "Old", "connected": False}],
    "jump_clients": {"relevant": 200, "online": 100},
}  # fmt: skip


def after(**changes):
    made = copy.deepcopy(BEFORE)
    made["health"]["version"] = "19.1.8"
    for section, change in changes.items():
        if isinstance(change, dict):
            made[section].update(change)
        else:
            made[section] = change
    return made


def look(now, expect_version="19.1.8", **options):
    return compare(BEFORE, now, expect_version=expect_version, **options)


def found(now, **options):
    return {(one.area, one.severity) for one in look(now, **options)}


EXPECTED = ("version", "changed")


def test_an_upgrade_that_changed_the_version_and_nothing_else_shows_just_that():
    (only,) = look(after())
    assert (only.area, only.severity, only.before, only.after) == ("version", "changed", "18.3.2", "19.1.8")
    assert only.line() == "changed version: From 18.3.2 to 19.1.8, as promised."


def test_nothing_changed_and_nothing_promised_is_no_difference():
    assert compare(BEFORE, BEFORE, expect_version=None) == []


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"health": {"version": "19.1.7"}}, ("version", "bad")),
        ({"health": {"healthy": False, "message": "raid"}}, ("health", "bad")),
        ({"health": {"guid": "ef" * 16}}, ("identity", "bad")),
        ({"health": {"hostname": "b.example.com"}}, ("host name", "bad")),
        ({"health": {"failover_role": "primary"}}, ("failover role", "bad")),
        ({"health": {"cluster_role": "traffic"}}, ("cluster role", "bad")),
        ({"info": {"product": "pra"}}, ("product", "bad")),
        ({"basics": {"base_version": "5.9.9"}}, ("base", "bad")),
        ({"basics": {"base_version": "6.2.0"}}, ("base", "changed")),
        ({"certificate": {"fingerprint_sha256": "00" * 32}}, ("certificate", "bad")),
        ({"jumpoints": [{"id": 1, "name": "Data centre", "connected": False}]}, ("Jumpoints", "bad")),
        ({"jumpoints": []}, ("Jumpoints", "bad")),
        ({"jumpoints": [*BEFORE["jumpoints"], {"id": 3, "name": "New", "connected": True}]}, ("Jumpoints", "changed")),
    ],
)  # fmt: skip
def test_each_area_tells_its_difference(changes, difference):
    assert difference in found(after(**changes))


@pytest.mark.parametrize(
    ("relevant", "allowed", "severity"),
    [(190, 5.0, "changed"), (189, 5.0, "bad"), (199, 0, "bad"), (200, 0, None), (250, 0, None), (0, 100, "changed"),
     (186, 7.0, "changed"), (142, 29.0, "changed"), (141, 29.0, "bad")],
)  # fmt: skip
def test_the_loss_of_clients_is_exact_at_its_threshold(relevant, allowed, severity):
    made = dict(found(after(jump_clients={"relevant": relevant}), max_client_loss=allowed))
    assert made.get("Jump Clients") == severity


def test_fewer_clients_online_than_before_is_found_for_itself():
    assert ("Jump Clients online", "bad") in found(after(jump_clients={"online": 90}))


def test_a_base_version_that_was_promised_must_be_there():
    assert ("base", "bad") in found(after(), expect_base="6.2.0")
    assert ("base", "changed") in found(after(basics={"base_version": "7.0.0"}), expect_base="6.2.0")


@pytest.mark.parametrize("section", list(BEFORE))
def test_what_is_missing_on_one_side_is_bad_and_on_both_is_unknown(section):
    lacking, without = after(), copy.deepcopy(BEFORE)
    del lacking[section], without[section]
    assert {level for area, level in found(lacking) - {EXPECTED}} == {"bad"}
    both = {one.severity for one in compare(without, lacking, expect_version="19.1.8")} - {"changed"}
    assert both == {"unknown"}


def test_what_could_not_be_read_tells_why():
    made = after()
    del made["certificate"]
    made["errors"] = {"certificate": "a.example.com: connection timed out."}
    (bad,) = [one for one in look(made) if one.severity == "bad"]
    assert "after: certificate could not be read: a.example.com: connection timed out." in bad.text


def test_the_bad_ones_come_first():
    levels = [one.severity for one in look(after(health={"guid": "ef" * 16}, basics={"base_version": "6.2.0"}))]
    assert levels == sorted(levels, key=["bad", "unknown", "changed"].index)


@pytest.mark.parametrize("allowed", [-1, 101, float("nan"), "5", True])
def test_a_senseless_threshold_is_refused(allowed):
    with pytest.raises(InvalidInput):
        look(after(), max_client_loss=allowed)


def test_ten_thousand_jumpoints_take_no_time_worth_mentioning():
    many = [{"id": number, "name": str(number), "connected": True} for number in range(10_000)]
    begin = time.process_time()
    assert compare(dict(BEFORE, jumpoints=many), after(jumpoints=many), expect_version="19.1.8")
    assert time.process_time() - begin < 2
