# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.parts import State, VersionState
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.too_early import closed_catch_up, has_changed
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.install import Wanted

CATCH_UP = {"package": "Bomgar 22.1.4"}


def state(served="22.1.4", **versions):
    return State(versions=VersionState(**{"catch_up": CATCH_UP, "served": {"version": served} if served else None, **versions}))


@pytest.mark.parametrize("kind", ["licence", "hotfix"])
def test_licences_and_hotfixes_may_follow(kind):
    assert closed_catch_up(Wanted("x", kind, None), state(), serves=True) is None


@pytest.mark.parametrize("kind", ["site", "base"])
def test_the_serving_node_waits_for_its_clients(kind):
    assert closed_catch_up(Wanted("x", kind, "22.2.1"), state(), serves=True) == CATCH_UP


@pytest.mark.parametrize(("kind", "version", "closed"), [("site", "22.2.1", True), ("site", "22.1.4", False), ("base", "7.0.0", False)])
def test_another_node_waits_only_for_newer_site_packages(kind, version, closed):
    assert (closed_catch_up(Wanted("x", kind, version), state(), serves=False) is not None) is closed


def test_without_a_catch_up_nothing_waits():
    assert closed_catch_up(Wanted("x", "site", "22.2.1"), state(catch_up=None), serves=True) is None


def test_another_version_or_build_is_a_change():
    decided = {"version": "22.1.4", "build": "1"}
    assert not has_changed(decided, {"version": "22.1.4", "build": ""})
    assert not has_changed(decided, {"version": "", "build": ""})
    assert has_changed(decided, {"version": "22.1.4", "build": "2"})
