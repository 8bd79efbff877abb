# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of /login > Status, Software, Jump Clients, My Account and of the console installers, as data (marks: see labels.py)."""

from __future__ import annotations

LABELS = {
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
    # --- /login > Jump > Jump Clients ---
    "jump_max_concurrent": {
        "en": ["Maximum number of concurrent Jump Client upgrades"],  # D
        "de": [
            "Maximale Anzahl gleichzeitiger Jump Client-Aktualisierungen",
            "Maximale Anzahl gleichzeitiger Jump-Client-Aktualisierungen",
        ],
    },  # D, I
    "jump_bandwidth": {
        "en": ["Maximum bandwidth of concurrent Jump Client upgrades"],  # D
        "de": [
            "Maximale Bandbreite gleichzeitiger Jump Client-Aktualisierungen",
            "Maximale Bandbreite gleichzeitiger Jump-Client-Aktualisierungen",
        ],
    },  # D, I
    "jump_connection_rate": {
        "en": ["Global connection rate for Jump Clients"],  # D
        "de": ["Globale Verbindungsrate für Jump Clients", "Globale Verbindungsrate für Jump-Clients"],
    },  # I
    "jump_automatic": {
        "en": ["Automatic Jump Client upgrades", "Automatic Jump Client Upgrade"],  # D
        "de": ["Automatische Jump Client-Aktualisierungen", "Automatische Jump-Client-Aktualisierungen"],
    },  # I
    "automatic_disabled": {
        "en": [
            "Permanently disabled",
            "Automatic Jump Client upgrades permanently disabled",
            "Automatic Jump Client upgrades are permanently disabled",
            "Disabled",
        ],  # D, I
        "de": ["Dauerhaft deaktiviert", "Permanent deaktiviert", "Deaktiviert"],
    },  # I
    "automatic_cycle": {
        "en": [
            "Enabled for the current upgrade cycle",
            "Enabled for this upgrade cycle",
            "Automatic Jump Client upgrades enabled for the current upgrade cycle",
        ],  # D, I
        "de": [
            "Für den aktuellen Aktualisierungszyklus aktiviert",
            "Für den aktuellen Upgrade-Zyklus aktiviert",
            "Aktiviert für den aktuellen Aktualisierungszyklus",
        ],
    },  # I
    "automatic_enabled": {
        "en": [
            "Permanently enabled",
            "Automatic Jump Client upgrades permanently enabled",
            "Automatic Jump Client upgrades are permanently enabled",
            "Enabled",
        ],  # D, I
        "de": ["Dauerhaft aktiviert", "Permanent aktiviert", "Aktiviert"],
    },  # I
    "save": {
        "en": ["Save", "Save Changes", "Save Settings", "Apply", "Apply Changes"],  # D, I
        "de": ["Speichern", "Änderungen speichern", "Einstellungen speichern", "Übernehmen", "Änderungen übernehmen"],
    },  # I
    # --- /login > My Account ---
    "menu_my_account": {"en": ["My Account", "My Profile"], "de": ["Eigenes Konto", "Mein Konto"]},  # D, I
    "console_download": {
        "en": [
            "Download Representative Console",
            "Download the Representative Console",
            "Representative Console Installer (MSI)",
            "Representative Console Installer",
            "Representative Console (MSI)",
            "Representative Console MSI",
            "Download Representative Console (MSI)",
            "Download Representative Console Installer",
            "Download Access Console",
            "Access Console Installer (MSI)",
            "Access Console Installer",
            "Access Console (MSI)",
            "Download MSI",
            "Windows (MSI)",
            "Windows MSI",
            "MSI",
            "MSI Installer",
        ],  # I
        "de": [
            "Konsole des Support-Technikers herunterladen",
            "Konsole des Support-Technikers (MSI)",
            "Installationsprogramm für die Konsole des Support-Technikers",
            "Installationsprogramm für die Konsole des Support-Technikers (MSI)",
            "Konsole des Support-Technikers (MSI) herunterladen",
            "Support-Techniker-Konsole herunterladen",
            "Support-Techniker-Konsole (MSI)",
            "Zugriffskonsole herunterladen",
            "Zugriffskonsole (MSI)",
            "MSI herunterladen",
            "Windows (MSI)",
            "MSI",
        ],
    },  # I, the console's name D
    "console_button": {
        "en": ["Download", "Download Installer", "Download Console", "Download Now", "Get Installer"],  # I
        "de": ["Herunterladen", "Download", "Installationsprogramm herunterladen", "Konsole herunterladen"],
    },  # I
    # --- /appliance > Updates ---
    "console_installers": {
        "en": [
            "Installers for the Representative Console",
            "Representative Console Installers",
            "Download installers for the representative console",
        ],  # I, from D
        "de": ["Installationsprogramme für die Konsole des Support-Technikers"],
    },  # D
}
