# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One simulated appliance. Its state moves when somebody looks: settle() brings it up to the virtual time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from . import certificates
from .accounts import Accounts
from .clients import Fleet
from .installation import DONE, FAILED, LAGGING
from .meter import Meter
from .packages import Catalogue
from .people import People
from .power import Power
from .refused import Refused
from .services import Services
from .tokens import TokenStore
from .updates import Updates

if TYPE_CHECKING:
    from ..clock import Clock


class Machine(Updates, Power, Services):
    """State and operations of one box; every method uses the virtual time now.

    Plain attributes are what the pages show. Methods that change something an owner cares for put its name into
    `writes`, which the server takes into the request log.
    """

    def __init__(self, world: dict[str, Any], spec: dict[str, Any], clock: Clock, meter: Any = None) -> None:
        self.world, self.clock = world, clock
        keys = ("name", "guid", "hostname", "model", "serial", "build", "language", "layout", "login_agreement")
        for key in (*keys, "health_problem", "timezone", "timezone_offset", "cluster_role", "failover_role", "shared_ips"):
            setattr(self, key, spec[key])
        self.inter_appliance_key = spec["inter_appliance_key"]
        self.pair, self.mails, self.flaps = None, [], []
        self.downs = []  # downs: (from, until) of all outages, also those planned by what runs
        self.synced_at, self.sync_status = self._synced(spec["data_sync"])
        self.product, self.company = world["product"], world["company"]
        self.base_version, self.version, self.down_style = spec["base"], spec["version"], spec["down"]["style"]
        self.rows_name_requirements = world["rows_name_requirements"]
        self.update_server, self.backup_kilobytes = world["update_server"], world["backup"]["kilobytes"]
        self.export_style, self.jump_settings_hidden = world["web"]["export_style"], list(world["web"]["jump_settings_hidden"])
        self.features, self.limits = dict(world["features"]), world["limits"]
        self.storage, self.jump_settings = dict(world["storage"]), dict(world["jump_settings"])
        self.accounts, self.tokens = Accounts(world, spec["password_expired"]), TokenStore(world["limits"])
        self.meter = meter or Meter(world["limits"])
        self.packages = Catalogue(world, spec["base"], spec["version"])
        self.clients = Fleet(world, self.jump_settings, clock.now())
        self.people = People(world, self.guid, clock.now())
        self.certificates = certificates.make(spec.get("certificates") or world["certificates"], spec["names"], clock.start)
        self._installation = None
        self._pending = None  # (version, build) that the APIs tell after the lag
        self._away = None  # (from, until) of a restart; until inf: it never comes back
        self._entered = False
        self.checked_at = None  # virtual time of the last Check for Updates
        self.booted_at, self.boots = clock.now() - 30 * 86400, 0
        self.session_generation = 0  # web sessions made under another number are void
        self.health_cache = None  # of the JSON API: (until, boots, answer, made)
        self.strange_certificate = self.renewed_certificate = False
        self.history, self.writes = [], []

    def _synced(self, spec: dict[str, Any]) -> tuple[float | None, str | None]:
        """(virtual time of the last data sync, its text), or two None outside a failover relation."""
        if self.failover_role == "none":
            return None, None
        return self.now() - 60 * spec["minutes_ago"], spec["status"]

    def now(self) -> float:
        """Virtual seconds since 1970."""
        return self.clock.now()

    def event(self, what: str, at: float | None = None, **facts: Any) -> None:
        """Note something in the machine's own history."""
        self.history.append({"time": self.now() if at is None else at, "event": what, **facts})

    def write(self, name: str) -> None:
        """This request changes something the owner cares for."""
        self.writes.append(name)

    @property
    def behind_public_name(self) -> bool:
        """Are clients and people at this box? Of a pair only at the one that the public name leads to."""
        return self.pair is None or self.pair.front == self.name

    @property
    def accepts_people(self) -> bool:
        """A backup accepts no client connections (docs/vendor/pages.md#management--failover)."""
        return self.pair is None or (self.behind_public_name and self.pair.accepts())

    def runs(self) -> tuple[str, str]:
        """(version, build) of what is installed, also while the APIs still tell the old one."""
        return self._pending or (self.version, self.build)

    def public_name(self) -> str:
        """The host name under which users know it."""
        return self.pair.public_hostname if self.pair else self.hostname

    def set_failover_role(self, role: Any, *, data_sync_first: bool, force: bool) -> str:
        """The sentence of success. Raises Refused."""
        if self.pair is None:
            raise Refused("unrelated", "This appliance is not in a failover relationship.")
        return self.pair.set_role(self, role, data_sync_first=data_sync_first, force=force)

    def members(self) -> list[Machine]:
        """This box and, while a failover relation stands, its peer."""
        return list(self.pair.nodes) if self.pair and self.pair.related else [self]

    def settle(self) -> None:
        """Bring the state up to now, of a pair both nodes; called under the lock before each request."""
        if self.pair:
            self.pair.settle()
        else:
            self.settle_alone()

    def settle_alone(self) -> None:
        """Bring this box up to now."""
        now = self.now()
        if self._away and self._away[1] <= now:
            self._booted(self._away[1])
            self._away = None
        running = self._installation
        if running is None:
            return
        phase = running.phase(now)
        if phase == FAILED and not self._entered:
            self._entered = True
            self._fail(running, running.message(now))
        if phase in (LAGGING, DONE) and not self._entered:
            self._entered = True
            self._complete(running)
        if phase == DONE:
            self._tell_new_version()
            self._installation = None

    def _fail(self, running: Any, message: str) -> None:
        """The old version is back; a site package has cut everybody off all the same."""
        if running.package.kind in ("site", "hotfix") and self.behind_public_name:
            self.people.cut(running.down_since(), running.installed)
        self.event("installation_failed", running.installed, package=running.package.id, message=message)

    def _complete(self, running: Any) -> None:
        """The package is in; what follows from it happened at the moment the machine was up again."""
        package, up = running.package, running.restarted
        self.packages.finish(package)
        self.checked_at = None
        if package.minutes["reboot"]:
            self._booted(up)
        if package.kind == "base":
            self.base_version = package.version
        if package.kind == "site":
            self._pending = (package.version, package.build)
        if package.kind == "site" and self.behind_public_name:
            self.clients.site_installed(running.down_since(), up)
            self.people.upgraded(up)
        if package.kind != "licence" and self.behind_public_name:
            self.people.cut(running.down_since(), up)
        self.event("installed", up, package=package.id, name=package.name)

    def _tell_new_version(self) -> None:
        if self._pending:
            self.version, self.build = self._pending
            self._pending = None

    def _booted(self, at: float) -> None:
        self.boots += 1
        self.booted_at = at
        self.session_generation += 1
        if self.features["tokens_lost_at_restart"]:
            self.tokens.clear()

    def busy_until(self) -> float:
        """Until when the clock must not idle away."""
        ends = self._installation.busy_until() if self._installation else -math.inf
        if self._away and self._away[1] < math.inf:
            ends = max(ends, self._away[1])
        return ends

    def is_down(self) -> str | None:
        """What does not answer now: None, 'site' (everything but /appliance) or 'all'."""
        now = self.now()
        if (self._away and self._away[0] <= now < self._away[1]) or self.is_flapping():
            return "all"
        return self._installation.down(now) if self._installation else None
