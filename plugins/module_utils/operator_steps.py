# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Steps for a person: what to click where, in the words of the vendor's pages, German names in brackets."""

from __future__ import annotations


def _steps(*lines):
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def wanted(instructions, **more):
    """The green result of a step that waits for a person."""
    return dict(more, changed=False, state="operator", instructions=instructions)


def take_backup(host):
    return _steps(
        f"Open https://{host}/login and go to Management > Software (Verwaltung > Software).",
        "Under Backup Settings (Sicherungseinstellungen) press Download Backup (Sicherung herunterladen).",
        "Put the .nsb file on the machine that runs Ansible and run this again with `file` set to its path.",
    )


def export_certificate(host):
    return _steps(
        f"Open https://{host}/appliance and go to Security > Certificates (Sicherheit > Zertifikate).",
        "Tick the certificate; in the drop-down at the head of the section choose Export.",
        "Tick the certificate, the private key and the certificate chain; enter the passphrase.",
        "Put the .p12 file on the machine that runs Ansible and run this again with `file` set to its path.",
    )


def install(host, name):
    return _steps(
        f"Open https://{host}/appliance and go to Updates (Aktualisierungen).",
        "Press Check for Updates.",
        f"At {name!r} press Install This Update (Diese Aktualisierung installieren), once.",
        "Do not restart the appliance, whatever happens. Run this again when the installation has ended.",
    )
