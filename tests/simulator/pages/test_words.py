# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words: complete in both languages, marked, and the documented ones where they belong."""

from __future__ import annotations

import re
import string

import pytest
from simulator.pages.layouts import CLASSIC, MODERN
from simulator.pages.words import Words, labels

MARKS = {"DOCUMENTED", "OBSERVED", "INFERRED*", "INFERRED"}
GERMAN = {
    "basics": "Einfach",
    "install": "Diese Aktualisierung installieren",
    "console_installers": "Installationsprogramme für die Konsole des Support-Technikers",
    "certificates": "Zertifikate",
    "friendly_name": "Zertifikatsanzeigename",
    "create": "Erstellen",
    "information": "Informationen",
    "management": "Verwaltung",
    "backup_settings": "Sicherungseinstellungen",
    "backup_password": "Sicherungspasswort",
    "include_sessions": "Protokollierte Sitzungsberichtsdaten anhängen",
    "download_backup": "Sicherung herunterladen",
    "vault_key": "Vault-Verschlüsselungsschlüssel sichern",
    "max_bandwidth": "Maximale Bandbreite gleichzeitiger Jump Client-Aktualisierungen",
    "max_concurrent": "Maximale Anzahl gleichzeitiger Jump Client-Aktualisierungen",
}


def placeholders(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", labels())
def test_every_label_has_both_languages(key):
    """Each has a mark, and the same gaps in both languages."""
    entry = labels()[key]
    assert set(entry) == {"en", "de"}
    for text, mark in entry.values():
        assert text.strip()
        assert mark in MARKS
    assert placeholders(entry["en"][0]) == placeholders(entry["de"][0])


@pytest.mark.parametrize("key", GERMAN)
def test_the_documented_german_words_are_used_and_marked(key):
    assert labels()[key]["de"] == [GERMAN[key], "DOCUMENTED"]


def test_older_software_has_its_older_words():
    assert Words("de", "3.2.0", "15.1.1")("basics") == "Grundlagen"
    assert Words("de", "6.0.0", "15.1.1")("software") == "Softwareverwaltung"
    assert Words("de", "6.0.0", "24.1.1")("software") == "Software"


def test_layouts_share_no_address():
    fixed = {"appliance_sign_in"}
    shared = {key for key in CLASSIC.pages if CLASSIC.pages[key] == MODERN.pages[key]}
    assert shared == fixed
    same = {key for key in CLASSIC.fields if CLASSIC.fields[key] == MODERN.fields[key]}
    assert same == {"username", "password", "use_curr", "new_password"}  # OBSERVED, so the same everywhere


def test_a_german_appliance_speaks_german_on_all_pages(box, sign_in):
    one = box({"language": "de"}, web={"console_installers": True})
    person = sign_in(one)
    assert person.fact("Seriennummer") == "SN-1"
    assert person.fact("Systemzeit") == "12.10.2024 14:58:35 UTC"
    person.follow("Aktualisierungen").press("Auf Aktualisierungen prüfen")
    assert "Installationsprogramme für die Konsole des Support-Technikers" in person.links()
    assert "Zuerst muss Base 6.2.0 installiert werden." in person.text
    person.press("Diese Aktualisierung installieren")
    assert "Base 6.2.0 wird heruntergeladen" in person.text
    assert one.machine.writes == ["install base-6.2.0"]


def test_a_german_site_speaks_german(box, sign_in):
    person = sign_in(box({"language": "de"}), "login")
    assert person.fact("Produktversion") == "22.1.1"
    person.follow("Verwaltung", "Software")
    assert person.has_button("Sicherung herunterladen")
    person.follow("Jump", "Jump-Clients")
    assert person.control("Maximale Anzahl gleichzeitiger Jump Client-Aktualisierungen") is not None


def test_no_page_shows_a_gap_or_python(box, sign_in):
    person = sign_in(box())
    for link in {link["href"] for link in person.page.select(".menu a, nav a")}:
        person.get(link)
        assert not re.search(r"\{\w+\}|None|Undefined|object at", person.text)
