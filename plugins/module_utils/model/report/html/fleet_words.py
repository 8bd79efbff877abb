# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of the page of a fleet that the page of a site does not have: (English, German)."""

from __future__ import annotations

FLEET_WORDS = {
    "title": ("Fleet report", "Flottenbericht"),
    "fleet": ("All sites", "Alle Systeme"),
    "waves": ("Waves", "Wellen"),
    "wave": ("Wave", "Welle"),
    "sites": ("Sites", "Systeme"),
    "site": ("Site", "System"),
    "verdict": ("Verdict", "Urteil"),
    "until": ("Waits until", "Wartet bis"),
    "all_done": ("No site needs anything more.", "An keinem System ist noch etwas zu tun."),
    "from_data": (
        "This page needs no network. Programs read the same from fleet.json.",
        "Diese Seite braucht kein Netz. Programme lesen dasselbe aus fleet.json.",
    ),
}
FLEET_STATES = {
    "fleet.done": ("Finished", "Abgeschlossen"),
    "fleet.waiting": ("Waiting", "Wartet"),
    "fleet.manual": ("Waiting for a person", "Wartet auf eine Person"),
    "fleet.planned": ("Dry run", "Probelauf"),
    "fleet.stopped": ("Stopped", "Angehalten"),
    "fleet.failed": ("Failed", "Fehlgeschlagen"),
    "fleet.not_started": ("Not started", "Nicht begonnen"),
    "fleet.due": ("Not done", "Nicht fertig"),
    "say.done": ("", "Alle Systeme sind fertig."),
    "say.waiting": ("", "Die Flotte wartet."),
    "say.manual": ("", "Die Flotte wartet auf eine Person, die einen Schritt von Hand ausführt."),
    "say.planned": ("", "Nichts wurde geändert: dies war ein Probelauf."),
    "say.stopped": ("", "Systeme wurden zwischen zwei Schritten angehalten."),
    "say.failed": ("", "Systeme sind fehlgeschlagen."),
    "say.not_started": ("", "Nicht alle Systeme wurden begonnen."),
    "say.due": ("", "Nicht alle Systeme sind fertig."),
    "site.done": ("done", "fertig"),
    "site.waiting": ("waiting", "wartet"),
    "site.manual": ("a person has to act", "eine Person muss handeln"),
    "site.planned": ("planned", "geplant"),
    "site.stopped": ("stopped", "angehalten"),
    "site.failed": ("failed", "fehlgeschlagen"),
    "site.locked": ("locked", "gesperrt"),
    "site.unreachable": ("unreachable", "nicht erreichbar"),
    "site.not_started": ("not started", "nicht begonnen"),
    "site.due": ("needs a run", "braucht einen Lauf"),
    "wave.complete": ("complete", "vollständig"),
    "wave.open": ("open", "offen"),
    "wave.halted": ("stopped", "angehalten"),
    "wave.held": ("held", "zurückgehalten"),
}
