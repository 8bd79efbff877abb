# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What GET /state of the control port says of an appliance and of a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import to_iso

if TYPE_CHECKING:
    from .machine.appliance import Machine
    from .machine.pair import Pair


def state_of(machine: Machine) -> dict[str, Any]:
    """What the control port tells of a machine."""
    installation, now = machine.installation, machine.now()
    return {
        "base": machine.base_version,
        "version": machine.version,
        "build": machine.build,
        "down": machine.is_down(),
        "installation": installation
        and {
            "package": installation.package.id,
            "phase": installation.phase,
            "percent": installation.percent,
            "message": installation.message,
        },
        "packages": {row.id: row.state for row in machine.listed()},
        "installed": sorted(one.id for one in machine.packages.all() if machine.packages.has(one.id)),
        "clients": {
            **machine.clients.summary(now),
            "online": machine.clients.online(now) if machine.accepts_people else 0,
            "skipped": machine.clients.skipped,
        },
        "representatives": [one.name for one in machine.logged_in()],
        "sessions": len(machine.people.sessions(now)) if machine.accepts_people else 0,
        "sessions_cut": machine.people.sessions_cut,
        "installers": [_installer(one, now) for one in machine.people.installers],
        "downloads": {one.installer_id: one.downloads for one in machine.people.installers},
        "jumpoints": {one.name: one.connected(now) for one in machine.people.jumpoints},
        "jump_settings": machine.jump_settings,
        "failover_role": machine.failover_role,
        "mails": [{**mail, "time": to_iso(mail["time"])} for mail in machine.mails],
        "storage": machine.storage,
        "boots": machine.boots,
        "history": [{**event, "time": to_iso(event["time"])} for event in machine.history],
    }


def _installer(one: Any, now: float) -> dict[str, Any]:
    """Without its secret key."""
    return {
        "installer_id": one.installer_id,
        "name": one.fields.get("name", f"Installer {one.id}"),
        "group": one.fields["jump_group_id"],
        "valid": one.valid(now),
        "made": one.made,
    }


def state_of_pair(pair: Pair) -> dict[str, Any]:
    """What the control port tells of a pair; times are virtual."""
    outages = pair.outages()
    return {
        "nodes": [one.name for one in pair.nodes],
        "front": pair.front,
        "related": pair.related,
        "primary": pair.primary.name if pair.primary else None,
        "syncing": bool(pair.syncing),
        "sync_percent": pair.sync_percent,
        "swapping": bool(pair.swapping),
        "cut": pair.cut,
        "settings": pair.settings,
        "records": {one.name: {name: round(number) for name, number in one.records.items()} for one in pair.nodes},
        "outages": [[to_iso(begin), to_iso(min(end, pair.now()))] for begin, end in outages],
        "outage_seconds": sum(min(end, pair.now()) - begin for begin, end in outages),
        "two_primaries_seconds": pair.timeline.two_primaries_seconds(pair.now()),
    }
