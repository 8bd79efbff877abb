# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Installers of the representative console: the present one on My Account, the next one behind the link on Updates."""

from __future__ import annotations

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
WORDS = {
    "classic": ("Download the Representative Console (MSI)", "Konsole des Support-Technikers herunterladen (MSI)"),
    "modern": (
        "Windows MSI installer for the representative console",
        "Windows-MSI-Installationsprogramm für die Konsole des Support-Technikers",
    ),
}


def downloaded(person, version):
    """Is what was answered last an MSI of this version?"""
    answer = person.response
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype in ("application/x-msi", "application/octet-stream")
    assert 2048 < len(answer.data) < 20_000
    return answer.data.startswith(MAGIC) and f"representative console {version}\n".encode() in answer.data


def test_my_account_offers_the_running_version(box, sign_in, layout):
    one = box()
    person = sign_in(one, "login").follow("My Account", WORDS[layout][0])
    assert downloaded(person, "22.1.1")
    assert one.machine.writes == []


def test_it_offers_it_in_german_too(box, sign_in, layout):
    person = sign_in(box({"language": "de"}), "login").follow("Eigenes Konto", WORDS[layout][1])
    assert downloaded(person, "22.1.1")


def test_a_site_may_have_none(box, sign_in, layout):
    one = box(web={"my_account_installer": False})
    person = sign_in(one, "login").follow("My Account")
    assert not any("MSI" in text for text in person.links())
    person.get("/login/my_account.ns/console.msi" if layout == "classic" else "/login/view/my_account/downloads/windows")
    assert person.response.status_code == 404


def test_the_link_on_updates_leads_to_a_console(box, sign_in):
    """To that of the next version, or of the running one when nothing is offered."""
    one = box(web={"console_installers": True})

    def fetch():
        person = sign_in(one).follow("Updates")
        if person.has_button("Check for Updates"):
            person.press("Check for Updates")
        return person.follow("Installers for the representative console", "Representative console (MSI)")

    assert downloaded(fetch(), "23.1.1")
    one.machine.packages.offer("rs-23.1.1", False)
    assert downloaded(fetch(), "22.1.1")


def test_backup_node_has_no_installer_page(two, sign_in, layout):
    _first, second = two()
    person = sign_in(second, "login")
    assert "My Account" not in person.menu()
    person.get("/login/my_account.ns/console.msi" if layout == "classic" else "/login/view/my_account/downloads/windows")
    assert person.response.status_code == 404
