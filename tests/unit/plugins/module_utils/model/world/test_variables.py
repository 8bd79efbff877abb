# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A rehearsal has the variables that decide about an upgrade, and nothing that could reach the site."""

import json
from collections import Counter

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world import variables
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.inventory import inventory
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.variable_groups import KEPT, LEFT_OUT, NOT_OF_A_SITE
from ansible_collections.bomgar.appliance.plugins.module_utils.model.world.variables import (
    REPLACED,
    SCALED,
    SET,
    Rehearsed,
    left_out,
    rehearsed_variables,
    variables_hash,
)
from ansible_collections.bomgar.appliance.plugins.plugin_utils.role_specs import ROLES

OF_AN_UPGRADE = ("upgrade", "preflight", "backup", "window", "drain", "install", "failover", "catch_up", "verify", "aftercare")
SITE = {
    "inventory_hostname": "till.example.org",
    "bomgar_url": "https://till.example.org",
    "bomgar_client_id": "real-id",
    "bomgar_client_secret": "real-secret",
    "bomgar_web_username": "real-person",
    "bomgar_web_password": "real-password",
    "upgrade_mode": "standalone",
    "upgrade_target_version": "23.2.1",
    "upgrade_state_dir": "/srv/real",
    "upgrade_manifest": {"packages": [{"name": "Real Package 7", "kind": "hotfix", "file": "/srv/real/7.nss", "sha256": "0" * 64}]},
    "backup_certificate_passphrase": "real-passphrase",
    "install_contact": {"name": "Real Person", "email": "real@example.org", "title": "Real"},
    "drain_notify_hook": "/srv/real/notify.yml",
    "failover_network_role": "real.network",
    "drain_reason": "Real Person decided",
    "catch_up_running_since": {"version": "22.1.4", "since": "2026-01-01", "by": "Real Person", "why": "real"},
    "preflight_waivers": [{"check": "disk", "target_version": "23.2.1", "expires": "2030-01-01", "by": "Real Person", "reason": "real"}],
    "catch_up_client_filter": "starts_with(name, 'real')",
    "window_list": [{"start": "20:00", "end": "23:00"}],
}
READ = {"node_names": {"till.example.org": "a"}, "package_names": {"real package 7": "Hotfix 1"}, "lengths": {}}
READY = {
    "control": "http://127.0.0.1:1",
    "ca_file": "/tmp/ca.pem",
    "appliances": [{"name": "a", "url": "https://127.0.0.1:2", "hostname": "a.rehearsal.example.com"}],
    "pairs": [],
    "accounts": {
        "api": [{"client_id": "rehearsal-account", "client_secret": "invented"}],
        "appliance": [{"username": "rehearsal-person", "password": "invented"}],
        "login": [{"username": "rehearsal-person", "password": "invented"}],
    },
}


def test_each_variable_of_an_upgrade_is_decided_once():
    known = {name for role in OF_AN_UPGRADE for name in ROLES[role]["main"]}
    groups = Counter([*KEPT, *REPLACED, *SCALED, *LEFT_OUT, *NOT_OF_A_SITE, *SET, *variables._HOOKS])
    assert sorted(set(groups) ^ known) == []
    assert [name for name, times in groups.items() if times > 1] == []


def test_kept_variables_hold_no_secret():
    options = {name: option for role in OF_AN_UPGRADE for points in ROLES[role].values() for name, option in points.items()}
    assert [name for name in KEPT if options[name].get("no_log") or options[name].get("type") == "path"] == []


def test_nothing_of_the_site_is_in_the_inventory():
    made = inventory([SITE], READ, READY, folder="/tmp/run", hook="/tmp/hook.yml", speed=300)
    text = json.dumps(made).lower()
    assert "real" not in text and "till" not in text and "example.org" not in text
    (host,) = made["all"]["children"]["appliances"]["hosts"].values()
    assert host["window_list"] == SITE["window_list"] and host["upgrade_target_version"] == "23.2.1"
    assert host["failover_network_hook"] == "/tmp/hook.yml" and host["bomgar_web_username"] == "rehearsal-person"
    assert "bomgar_login_username" not in host


def test_fast_clock_shortens_waits():
    found = rehearsed_variables({"install_wait_timeout": "30000", "drain_wait_timeout": 3000}, Rehearsed(speed=300))
    assert (found["install_wait_timeout"], found["drain_wait_timeout"], found["catch_up_mode"]) == (110, 15, "stop")


def test_checks_that_fail_fast_are_left_out():
    """Checks that a fast clock fails are left out."""
    assert rehearsed_variables({"preflight_checks": "all, !disk"}, Rehearsed())["preflight_checks"][:2] == ["all", "!disk"]


def test_what_is_empty_is_not_replaced():
    given = {"catch_up_running_since": {}, "preflight_waivers": [], "install_contact": {}, "drain_reason": ""}
    assert set(rehearsed_variables(given, Rehearsed())) & set(given) == set()


def test_an_estimate_of_the_site_wins():
    found = rehearsed_variables({"window_estimates": {"site": 900}}, Rehearsed(estimates={"site": 3600, "base": 3600}))
    assert found["window_estimates"] == {"site": 900, "base": 3600}


def test_what_is_left_out_has_a_reason():
    assert list(left_out([SITE])) == ["catch_up_client_filter", "drain_notify_hook"]


@pytest.mark.parametrize(
    ("name", "value", "same"),
    [
        ("upgrade_target_version", "24.1.2", False),
        ("window_list", [], False),
        ("failover_network_role", "other", False),
        ("bomgar_url", "https://other.example.org", True),
        ("backup_certificate_passphrase", "another passphrase", True),
        ("upgrade_state_dir", "/srv/other", True),
        ("my_own_variable", 1, True),
    ],
)
def test_the_checksum_changes_with_what_decides(name, value, same):
    assert (variables_hash([SITE]) == variables_hash([{**SITE, name: value}])) is same
