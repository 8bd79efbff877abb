# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the areas of a snapshot from one appliance. What it does not offer is unknown with its reason, never empty. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..errors import ApplianceError, Unreachable
from ..model.certificate import inspect_der
from ..model.moments import iso
from ..model.pair import BACKUP, NONE
from ..model.site_lists import LISTS
from ..model.snapshot.area import AREAS, SITE, Area, unknown
from .port import Appliance
from .snapshot_lists import SnapshotLists

_LOST = 2  # after so many areas without a response the rest is not read, since each would take minutes
_COMMAND = "Command API"
_BACKUP_NODE = "This node is the backup, which accepts no clients; the snapshot of the primary has it."
_LIMITS = ("max_concurrent", "bandwidth", "connection_rate", "automatic")


def read_areas(appliance: Appliance, *, names: Sequence[str], client_limit: int) -> tuple[Any, float, dict[str, Area]]:
    """(Health, the appliance's clock, {area: Area}). Raises the error of what identifies the appliance: its health and its clock.

    names: those that the appliance serves certificates for, '' for its own host name. client_limit: from how many Jump Clients on the
    list is not read one by one.
    """
    reader = _Reader(appliance, names, client_limit)
    lost: list[str] = []
    areas: dict[str, Area] = {}
    for name, (scope, _title) in AREAS.items():
        if scope == SITE and reader.health.failover_role == BACKUP:
            areas[name] = unknown(_BACKUP_NODE)
        elif len(lost) >= _LOST:
            areas[name] = unknown(lost[-1])
        else:
            areas[name] = _read(reader.of(name), lost)
    return reader.health, reader.info.clock, areas


def _read(read: Callable[[], Area], lost: list[str]) -> Area:
    try:
        return read()
    except Unreachable as exc:
        lost.append(exc.message)
        return unknown(exc.message)
    except ApplianceError as exc:
        return unknown(exc.message)


class _Reader:
    """Reads each area of one appliance; what several areas need is read once."""

    def __init__(self, appliance: Appliance, names: Sequence[str], client_limit: int) -> None:
        self._appliance, self._names = appliance, names
        self.info, self.health = appliance.info(), appliance.health()
        self._lists = SnapshotLists(appliance, self.info.clock, client_limit)

    def of(self, name: str) -> Callable[[], Area]:
        """What reads the area."""
        if name in LISTS:
            return lambda: self._lists.read(name)
        read: Callable[[], Area] = getattr(self, f"_{name}")
        return read

    @cached_property
    def _members(self) -> list[Any]:
        return list(self._appliance.members())

    # --- what the node itself reports

    def _version(self) -> Area:
        return _known(_COMMAND, version=self.health.version, build=self.health.build, api_version=self.info.api_version)

    def _base(self) -> Area:
        return self._page("appliance", "Status > Basics") or Area(
            "the page Status > Basics", values={"base": self._appliance.pages.basics().base_version}
        )

    def _health(self) -> Area:
        return Area(_COMMAND, values={"healthy": self.health.healthy, "message": self.health.message})

    def _failover_role(self) -> Area:
        members = sorted(one.guid for one in self._members)
        own = [one.cluster_role for one in self._members if one.guid == self.health.guid]
        cluster = self.health.cluster_role or next(iter(own), "")
        return _known(_COMMAND, role=self.health.failover_role, cluster_role=cluster, members=", ".join(members))

    def _permissions(self) -> Area:
        gaps = () if self.info.permissions else ("No permission is reported.",)
        return Area(f"{_COMMAND} ({self.info.generation})", values=dict(self.info.permissions), gaps=gaps)

    # --- certificates

    def _certificates(self) -> Area:
        items = {}
        for name in self._names:
            facts = inspect_der(self._appliance.certificate(name), now=self.info.clock, host=self._appliance.host)
            items[name or "its own name"] = {
                "name": name or self._appliance.host,
                "fingerprint": facts["fingerprint_sha256"],
                "not_after": iso(facts["not_after"]),
                "subject": facts["subject"],
            }
        return Area("TLS", items=items)

    def _certificate_list(self) -> Area:
        where = "Security > Certificates"
        return self._page("appliance", where) or Area(
            f"the page {where}",
            items={row.name: {"name": row.name, "state": "default" if row.default else ""} for row in self._appliance.pages.certificates()},
        )

    # --- the failover relation

    def _data_sync(self) -> Area:
        if self._is_alone:
            return Area(_COMMAND, values={"relation": False})
        synced = self.health.last_data_sync
        gaps = [] if synced is not None else ["No time of a data sync is reported."]
        gaps += [] if self.health.last_data_sync_status else ["No result of a data sync is reported."]
        return Area(
            _COMMAND,
            values={"relation": True, "time": synced, "status": self.health.last_data_sync_status or None, "clock": self.info.clock},
            gaps=gaps,
        )

    def _relation_settings(self) -> Area:
        where = "Management > Failover"
        if self._is_alone:
            return Area(_COMMAND, values={"relation": False})
        refused = self._page("login", where)
        if refused:
            return refused
        settings = self._appliance.pages.failover().settings
        return Area(f"the page {where}", values=dict(settings), gaps=() if settings else ("The page shows no setting.",))

    @property
    def _is_alone(self) -> bool:
        return self.health.failover_role == NONE and len(self._members) < 2

    # --- clients and people

    def _clients_connected(self) -> Area:
        counts = self._appliance.client_counts()
        if "pinned_client" not in counts:
            return unknown("This Command API does not count Jump Clients.", _COMMAND)
        return Area(_COMMAND, values={"jump_clients": counts["pinned_client"]})

    def _jump_settings(self) -> Area:
        where = "Jump > Jump Clients"
        refused = self._page("login", where)
        if refused:
            return refused
        shown = self._appliance.pages.jump_settings().shown
        values = {name: shown.get(name) or None for name in _LIMITS}
        return Area(f"the page {where}", values=values, gaps=_missing(values))

    def _page(self, area: str, where: str) -> Area | None:
        """An unknown Area without an account for the pages of /appliance or /login; None with one."""
        if self._appliance.pages.can_use(area):
            return None
        return unknown(f"No account for the pages of /{area} was given.", f"the page {where}")


def _known(source: str, **values: Any) -> Area:
    """An Area of values; an empty one is a gap."""
    known = {name: value or None for name, value in values.items()}
    return Area(source, values=known, gaps=_missing(known))


def _missing(values: Mapping[str, Any]) -> list[str]:
    return [f"{name} is not reported." for name, value in values.items() if value is None]
