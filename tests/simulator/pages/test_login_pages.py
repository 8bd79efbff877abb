# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of /login that an upgrade needs, in both layouts."""

from __future__ import annotations

import pytest

BANDWIDTH = "Maximum bandwidth of concurrent Jump Client upgrades"
CONCURRENT = "Maximum number of concurrent Jump Client upgrades"
RATE = "Global connection rate for Jump Clients"


def test_information_tells_version_build_and_who_is_online(box, sign_in):
    one = box()
    person = sign_in(one, "login").follow("Status", "Information")
    assert person.fact("Product Version") == "22.1.1"
    assert person.fact("Build") == one.machine.build
    online = person.page.find(["td", "dt"], string="Jump Clients")
    assert online.find_next_sibling().get_text() == "7"


def test_backup_is_a_file_and_no_write(box, sign_in):
    one = box(backup={"kilobytes": 20})
    person = sign_in(one, "login").follow("Management", "Software")
    person.press("Download Backup")
    assert person.response.data.startswith(b"NSB")
    assert person.response.headers["Content-Disposition"].rstrip('"').endswith(".nsb")
    assert "Content-Length" not in person.response.headers
    assert one.machine.writes == []


def test_session_data_make_the_backup_longer(box, sign_in):
    person = sign_in(box(backup={"kilobytes": 20}), "login").follow("Management", "Software")
    person.press("Download Backup")
    short = len(person.response.data)
    person.get("/login")
    person.follow("Management", "Software").tick("Include logged session reporting data").press("Download Backup")
    assert len(person.response.data) > short


def test_backup_password_needs_confirmation(box, sign_in):
    one = box(backup={"kilobytes": 1})
    person = sign_in(one, "login").follow("Management", "Software")
    person.type("Backup Password", "one").type("Confirm Backup Password", "two").press("Download Backup")
    assert "not the same" in person.text
    person.type("Backup Password", "one").type("Confirm Backup Password", "one").press("Download Backup")
    assert person.response.data[4:5] == b"\x01"
    assert one.machine.history[-1]["password"] is True


def test_vault_key_has_its_own_password(box, sign_in):
    person = sign_in(box(), "login").follow("Management", "Software")
    person.press("Download Encryption Key")
    assert "A password is needed." in person.text
    person.type("Encryption Key Password", "secret").press("Download Encryption Key")
    assert person.response.mimetype == "application/octet-stream"


def test_jump_settings_are_saved_in_one_write(box, sign_in):
    one = box(jump_settings={"max_concurrent": 20, "automatic": "disabled"})
    person = sign_in(one, "login").follow("Jump", "Jump Clients")
    assert person.control(CONCURRENT)["value"] == "20"
    assert person.control("Permanently disabled").has_attr("checked")
    person.type(CONCURRENT, "500").type(BANDWIDTH, "100").type(RATE, "300")
    person.tick("Permanently disabled", on=False).tick("Enabled for the current upgrade cycle").press("Save")
    assert "were saved" in person.text
    settings = one.machine.jump_settings
    assert settings["max_concurrent"] == 500
    assert settings["connection_rate"] == 300
    assert settings["automatic"] == "cycle"
    assert len(one.machine.writes) == 1


@pytest.mark.parametrize(("label", "value"), [(CONCURRENT, "501"), (BANDWIDTH, "101"), (RATE, "301"), (RATE, "0"), (RATE, "x")])
def test_number_out_of_range_saves_nothing(box, sign_in, label, value):
    one = box()
    before = dict(one.machine.jump_settings)
    person = sign_in(one, "login").follow("Jump", "Jump Clients")
    person.type(CONCURRENT, "10").type(label, value).press("Save")
    assert label in person.text.partition("whole number")[0]
    assert person.control(label)["value"] == value
    assert one.machine.jump_settings == before
    assert one.machine.writes == []


def test_older_software_has_other_menu_entries(box, sign_in):
    """Older software has Jump Clients under Configuration, and Software Management."""
    person = sign_in(box({"version": "15.2.1"}), "login").follow("Configuration", "Jump Clients")
    assert person.control(CONCURRENT) is not None
    person.follow("Management", "Software Management")
    assert person.has_button("Download Backup")
    assert "Vault" not in person.text


FIELDS = {"bandwidth": BANDWIDTH, "max_concurrent": CONCURRENT, "connection_rate": RATE, "automatic": "Permanently disabled"}


@pytest.mark.parametrize("hidden", FIELDS)
def test_a_hidden_setting_stays_as_it_is(box, sign_in, hidden):
    """A Jump Client setting that the page does not show does not change when the others are saved."""
    one = box(web={"jump_settings_hidden": [hidden]}, jump_settings={"max_concurrent": 20, "bandwidth": 30, "automatic": "cycle"})
    before = dict(one.machine.jump_settings)
    person = sign_in(one, "login").follow("Jump", "Jump Clients")
    assert [key for key, label in FIELDS.items() if person.control(label) is None] == [hidden]
    for key in ("bandwidth", "max_concurrent", "connection_rate"):
        if key != hidden:
            person.type(FIELDS[key], "7")
    if hidden != "automatic":
        person.tick("Enabled for the current upgrade cycle", on=False).tick("Permanently disabled")
    person.press("Save")
    assert "were saved" in person.text
    wanted = {"bandwidth": 7, "max_concurrent": 7, "connection_rate": 7, "automatic": "disabled", hidden: before[hidden]}
    assert one.machine.jump_settings == wanted
