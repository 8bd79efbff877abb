# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the pages of /appliance say and do, found by their labels, in both layouts."""

from __future__ import annotations

import io

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

INSTALL = "Install This Update"


def updates(person):
    return person.follow("Updates").press("Check for Updates")


def agree(person, **left_out):
    values = {"Contact Name": "A. Person", "Contact Email": "a@example.com", "Contact Title": "Admin", **left_out}
    for label, value in values.items():
        person.type(label, value)
    person.press("Agree - Begin Download")


def test_basics_tells_the_documented_facts(box, sign_in):
    one = box()
    person = sign_in(one)
    machine = one.machine
    expected = {
        "Model": machine.model,
        "Serial Number": "SN-1",
        "Base Version": "6.1.0",
        "GUID": machine.guid,
        "Host Name": machine.hostname,
        "System Time": "2024-10-12 14:58:35 UTC",
        "Default Site": machine.hostname,
    }
    assert {label: person.fact(label) for label in expected} == expected


def test_system_time_is_in_the_appliance_zone(box, sign_in):
    person = sign_in(box({"timezone": "CEST", "timezone_offset": 7200}))
    assert person.fact("System Time") == "2024-10-12 16:58:35 CEST"


@pytest.mark.parametrize(
    ("label", "write", "comes_back"),
    [
        ("Restart", "restart", True),
        ("Shut Down", "shut down", False),
        ("Reset to Factory Defaults", "factory reset", False),
    ],
)
def test_controls_take_the_appliance_down(box, sign_in, label, write, comes_back):
    one = box()
    sign_in(one).press(label)
    assert one.machine.writes == [write]
    assert one.machine.is_down() == "all"
    one.later(minutes=60)
    assert (one.machine.is_down() is None) == comes_back


def test_the_menu_has_the_order_of_base_6(box, sign_in, layout):
    person = sign_in(box())
    entries = person.page.select("nav.top a" if layout == "modern" else ".menu td > a")
    assert [entry.get_text() for entry in entries] == [
        "Status",
        "Users",
        "Networking",
        "Storage",
        "Security",
        "Updates",
        "Support",
    ]


def test_classic_menu_shows_foreign_sub_menus(box, sign_in, layout):
    """Only the classic menu shows sub menus of other sections."""
    person = sign_in(box())
    assert ("Certificates" in person.menu()) == (layout == "classic")
    assert "Certificates" in person.follow("Security").menu()


@pytest.mark.parametrize(("base", "parent", "label"), [("4.2.0", "Status", "Storage"), ("3.2.0", "Support", "Updates")])
def test_older_base_versions_keep_pages_under_other_parents(box, sign_in, layout, base, parent, label):
    person = sign_in(box({"base": base}))
    if layout == "modern":
        person.follow("Users" if base > "4" else "My Account")
        assert label not in person.menu()
    person.follow(parent, label)
    assert person.fact("Storage Used") if label == "Storage" else person.has_button("Update Software")


def test_every_menu_entry_leads_to_a_page(box, sign_in):
    person = sign_in(box())
    seen, open_links = set(), {link["href"] for link in person.page.find_all("a")}
    while open_links - seen:
        address = (open_links - seen).pop()
        seen.add(address)
        if "sign_out" not in address:
            assert person.get(address).status_code == 200, address
            open_links |= {link["href"] for link in person.page.select(".menu a, nav a")}
    assert len(seen) > 15


def test_unknown_address_is_document_not_found(box, sign_in):
    """An unknown address is "document not found" after sign-in."""
    person = sign_in(box())
    assert person.get("/appliance/nothing").status_code == 404
    assert "Document Not Found" in person.text


def test_storage_shows_percent_and_drives(box, sign_in):
    person = sign_in(box(storage={"percent_used": 61.5, "drives": 3})).follow("Storage")
    assert person.fact("Storage Used") == "61.5%"
    assert "Drive 3" in person.text


def test_modern_layout_checks_before_it_lists(box, sign_in, layout):
    person = sign_in(box()).follow("Updates")
    assert ("Base 6.2.0" in person.text) == (layout == "classic")


def test_the_list_tells_available_from_blocked(box, sign_in):
    one = box()
    person = sign_in(one)
    updates(person)
    assert "Requires Base 6.2.0 to be installed first." in person.text
    assert sum(1 for button in person.buttons() if INSTALL in str(button)) == 1
    assert one.machine.writes == []


def test_blocked_row_may_hide_its_requirement(box, sign_in):
    person = sign_in(box(rows_name_requirements=False))
    updates(person)
    assert "Another update must be installed first." in person.text
    assert "Requires" not in person.text


def test_row_without_license_is_installed_once(box, sign_in):
    """A row without a license is installed once and shows progress."""
    one = box()
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    assert one.machine.writes == ["install base-6.2.0"]
    assert "Downloading Base 6.2.0" in person.text
    one.later(minutes=8)
    person.follow("Updates")
    assert "Installing Base 6.2.0" in person.text
    assert "53%" in person.text


def test_second_install_at_once_is_refused(box, sign_in, layout):
    one = box(packages=[{"id": f"base-{n}", "kind": "base", "version": f"6.2.{n}"} for n in range(2)])
    person = sign_in(one)
    updates(person)
    other = sign_in(one)
    updates(other)
    person.press(INSTALL)
    other.press(INSTALL, number=1)
    assert "Another update is being installed." in other.text
    assert one.machine.writes == ["install base-0"]


def test_after_the_reboot_the_next_package_is_available(box, sign_in):
    one = box()
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    one.later(minutes=25)
    person = sign_in(one)
    assert person.fact("Base Version") == "6.2.0"
    updates(person)
    assert "Base 6.2.0" not in person.text
    assert person.has_button(INSTALL)


def test_license_needs_a_contact_before_install(box, sign_in):
    one = box({"base": "6.2.0"})
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    assert "Terms <of> use" in person.text
    agree(person, **{"Contact Title": " "})
    assert "Fill in" in person.text
    assert one.machine.writes == []
    assert person.control("Contact Name")["value"] == "A. Person"
    agree(person)
    assert one.machine.writes == ["install rs-23.1.1"]
    started = next(event for event in one.machine.history if event["event"] == "install_started")
    assert started["contact"] == {"name": "A. Person", "email": "a@example.com", "title": "Admin"}


def test_a_licence_page_left_open_installs_nothing_twice(box, sign_in):
    packages = [{"id": "rs-23.1.1", "kind": "site", "version": "23.1.1", "eula": "Terms"}]
    one = box(packages=packages, keep_installed_rows=True, web={"session_minutes": 900})
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    one.machine.packages.finish(one.machine.packages.get("rs-23.1.1"))
    agree(person)
    assert "installed already" in person.text
    assert one.machine.writes == []


def test_failed_installation_points_to_support(box, sign_in):
    """A failed installation shows its text and points to support."""
    packages = [{"id": "base-6.2.0", "kind": "base", "version": "6.2.0", "fails": "Signature mismatch."}]
    one = box(packages=packages)
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    one.later(minutes=20)
    person = sign_in(one).follow("Updates")
    assert "Base 6.2.0 could not be installed. Signature mismatch. Contact technical support." in person.text


def test_a_stuck_installation_stays_at_its_percentage(box, sign_in):
    packages = [{"id": "base-6.2.0", "kind": "base", "version": "6.2.0", "stuck": True}]
    one = box(packages=packages, web={"session_minutes": 900})
    person = sign_in(one)
    updates(person)
    person.press(INSTALL)
    for _time in range(2):
        one.later(minutes=300)
        person.follow("Updates")
        assert "Installing Base 6.2.0" in person.text
        assert "60% complete" in person.text


def test_no_updates_is_a_sentence(box, sign_in):
    person = sign_in(box(packages=[]))
    updates(person)
    assert "No updates available." in person.text


@pytest.mark.parametrize(("server", "sentence"), [("unreachable", "could not be reached"), ("build_failed", "Contact technical support")])
def test_update_server_trouble_is_no_empty_list(box, sign_in, server, sentence):
    person = sign_in(box(update_server=server))
    updates(person)
    assert sentence in person.text
    assert "No updates available" not in person.text


def test_installers_are_linked_only_if_present(box, sign_in):
    """The installers of the console are linked only where the world has them."""
    label = "Installers for the representative console"
    person = sign_in(box())
    updates(person)
    assert label not in person.links()
    person = sign_in(box(web={"console_installers": True}))
    updates(person)
    person.follow(label, "Representative console (MSI)")
    assert person.response.mimetype == "application/x-msi"


def test_the_download_key_is_behind_its_link(box, sign_in):
    one = box()
    person = sign_in(one).follow("Updates", "Appliance Download Key")
    assert one.machine.download_key() in person.text


def test_the_packages_own_bytes_are_accepted_by_hand(box, sign_in):
    one = box()
    person = sign_in(one).follow("Updates")
    content = one.machine.packages.get("base-6.2.0").file(one.machine.guid)
    person.press("Update Software", files=(io.BytesIO(content), "base.nss"))
    assert one.machine.writes == ["install base-6.2.0"]
    assert "Downloading Base 6.2.0" in person.text or "Installing Base 6.2.0" in person.text


def test_one_flipped_byte_is_refused(box, sign_in):
    one = box()
    person = sign_in(one).follow("Updates")
    content = bytearray(one.machine.packages.get("base-6.2.0").file(one.machine.guid))
    content[-1] ^= 1
    person.press("Update Software", files=(io.BytesIO(bytes(content)), "base.nss"))
    assert "The file was not accepted" in person.text
    assert one.machine.writes == []


def test_an_upload_without_a_file_is_refused(box, sign_in):
    one = box()
    person = sign_in(one).follow("Updates")
    person.press("Update Software", files=(io.BytesIO(b""), ""))
    assert "Choose the file" in person.text


def choose(person, layout):
    person.follow("Security", "Certificates")
    box = person.page.find("input", type="checkbox")
    box["checked"] = ""
    if layout == "classic":
        person.page.find("option", value="export")["selected"] = ""
        person.press("Go")
    else:
        person.press("Export")


def test_exported_file_opens_with_the_passphrase(box, sign_in, layout):
    """It holds the key and the chain."""
    one = box()
    person = sign_in(one)
    choose(person, layout)
    assert person.title.startswith("Security :: Certificates :: Export")
    person.tick("Private Key").tick("Certificate Chain").type("Passphrase", "open sesame").press("Export")
    assert person.response.headers["Content-Disposition"].endswith(".p12")
    bundle = pkcs12.load_pkcs12(person.response.data, b"open sesame")
    public = [
        key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        for key in (
            bundle.key.public_key(),
            bundle.cert.certificate.public_key(),
        )
    ]
    assert public[0] == public[1]
    assert len(bundle.additional_certs) == 2
    with pytest.raises(ValueError):
        pkcs12.load_pkcs12(person.response.data, b"wrong")
    assert one.machine.writes == []


def test_export_without_key_is_no_p12(box, sign_in, layout):
    person = sign_in(box())
    choose(person, layout)
    person.press("Export")
    assert not person.response.headers["Content-Disposition"].endswith(".p12")
    assert b"PRIVATE" not in person.response.data


def test_an_export_of_nothing_is_refused(box, sign_in, layout):
    person = sign_in(box())
    choose(person, layout)
    person.tick("Certificate", on=False).press("Export")
    assert "Select what to export" in person.text


def test_table_marks_default_and_broken_chain(box, sign_in):
    certificates = [{"name": "old", "chain": "no_root"}, {"name": "new", "default": True}]
    person = sign_in(box(certificates=certificates)).follow("Security", "Certificates")
    heads = {head.get_text(strip=True) for head in person.page.find_all("th")}
    rows = [row for row in person.page.find_all("tr") if row.find("input", type="checkbox")]
    assert {"Default", "Certificate Friendly Name"} <= heads
    assert ["chain of this certificate" in row.get_text() for row in rows] == [True, False]
    assert ["Yes" in str(row) for row in rows] == [False, True]
