# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installers as rows: whatever a version tells or leaves out of them, and what is sent to make one again."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.installer import (
    creation_fields,
    differences,
    duration,
    extension,
    read_created,
    read_installer,
)

ROW = {
    "id": 7,
    "installer_id": "ab" * 16,
    "name": "Kiosk",
    "jump_group_id": 3,
    "expiration_timestamp": "2026-03-02T20:00:00Z",
    "key_info": {"filename": "x", "encodedInfo": "canary"},
}


def test_nothing_secret_is_kept_of_a_row():
    one = read_installer(ROW)
    assert (one.old, one.name, one.group, one.expires) == (7, "Kiosk", 3, 1772481600.0)
    assert "canary" not in str(one.row) and "canary" not in str(one)


@pytest.mark.parametrize(
    "told, expires", [(None, None), ("", None), (1772481600, 1772481600.0), ("2026-03-02T21:00:00+01:00", 1772481600.0)]
)
def test_expiry_may_be_text_number_or_missing(told, expires):
    one = read_installer({**ROW, "expiration_timestamp": told})
    assert one.expires == expires
    assert one.valid(1772481599) and one.valid(1772481600) is (expires is None)


def test_one_id_is_enough():
    assert read_installer({**ROW, "id": "7"}).old == 7
    assert read_installer({**ROW, "id": None}).old == "ab" * 16
    with pytest.raises(NotUnderstood, match="'id'"):
        read_installer({"name": "x"})


def test_only_documented_fields_are_sent():
    row = read_installer(
        {
            **ROW,
            "tag": "",
            "jump_policy_id": None,
            "max_offline_minutes": 60,
            "public_site_address": "a.example.com",
            "support_button_direct_queue": "",
            "elevate_install": False,
            "is_quiet": True,
            "unheard_of": 1,
        }
    ).row
    assert creation_fields(row, 60) == {
        "jump_group_id": 3,
        "name": "Kiosk",
        "tag": "",
        "elevate_install": False,
        "is_quiet": True,
        "valid_duration": 60,
    }


def test_is_quiet_has_a_newer_form():
    assert "is_quiet" not in creation_fields({"is_quiet": True, "customer_client_start_mode": "minimized"}, 60)
    assert "is_quiet" not in creation_fields({"is_quiet": False}, 60)


def test_what_could_not_be_carried_over_is_named():
    old = {"max_offline_minutes": 60, "tag": "a", "elevate_install": True, "name": "x"}
    assert differences(old, {"max_offline_minutes": 0, "tag": "a", "elevate_install": False}) == ["max_offline_minutes"]


@pytest.mark.parametrize(
    "expires, given, minutes", [(None, None, 1440), (0, None, 1440), (10**9, None, 525600), (60 * 2000, None, 2000), (60 * 2000, 10, 10)]
)
def test_how_long_the_new_one_is_valid(expires, given, minutes):
    assert duration(expires, 0, given) == minutes


@pytest.mark.parametrize("key", [None, "", "canary", [], {}])
def test_a_malformed_key_is_ignored(key):
    created = read_created({**ROW, "key_info": key})
    assert created.key is None and "canary" not in repr(created)


def test_the_key_is_not_shown_with_the_installer():
    created = read_created(ROW)
    assert created.key["encodedInfo"] == "canary" and "canary" not in repr(created)


@pytest.mark.parametrize("identity", [None, 7, "", "../x", "a b", {"canary": 1}])
def test_a_missing_id_quotes_no_value(identity):
    with pytest.raises(NotUnderstood) as caught:
        read_created({**ROW, "installer_id": identity})
    assert "canary" not in str(caught.value)


def test_other_wrong_fields_do_not_matter():
    assert read_created({**ROW, "jump_group_id": {"canary": 1}, "name": 5}).installer.installer_id == "ab" * 16


@pytest.mark.parametrize(
    "platform, ending",
    [
        ("windows-64-msi", ".msi"),
        ("windows-32", ".exe"),
        ("mac-dmg", ".dmg"),
        ("mac-zip", ".zip"),
        ("linux-64-headless", ".bin"),
        ("raspberry-pi-32-headless", ".bin"),
        ("amiga", ""),
    ],
)
def test_the_ending_follows_the_platform(platform, ending):
    assert extension(platform) == ending
