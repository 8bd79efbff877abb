# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Wordings are complete, and the user can override each."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import LABELS, Labels


def test_override_comes_before_built_in():
    assert Labels({"install": "Los geht's"}).of("install")[:2] == ("Los geht's", "Install This Update")
    assert Labels({"install": ["A", "B"]}).of("install")[:2] == ("A", "B")


def test_unknown_key_suggests_near_ones():
    with pytest.raises(InvalidInput, match="check_updates"):
        Labels({"check_update": "x"})


@pytest.mark.parametrize("value", ["", [], 3, [1], {"en": "x"}, ["ok", " "]])
def test_an_override_that_is_no_text_is_refused(value):
    with pytest.raises(InvalidInput, match="must be a text"):
        Labels({"install": value})


def test_every_key_has_both_languages():
    for key, wordings in LABELS.items():
        assert wordings["en"], key
        assert wordings["de"], key


def test_the_documented_german_labels_are_known():
    labels = Labels()
    for key, text in {
        "install": "Diese Aktualisierung installieren",
        "menu_basics": "Einfach",
        "menu_certificates": "Zertifikate",
        "download_backup": "Sicherung herunterladen",
        "backup_password": "Sicherungspasswort",
        "menu_software": "Softwareverwaltung",
        "include_sessions": "Protokollierte Sitzungsberichtsdaten anhängen",
    }.items():
        assert labels.match(key, text), key
