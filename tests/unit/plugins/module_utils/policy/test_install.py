# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Refused, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.install import (
    Seen,
    Wanted,
    decide,
    deviations,
    diff,
    is_installed,
    support_text,
    wanted_package,
)

SITE = Wanted("Bomgar 22.1.4", "site", "22.1.4")
BASE = Wanted("Base 7.0.0", "base", "7.0.0")
HOTFIX = Wanted("Hotfix BT22-01", "hotfix", None)


def row(name, state, waits_for=(), note=""):
    return SimpleNamespace(name=name, state=state, waits_for=waits_for, note=note)


def seen(*rows, site="20.2.1", base="6.2.0"):
    return Seen(site, base, rows)


def decided(wanted, what, offline=False, done_before=False):
    return decide(wanted, what, offline=offline, done_before=done_before, host="a.example.com")


@pytest.mark.parametrize(("site", "installed"), [("20.2.1", False), ("22.1.4", True), ("23.1", True)])
def test_a_site_package_is_compared_by_version(site, installed):
    assert is_installed(SITE, seen(site=site)) is installed


@pytest.mark.parametrize(("base", "installed"), [(None, False), ("6.9", False), ("7.0.0", True)])
def test_a_base_is_compared_by_version(base, installed):
    assert is_installed(BASE, seen(base=base)) is installed


def test_other_packages_are_looked_up_in_the_list():
    assert is_installed(HOTFIX, seen(row("hotfix  bt22-01", "installed"))) is True
    assert is_installed(HOTFIX, seen(row("Hotfix BT22-01", "available"))) is False
    assert is_installed(HOTFIX, seen()) is None


def test_an_installed_package_needs_nothing():
    assert decided(SITE, seen(site="22.1.4")) == "nothing"
    assert decided(HOTFIX, seen(), done_before=True) == "nothing"


def test_an_available_package_is_installed():
    assert decided(SITE, seen(row("Bomgar 22.1.4", "available"))) == "install"


def test_a_file_is_uploaded():
    assert decided(SITE, seen(), offline=True) == "upload"


def test_a_missing_package_names_what_is_offered():
    with pytest.raises(Refused, match="which offers: Base 7.0.0") as caught:
        decided(SITE, seen(row("Base 7.0.0", "available")))
    assert caught.value.facts["outcome"] == "unknown"


def test_a_blocked_package_names_what_it_waits_for():
    with pytest.raises(Refused, match="blocked until another package is installed. It waits for Base 7.0.0"):
        decided(SITE, seen(row("Bomgar 22.1.4", "blocked", ("Base 7.0.0",))))


def test_an_unknown_state_is_unsafe():
    with pytest.raises(Unsafe, match="its state 'odd' is unknown"):
        decided(SITE, seen(row("Bomgar 22.1.4", "odd")))


def test_the_name_tells_kind_and_version():
    assert wanted_package("Base 7.0.0") == BASE


def test_the_manifest_comes_before_the_name():
    entry = SimpleNamespace(kind="site", version="22.1.4", classified=True)
    assert wanted_package("Spring release", entry) == Wanted("Spring release", "site", "22.1.4")


def test_an_unknown_kind_is_rejected():
    with pytest.raises(InvalidInput, match="does not say which kind"):
        wanted_package("Spring release")


@pytest.mark.parametrize(
    ("wanted", "runs", "warning"),
    [
        (SITE, "22.1.4", ""),
        (SITE, "22.1.5", "should bring 22.1.4, but the appliance runs 22.1.5"),
        (HOTFIX, "20.2.1", ""),
        (HOTFIX, "22.1.4", "changed the product from 20.2.1 (1) to 22.1.4 (1)"),
    ],
)
def test_unexpected_software_is_a_warning(wanted, runs, warning):
    found = deviations("a", wanted, {"version": "20.2.1", "build": "1"}, {"version": runs, "build": "1"})
    assert bool(found) == bool(warning) and warning in "".join(found)


def test_the_diff_shows_the_new_version():
    before = {"version": "20.2.1", "base": "6.2.0"}
    assert diff(before, SITE, changed=True)["after"] == {"version": "22.1.4", "base": "6.2.0"}
    assert diff(before, HOTFIX, changed=True)["after"]["installed"] == HOTFIX.name
    assert diff(None, SITE, changed=False) == {"before": {}, "after": {}}


def test_the_support_text_lists_the_basics():
    text = support_text("a.example.com", "Base 7.0.0", "It hangs.", {"Model": "B300"})
    assert "Package: Base 7.0.0\nProblem: It hangs." in text and text.endswith("  Model: B300\n")
