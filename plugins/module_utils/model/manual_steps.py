# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instructions for a person, in the words of the vendor's pages, with German names in brackets. Each function returns numbered lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def _steps(*lines: str) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]


def manual_result(instructions: list[str], **more: Any) -> dict[str, Any]:
    """Return the result of a module that succeeds and waits for a person."""
    return dict(more, changed=False, state="manual", instructions=instructions)


def take_backup(host: str) -> list[str]:
    return _steps(
        f"Open https://{host}/login and go to Management > Software (Verwaltung > Software).",
        "Under Backup Settings (Sicherungseinstellungen) press Download Backup (Sicherung herunterladen).",
        "Copy the .nsb file to the machine that runs Ansible. Set `file` to its path and run this again.",
    )


def export_certificate(host: str) -> list[str]:
    return _steps(
        f"Open https://{host}/appliance and go to Security > Certificates (Sicherheit > Zertifikate).",
        "Select the certificate. In the drop-down list at the top of the section choose Export.",
        "Select the certificate, the private key and the certificate chain. Enter the passphrase.",
        "Copy the .p12 file to the machine that runs Ansible. Set `file` to its path and run this again.",
    )


def install(host: str, name: str, kind: str = "", file: str = "") -> list[str]:
    """kind: of the package; no API shows Base and add-ons, so the person states them afterwards. file: of an offline installation."""
    state = {
        "base": f" Before that, read the Base version on Status > Basics and set it for {host} (base_version, upgrade_base_versions).",
        "site": "",
        "": "",
    }.get(kind, f" Before that, add {name!r} to the installed packages of {host} (installed, upgrade_installed).")
    press = (
        ["Press Check for Updates.", f"Next to {name!r} press Install This Update (Diese Aktualisierung installieren) once."]
        if not file
        else [f"Under Manual Installation (Manuelle Installation) choose {file} and press Update Software once."]
    )
    return _steps(
        f"Open https://{host}/appliance and go to Updates (Aktualisierungen).",
        "If an installation runs, or if you have pressed the button before, do not press it again and wait until the installation ends.",
        *press,
        f"Do not restart the appliance in any case. Run this again when the installation has ended.{state}",
    )


def move_public_name(url: str, source: str, target: str) -> list[str]:
    return _steps(
        f"Move {url} (DNS, NAT or shared IP) from {source} to {target}.",
        "Run the same command again: it sees by the appliance that answers there whether it was done.",
    )


def state_base(host: str) -> list[str]:
    return _steps(
        f"Open https://{host}/appliance and go to Status > Basics (Status > Einfach).",
        f"Read the Base version and set it for {host} (base_version, in the role upgrade_base_versions). No API returns it.",
        "Run this again.",
    )


_FAILOVER = "https://{host}/login and go to Management > Failover (Verwaltung > Failover)."


def sync_now(host: str) -> list[str]:
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        "Press Sync Now (Jetzt synchronisieren) and wait until the data sync is complete. You may close the page.",
        "Run this again. It verifies the data sync through the API.",
    )


def break_relation(host: str) -> list[str]:
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        "Write down all settings of the page or take a screenshot, because the break may reset them.",
        "Press Break Failover Relations (Failover-Beziehungen aufheben).",
        "Run this again. It verifies through the API of both nodes that the relation is broken.",
    )


def establish(host: str, peer_host: str) -> list[str]:
    return _steps(
        f"Open {_FAILOVER.format(host=host)} Use no other node, because the data of {peer_host} is overwritten.",
        f"Under New Backup Site Connection Details enter {peer_host}, under Reverse Connection Details to this Primary Site {host}.",
        "Press Establish Relationship (Beziehung herstellen). The first data sync begins after about a minute.",
        "Restore the settings of the page that you wrote down before the break, and press Save Changes.",
        "Run this again. It verifies through the API of both nodes that the relation is established.",
    )


def become(host: str, role: str, pull_sync: bool, force: bool = False) -> list[str]:
    sync = "Select the check box about pulling a data-sync" if pull_sync else "Clear the check box about pulling a data-sync"
    others = (
        "Select the check box about becoming backup even if the peer cannot be contacted." if force else "Select no other check box there."
    )
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        f"{sync} next to Become {role.capitalize()}. {others}",
        f"Press Become {role.capitalize()} and wait. Both nodes may be backup for a moment.",
        "Run this again. It verifies the roles through the API of both nodes.",
    )


def fetch_console(host: str, which: str) -> list[str]:
    if which == "next":
        return _steps(
            f"Open https://{host}/appliance, go to Updates (Aktualisierungen) and press Check for Updates.",
            "Follow the link Installers for the representative console (Installationsprogramme für die Konsole des Support-Technikers). "
            "If there is no such link, ask the vendor's support to enable the extractable console.",
            "Keep the MSI for distribution. Consoles that you install with it connect only after the appliance is upgraded.",
        )
    return _steps(
        f"Open https://{host}/login and go to My Account (Eigenes Konto; older: Mein Konto).",
        "Download the installer of the representative console for Windows, as MSI if it is offered.",
        "Keep it. After the upgrade only the old MSI can remove old installations.",
    )


_JUMP = "https://{host}/login and go to Jump > Jump Clients (Jump > Jump-Clients; older: Configuration, Konfiguration)."
_JUMP_LABELS = {
    "max_concurrent": "Maximum number of concurrent Jump Client upgrades (Maximale Anzahl gleichzeitiger Jump Client-Aktualisierungen)",
    "bandwidth": "Maximum bandwidth of concurrent Jump Client upgrades (Maximale Bandbreite gleichzeitiger Jump Client-Aktualisierungen)",
    "connection_rate": "Global connection rate for Jump Clients (Globale Verbindungsrate für Jump Clients)",
    "automatic": "Automatic Jump Client upgrades (Automatische Jump Client-Aktualisierungen)",
}
_JUMP_CHOICES = {
    "disabled": "permanently disabled (dauerhaft deaktiviert)",
    "cycle": "enabled for the current upgrade cycle (für den aktuellen Aktualisierungszyklus aktiviert)",
    "enabled": "permanently enabled (dauerhaft aktiviert)",
}


def set_jump_settings(host: str, values: Mapping[str, Any]) -> list[str]:
    """values: {key: value} with the keys of policy.jump_settings."""
    return _steps(
        f"Open {_JUMP.format(host=host)}",
        "Write down the present values of the settings below so that you can restore them when the clients have upgraded.",
        *(f"Set {_JUMP_LABELS[key]} to {_jump_value(key, value)}." for key, value in values.items()),
        "Press Save (Speichern) and verify the values. Then run this again with `confirmed`.",
    )


def restore_jump_settings(host: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """before: {key: value} as far as known; after: {key: value} of the change."""
    return _steps(
        f"Open {_JUMP.format(host=host)}",
        *(
            f"{_JUMP_LABELS[key]}: if it still shows {_jump_value(key, value)}, restore "
            f"{_jump_value(key, before[key]) if key in before else 'the value that the person wrote down before the change'}."
            for key, value in sorted(after.items())
        ),
        "Press Save (Speichern) and verify the values. Then run this again with `confirmed`.",
    )


def _jump_value(key: str, value: Any) -> str:
    if key == "automatic":
        return _JUMP_CHOICES.get(value, value)
    if value is None or isinstance(value, str):
        return repr(value) if value else "nothing (an empty field)"
    return f"{value:g}" + {"bandwidth": " MiB/s", "connection_rate": " per second"}.get(key, "")
