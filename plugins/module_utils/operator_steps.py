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


def install(host, name, kind="", file=""):
    """kind: 'base' and the like are seen by no API; what they became is stated by the person. file: of an offline installation."""
    state = {"base": f" Read the Base version on Status > Basics then, and state it for {host} (base_version, upgrade_base_versions).",
             "site": "", "": ""}.get(kind, f" State {name!r} as installed for {host} then (installed, upgrade_installed).")  # fmt: skip
    press = (
        ["Press Check for Updates.", f"At {name!r} press Install This Update (Diese Aktualisierung installieren), once."] if not file
        else [f"Under Manual Installation (Manuelle Installation) choose {file} and press Update Software, once."]
    )  # fmt: skip
    return _steps(
        f"Open https://{host}/appliance and go to Updates (Aktualisierungen).",
        "If an installation is running already, or you pressed before, only wait for its end.",
        *press,
        f"Do not restart the appliance, whatever happens. Run this again when the installation has ended.{state}",
    )


def state_base(host):
    return _steps(
        f"Open https://{host}/appliance and go to Status > Basics (Status > Einfach).",
        f"Read the Base version and state it for {host} (base_version, in the role upgrade_base_versions). No API tells it.",
        "Run this again.",
    )


_FAILOVER = "https://{host}/login and go to Management > Failover (Verwaltung > Failover)."


def sync_now(host):
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        "Press Sync Now (Jetzt synchronisieren) and wait until it is complete; the page may be closed meanwhile.",
        "Run this again: it sees by the API that the data was synchronized.",
    )


def break_relation(host):
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        "Note all settings of the page, or take a screenshot: whether a break keeps them is not known.",
        "Press Break Failover Relations (Failover-Beziehungen aufheben).",
        "Run this again: it sees by the API of both nodes that the relation is broken.",
    )


def establish(host, peer_host):
    return _steps(
        f"Open {_FAILOVER.format(host=host)} This node, and no other: the data of {peer_host} is overwritten.",
        f"Under New Backup Site Connection Details enter {peer_host}, under Reverse Connection Details to this Primary Site {host}.",
        "Press Establish Relationship (Beziehung herstellen). The first data sync begins after about a minute.",
        "Compare the settings of the page with those that were noted before the break, and Save Changes.",
        "Run this again: it sees by the API of both nodes that the relation stands.",
    )


def become(host, role, pull_sync, force=False):
    sync = "Tick the box about pulling a data-sync" if pull_sync else "Leave the box about pulling a data-sync empty"
    others = "and tick the box about becoming backup even if the peer cannot be contacted" if force else "and no other box"
    return _steps(
        f"Open {_FAILOVER.format(host=host)}",
        f"{sync} next to Become {role.capitalize()}, {others}.",
        f"Press Become {role.capitalize()} and wait; both nodes may be backup for a moment.",
        "Run this again: it sees by the API of both nodes which roles they have.",
    )


def fetch_console(host, which):
    if which == "next":
        return _steps(
            f"Open https://{host}/appliance, go to Updates (Aktualisierungen) and press Check for Updates.",
            "Follow the link Installers for the representative console (Installationsprogramme für die Konsole des Support-Technikers). "
            "Support has to enable the extractable console; without it there is no such link.",
            "Keep the MSI for distribution. Consoles installed with it come online only when the appliance is upgraded.",
        )
    return _steps(
        f"Open https://{host}/login and go to My Account (Eigenes Konto; older: Mein Konto).",
        "Download the installer of the representative console for Windows, as MSI where that is offered.",
        "Keep it: after the upgrade only the old MSI can remove outdated installations, the new one cannot.",
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


def set_jump_settings(host, values):
    """values: {key: value} as policy.jump_settings has them."""
    return _steps(
        f"Open {_JUMP.format(host=host)}",
        "Note the present values of the settings below, to put them back when the clients have followed.",
        *(f"Set {_JUMP_LABELS[key]} to {_jump_value(key, value)}." for key, value in values.items()),
        "Press Save (Speichern), look at the values again, and run this with `confirmed`.",
    )


def restore_jump_settings(host, before, after):
    """before: {key: value} as far as it is known; after: {key: value} that they were changed to."""
    return _steps(
        f"Open {_JUMP.format(host=host)}",
        *(f"{_JUMP_LABELS[key]}: if it still shows {_jump_value(key, value)}, put back "
          f"{_jump_value(key, before[key]) if key in before else 'the value as noted by the person who changed it'}."
          for key, value in sorted(after.items())),
        "Press Save (Speichern), look at the values again, and run this with `confirmed`.",
    )  # fmt: skip


def _jump_value(key, value):
    if key == "automatic":
        return _JUMP_CHOICES.get(value, value)
    if value is None or isinstance(value, str):
        return repr(value) if value else "nothing (an empty field)"
    return f"{value:g}" + {"bandwidth": " MiB/s", "connection_rate": " a second"}.get(key, "")
