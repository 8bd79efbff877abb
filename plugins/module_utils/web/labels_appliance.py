# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of /appliance > Status, Certificates and Storage, as data. labels.py explains the marks D and I."""

from __future__ import annotations

LABELS = {
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
}
