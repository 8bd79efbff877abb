# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of /appliance > Updates, as data. labels.py explains the marks D and I."""

from __future__ import annotations

LABELS = {
    # --- Updates ---
    "check_updates": {
        "en": ["Check for Updates", "Check For Updates Now", "Check Now"],  # I
        "de": [
            "Nach Aktualisierungen suchen",
            "Auf Aktualisierungen prüfen",
            "Nach Updates suchen",
            "Auf Updates prüfen",
            "Aktualisierungen suchen",
            "Nach Aktualisierungen prüfen",
            "Jetzt prüfen",
        ],
    },  # I
    "install": {
        "en": ["Install This Update", "Install Update", "Install Selected Update", "Install"],  # I, from D
        "de": [
            "Diese Aktualisierung installieren",
            "Aktualisierung installieren",
            "Dieses Update installieren",
            "Ausgewählte Aktualisierung installieren",
            "Installieren",
        ],
    },  # D, I
    "installed": {
        "en": ["Installed", "Already Installed", "Currently Installed", "Active"],  # I
        "de": ["Installiert", "Bereits installiert", "Aktuell installiert", "Aktiv"],
    },  # I
    "no_updates": {
        "en": [
            "No updates available",
            "No updates are available",
            "There are no updates available",
            "No new updates",
            "Your software is up to date",
            "up to date",
        ],  # I
        "de": [
            "Keine Aktualisierungen verfügbar",
            "Es sind keine Aktualisierungen verfügbar",
            "Keine Updates verfügbar",
            "auf dem neuesten Stand",
        ],
    },  # I
    "agree_download": {
        "en": [
            "Agree - Begin Download",
            "Agree and Begin Download",
            "Agree",
            "I Agree",
            "Accept",
            "Begin Download",
            "Agree - Begin Install",
            "Agree and Install",
        ],  # I
        "de": [
            "Zustimmen - Download beginnen",
            "Zustimmen - Herunterladen beginnen",
            "Zustimmen",
            "Ich stimme zu",
            "Akzeptieren",
            "Annehmen",
            "Zustimmen und herunterladen",
            "Zustimmen - Download starten",
            "Akzeptieren - Download beginnen",
        ],
    },  # I
    "agree_box": {
        "en": ["I agree", "I accept", "Agree", "Accept", "I have read and agree"],  # I
        "de": ["Ich stimme zu", "Ich akzeptiere", "Zustimmen", "Akzeptieren"],
    },  # I
    "confirm_install": {
        "en": ["Confirm", "Yes", "Begin Installation", "Start Installation"],  # I
        "de": ["Bestätigen", "Ja", "Installation beginnen", "Installation starten"],
    },  # I
    "contact_name": {
        "en": ["Contact Name", "Name", "Your Name", "Full Name"],  # I
        "de": ["Name", "Kontaktname", "Name des Ansprechpartners", "Ansprechpartner", "Ihr Name"],
    },  # I
    "contact_email": {
        "en": ["Email", "E-mail", "Contact Email", "Contact E-mail", "Email Address", "E-mail Address", "Contact Email Address"],  # I
        "de": ["E-Mail", "E-Mail-Adresse", "Kontakt-E-Mail", "Email", "E-Mail-Adresse des Kontakts", "E-Mail des Ansprechpartners"],
    },  # I
    "contact_title": {
        "en": ["Title", "Contact Title", "Job Title", "Position"],  # I
        "de": ["Titel", "Position", "Funktion", "Berufsbezeichnung", "Kontakttitel", "Titel des Ansprechpartners"],
    },  # I
    "automatic_updates": {
        "en": ["Automatic Updates", "Automatic Software Updates", "Install Updates Automatically", "Scheduled Automatic Updates"],  # I
        "de": ["Automatische Aktualisierungen", "Automatische Updates", "Aktualisierungen automatisch installieren"],
    },  # I
    "setting_on": {"en": ["Enabled", "On", "Yes", "Active"], "de": ["Aktiviert", "Ein", "Ja", "Aktiv"]},  # I
    "setting_off": {
        "en": ["Disabled", "Off", "No", "Never", "Not Scheduled", "None"],  # I
        "de": ["Deaktiviert", "Aus", "Nein", "Nie", "Keine"],
    },  # I
    "download_key": {
        "en": ["Appliance Download Key", "Download Key"],  # I
        "de": [
            "Geräte-Downloadschlüssel",
            "Downloadschlüssel",
            "Appliance-Downloadschlüssel",
            "Download-Schlüssel der Appliance",
            "Geräte-Download-Schlüssel",
            "Download-Schlüssel",
            "Appliance-Download-Schlüssel",
            "Downloadschlüssel des Geräts",
            "Downloadschlüssel der Appliance",
            "Download-Schlüssel des Geräts",
        ],
    },  # I
    "update_file": {
        "en": ["Update File", "Software Update File", "Package", "File", "Manual Installation"],  # I
        "de": ["Aktualisierungsdatei", "Updatedatei", "Datei", "Manuelle Installation", "Paket"],
    },  # I
    "manual_installation": {
        "en": ["Manual Installation", "Manual Update", "Manual Updates"],  # I
        "de": ["Manuelle Installation", "Manuelle Aktualisierung"],
    },  # I
    "update_software": {
        "en": ["Update Software", "Upload Update", "Upload"],  # I
        "de": ["Software aktualisieren", "Aktualisierung hochladen", "Hochladen"],
    },  # I
}
