# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of signing in and of the menus, as data. labels.py explains the marks D and I."""

from __future__ import annotations

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
}
