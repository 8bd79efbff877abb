# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An upgrade that is under way keeps its target, its mode and its packages."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.hold_request import hold_request
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.request import differences, request_of

from tests.support.entries import BASE
from tests.support.journals import Kept


def request(target="22.1.4", **more):
    return request_of(
        **{"mode": "standalone", "target": target, "target_base": None, "optional_packages": "install", "manifest": None, **more}
    )


def test_a_plan_may_change_until_something_was_begun(journal):
    hold_request(journal, request(), ["to 22.1.4"])
    hold_request(journal, request("23.2.1"), ["to 23.2.1"])
    assert len(journal.read()) == 2


def test_check_mode_notes_nothing(journal):
    hold_request(journal, request(), ["x"], write=False)
    assert journal.read() == []


def test_changed_plan_is_refused_showing_both(journal):
    hold_request(journal, request(), ["From 20.2.1 to 22.1.4", "1. install Base 6.2.0"])
    journal.append("step_begun", **BASE)
    before = len(journal.read())
    with pytest.raises(Unsafe) as caught:
        hold_request(journal, request("23.2.1"), ["From 20.2.1 to 23.2.1"])
    said = str(caught.value)
    assert "target_version: 23.2.1 instead of 22.1.4" in said
    assert "From 20.2.1 to 22.1.4 / 1. install Base 6.2.0" in said and "From 20.2.1 to 23.2.1" in said and said.count("(plan ") == 2
    assert len(journal.read()) == before
    hold_request(journal, request(), ["the same request"])
    hold_request(journal, request("23.2.1"), ["To 23.2.1"], reason="CVE-2026-1, agreed with Ada")
    assert any("CVE-2026-1" in line for line in Kept(journal.path).read()["report"])
    hold_request(journal, request("23.2.1"), ["To 23.2.1"])


def test_an_edited_package_is_another_plan(journal):
    packages = [{"name": "Bomgar 22.1.4", "kind": "site", "version": "22.1.4", "sha256": "ab" * 32}]
    hold_request(journal, request(manifest=read_manifest({"packages": packages})), [])
    journal.append("step_begun", **BASE)
    packages[0]["sha256"] = "cd" * 32
    with pytest.raises(Unsafe, match="package Bomgar 22.1.4"):
        hold_request(journal, request(manifest=read_manifest({"packages": packages})), [])


def test_next_upgrade_has_its_own_plan(journal):
    hold_request(journal, request(), [])
    journal.append("step_begun", **BASE)
    journal.append("step_done", **BASE)
    journal.append("run_ended", state="reached")
    hold_request(journal, request("24.1.1"), [])


def test_request_order_does_not_matter():
    assert differences(request(), dict(reversed(request().items()))) == []
    assert len({str(sorted(request().items())) for _time in range(100)}) == 1
