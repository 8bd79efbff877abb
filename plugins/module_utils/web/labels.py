# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words on the pages: every label that this collection looks for, as data, in English and German.

The HTML behind the login is not published, so pages are driven by what a person sees. Each key holds the wordings per
language; both languages are tried at once. The comment after a list names its source: D documented by the vendor,
I inferred (also a wording of the vendor that no public text confirms). If a page uses another wording, the user
overrides the key: bomgar_web_labels: {install: "Install now"}.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from ..errors import InvalidInput
from .html.text import fold
from .labels_failover import LABELS as FAILOVER
from .labels_site import LABELS as SITE

LABELS = {
    # --- signing in ---
    "username": {
        "en": ["Username", "User Name", "User", "Login", "Login Name"],  # I
        "de": ["Benutzername", "Benutzer", "Anmeldename"],
    },  # I
    "password": {"en": ["Password"], "de": ["Passwort", "Kennwort"]},  # I
    "log_in": {
        "en": ["Login", "Log In", "Log On", "Sign In", "Submit", "Continue"],  # I
        "de": ["Anmelden", "Einloggen", "Login", "Weiter"],
    },  # I
    "log_out": {"en": ["Logout", "Log Out", "Log Off", "Sign Out"], "de": ["Abmelden", "Ausloggen", "Logout"]},  # I
    "login_agreement": {
        "en": ["Login Agreement", "User Agreement", "Terms of Use", "Terms of Service", "Acceptable Use"],  # D, I
        "de": ["Anmeldevereinbarung", "Login-Vereinbarung", "Nutzungsvereinbarung", "Nutzungsbedingungen", "Anmeldungsvereinbarung"],
    },  # I
    "accept_agreement": {
        "en": [
            "Accept",
            "I Accept",
            "Agree",
            "I Agree",
            "Accept Agreement",
            "Accept and Continue",
            "Agree and Continue",
            "Continue",
            "OK",
        ],  # I
        "de": [
            "Akzeptieren",
            "Ich akzeptiere",
            "Annehmen",
            "Zustimmen",
            "Ich stimme zu",
            "Weiter",
            "Akzeptieren und fortfahren",
            "Zustimmen und fortfahren",
        ],
    },  # I
    "change_password": {"en": ["Change Password"], "de": ["Passwort ändern", "Kennwort ändern"]},  # D, I
    # --- menus ---
    "menu_status": {"en": ["Status"], "de": ["Status"]},  # D
    "menu_basics": {"en": ["Basics"], "de": ["Einfach", "Grundlagen", "Basis"]},  # D
    "menu_health": {"en": ["Health"], "de": ["Zustand", "Integrität"]},  # D, I
    "menu_storage": {"en": ["Storage"], "de": ["Speicher"]},  # D
    "menu_security": {"en": ["Security"], "de": ["Sicherheit"]},  # D
    "menu_certificates": {
        "en": ["Certificates", "SSL Certificates", "SSL/TLS Certificates"],
        "de": ["Zertifikate", "SSL-Zertifikate"],
    },  # D, I
    "menu_updates": {"en": ["Updates", "Software Updates"], "de": ["Aktualisierungen", "Updates", "Software-Updates"]},  # D, I
    "menu_support": {"en": ["Support"], "de": ["Support", "Unterstützung"]},  # D
    "menu_management": {"en": ["Management"], "de": ["Verwaltung"]},  # D
    "menu_software": {"en": ["Software", "Software Management"], "de": ["Software", "Softwareverwaltung", "Software-Verwaltung"]},  # D
    "menu_information": {"en": ["Information"], "de": ["Informationen", "Information"]},  # D
    "menu_jump": {"en": ["Jump", "Configuration"], "de": ["Jump", "Konfiguration"]},  # D
    "menu_jump_clients": {"en": ["Jump Clients"], "de": ["Jump Clients", "Jump-Clients"]},  # D
    # --- Status > Basics ---
    "model": {
        "en": ["Model", "Appliance Model", "Appliance Type", "Hardware Model", "Platform"],  # D, I
        "de": ["Modell", "Gerätemodell", "Appliance-Modell", "Gerätetyp", "Plattform"],
    },  # I
    "serial": {
        "en": ["Serial Number", "Serial No.", "Serial", "Appliance Serial Number", "Serial #"],  # D, I
        "de": ["Seriennummer", "Serien-Nr.", "Geräteseriennummer"],
    },  # I
    "base_version": {
        "en": [
            "Base Version",
            "Base Software Version",
            "Base Software",
            "Base",
            "Base Software Build",
            "Appliance Base Version",
            "Current Base Version",
            "Firmware Version",
        ],  # D, I
        "de": [
            "Base-Version",
            "Basisversion",
            "Base-Softwareversion",
            "Base-Software",
            "Basissoftware-Version",
            "Basis-Version",
            "Firmware-Version",
            "Firmwareversion",
        ],
    },  # I
    "system_time": {
        "en": ["System Time", "Current System Time", "Current Time", "Appliance Time", "Time"],  # D, I
        "de": ["Systemzeit", "Aktuelle Systemzeit", "Uhrzeit", "Gerätezeit", "Zeit"],
    },  # I
    "guid": {"en": ["GUID", "Appliance GUID", "Appliance ID"], "de": ["GUID", "Geräte-GUID", "Appliance-GUID"]},  # I
    "hostname": {
        "en": ["Hostname", "Host Name", "Appliance Hostname", "System Hostname"],  # I
        "de": ["Hostname", "Rechnername", "Host-Name"],
    },  # I
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
    # --- Security > Certificates ---
    "export": {
        "en": ["Export", "Export Certificate", "Export Certificates"],  # D
        "de": ["Exportieren", "Export", "Zertifikat exportieren", "Zertifikate exportieren"],
    },  # I
    "certificate_action": {
        "en": ["Go", "Apply", "Submit", "OK", "Perform", "Execute", "Run", "Continue"],  # I
        "de": ["Los", "Anwenden", "Ausführen", "OK", "Absenden", "Weiter", "Start"],
    },  # I
    "private_key": {
        "en": ["Private Key", "Include Private Key", "Include the Private Key", "Export Private Key"],  # D
        "de": [
            "Privater Schlüssel",
            "Privaten Schlüssel einschließen",
            "Privaten Schlüssel",
            "Privaten Schlüssel exportieren",
            "Privaten Schlüssel mit exportieren",
        ],
    },  # I
    "certificate_chain": {
        "en": ["Certificate Chain", "Include Certificate Chain", "Include the Certificate Chain", "Export Certificate Chain", "Chain"],  # D
        "de": [
            "Zertifikatskette",
            "Zertifikatskette einschließen",
            "Zertifikatkette",
            "Zertifikatskette exportieren",
            "Zertifikatskette mit exportieren",
        ],
    },  # I
    "passphrase": {
        "en": ["Passphrase", "Pass Phrase", "Export Passphrase", "Password"],  # D
        "de": ["Passphrase", "Kennphrase", "Passwort", "Kennwort"],
    },  # I
    "passphrase_again": {
        "en": [
            "Confirm Passphrase",
            "Passphrase Confirmation",
            "Confirm",
            "Verify Passphrase",
            "Repeat Passphrase",
            "Passphrase (again)",
            "Confirm Password",
        ],  # I
        "de": ["Passphrase bestätigen", "Passphrase wiederholen", "Bestätigen", "Wiederholen", "Passwort bestätigen"],
    },  # I
    "default": {"en": ["Default", "Standard"], "de": ["Standard", "Standardzertifikat", "Default"]},  # D, I
    # --- Storage ---
    "percent_used": {
        "en": [
            "Used",
            "Disk Usage",
            "Percent Used",
            "Storage Used",
            "Disk Space Used",
            "Used Space",
            "Usage",
            "Use%",
            "In Use",
            "Space Used",
        ],  # I
        "de": [
            "Belegt",
            "Verwendet",
            "Speicherbelegung",
            "Belegter Speicher",
            "Genutzt",
            "Auslastung",
            "Festplattenbelegung",
            "Speicherauslastung",
            "Prozent belegt",
        ],
    },  # I
    # --- /login > Management > Software ---
    "backup_password": {
        "en": ["Backup Password", "Password"],  # D
        "de": ["Sicherungspasswort", "Backup-Passwort", "Passwort"],
    },  # D, I
    "backup_password_again": {
        "en": [
            "Confirm Backup Password",
            "Backup Password Confirmation",
            "Confirm Password",
            "Confirm",
            "Verify Backup Password",
            "Re-enter Backup Password",
        ],  # I
        "de": [
            "Sicherungspasswort bestätigen",
            "Passwort bestätigen",
            "Bestätigen",
            "Bestätigung",
            "Sicherungspasswort wiederholen",
            "Passwortbestätigung",
        ],
    },  # I
    "include_sessions": {
        "en": [
            "Include logged session reporting data",
            "Include logged history",
            "Include logged session reporting data in the backup",
            "Include logged history reporting data",
        ],  # D
        "de": ["Protokollierte Sitzungsberichtsdaten anhängen"],
    },  # D
    "download_backup": {"en": ["Download Backup"], "de": ["Sicherung herunterladen"]},  # D
    # --- /login > Status > Information ---
    "product_version": {
        "en": ["Product Version", "Version", "Software Version", "Site Version", "Product", "Software", "Current Version"],  # I
        "de": ["Produktversion", "Version", "Softwareversion", "Software-Version", "Produkt", "Aktuelle Version"],
    },  # I
    "product_build": {
        "en": ["Build", "Product Build", "Build Number"],  # I
        "de": ["Build", "Produkt-Build", "Build-Nummer", "Buildnummer"],
    },  # I
    "clients_online": {
        "en": ["Clients Online", "Connected Clients", "Online Clients", "Total Clients Online", "Client Software Online"],  # I
        "de": ["Clients online", "Verbundene Clients", "Online-Clients", "Angemeldete Clients"],
    },  # I
    **FAILOVER,
    **SITE,
}


class Labels:
    """The wordings of each key: the user's own first, then English and German.

    overrides: {key: text or list of texts}, as in `bomgar_web_labels`. Raises InvalidInput for an unknown key.
    """

    def __init__(self, overrides: Mapping[str, Any] | None = None) -> None:
        self._own = {key: _as_list(key, value) for key, value in dict(overrides or {}).items()}
        for key in self._own:
            if key not in LABELS:
                raise InvalidInput(f"bomgar_web_labels has the unknown key {key!r}.", remedy=_suggest(key))

    def of(self, key: str) -> tuple[str, ...]:
        """All wordings of a key in the order in which they are tried."""
        built_in = LABELS[key]
        return tuple(dict.fromkeys(self._own.get(key, []) + built_in["en"] + built_in["de"]))

    def folded(self, key: str) -> tuple[str, ...]:
        """The same, folded by text.fold() for comparison."""
        return tuple(dict.fromkeys(fold(text) for text in self.of(key)))

    def match(self, key: str, text: str) -> bool:
        """Whether the whole text is a wording of the key."""
        return fold(text) in self.folded(key)


def _as_list(key: str, value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, (list, tuple)) or not texts or not all(isinstance(t, str) and fold(t) for t in texts):
        raise InvalidInput(f"bomgar_web_labels: the value of {key!r} must be a text or a list of texts.")
    return list(texts)


def _suggest(key: str) -> str:
    near = difflib.get_close_matches(str(key), LABELS, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {', '.join(near)}?"
    return f"Known keys: {', '.join(sorted(LABELS))}."
