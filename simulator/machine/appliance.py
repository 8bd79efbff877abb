# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One simulated appliance. Its state moves when somebody looks: settle() brings it up to the virtual time."""

import hashlib
import math

from . import backups, certificates
from .accounts import Accounts
from .clients import Fleet
from .installation import DONE, FAILED, LAGGING, Installation
from .meter import Meter
from .packages import AVAILABLE, Catalogue
from .people import People
from .tokens import TokenStore

RESTART_SECONDS = 300
# The wording is our invention; that a failed build gets a line pointing to support is INFERRED* (interfaces 12.2).
SERVER_SAYS = {
    "ok": "",
    "unreachable": "The update server could not be reached.",
    "build_failed": "The build of your software failed. Please contact technical support.",
}
FULL = 95  # percent of the disk from which an installation fails: our invention


class Refused(Exception):
    """The appliance does not do it. code is for pages that word it themselves; the text is English."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Machine:
    """State and operations of one box; every method uses the virtual time now.

    Plain attributes are what the pages show. Methods that change something an owner cares for put its name into
    `writes`, which the server takes into the request log.
    """

    def __init__(self, world, spec, clock):
        self.world, self.clock = world, clock
        keys = ("name", "guid", "hostname", "model", "serial", "build", "language", "layout", "login_agreement")
        for key in (*keys, "health_problem", "timezone", "timezone_offset"):
            setattr(self, key, spec[key])
        self.product, self.company = world["product"], world["company"]
        self.base_version, self.version, self.down_style = spec["base"], spec["version"], spec["down"]["style"]
        self.rows_name_requirements = world["rows_name_requirements"]
        self.update_server, self.backup_kilobytes = world["update_server"], world["backup"]["kilobytes"]
        self.features, self.limits = dict(world["features"]), world["limits"]
        self.storage, self.jump_settings = dict(world["storage"]), dict(world["jump_settings"])
        self.accounts, self.tokens = Accounts(world, spec["password_expired"]), TokenStore(world["limits"])
        self.meter = Meter(world["limits"])
        self.packages = Catalogue(world, spec["base"], spec["version"])
        self.clients = Fleet(world, self.jump_settings, clock.now())
        self.people = People(world, self.guid, clock.now())
        self.certificates = certificates.make(world, self.hostname, clock.now())
        self._installation = None
        self._pending = None  # (version, build) that the APIs tell after the lag
        self._away = None  # (from, until) of a restart; until inf: it never comes back
        self._entered = False
        self.checked_at = None  # virtual time of the last Check for Updates
        self.booted_at, self.boots = clock.now() - 30 * 86400, 0
        self.session_generation = 0  # web sessions made under another number are void
        self.health_cache = None  # of the JSON API: (until, boots, answer, made)
        self.history, self.writes = [], []

    def now(self):
        """Virtual seconds since 1970."""
        return self.clock.now()

    def event(self, what, at=None, **facts):
        """Note something in the machine's own history."""
        self.history.append({"time": self.now() if at is None else at, "event": what, **facts})

    def write(self, name):
        """This request changes something the owner cares for."""
        self.writes.append(name)

    # ---- the passing of time

    def settle(self):
        """Bring the state up to now; called under the lock before each request."""
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
            facts = {"package": running.package.id, "message": running.message(now)}
            self.event("installation_failed", running.installed, **facts)
        if phase in (LAGGING, DONE) and not self._entered:
            self._entered = True
            self._complete(running)
        if phase == DONE:
            self._tell_new_version()
            self._installation = None

    def _complete(self, running):
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
            self.clients.site_installed(running.down_since(), up)
            self.people.upgraded(up)
        if package.kind != "licence":
            self.people.cut(running.down_since(), up)
        self.event("installed", up, package=package.id, name=package.name)

    def _tell_new_version(self):
        if self._pending:
            self.version, self.build = self._pending
            self._pending = None

    def _booted(self, at):
        self.boots += 1
        self.booted_at = at
        self.session_generation += 1
        if self.features["tokens_lost_at_restart"]:
            self.tokens.clear()

    def busy_until(self):
        """Until when the clock must not idle away."""
        ends = self._installation.busy_until() if self._installation else -math.inf
        if self._away and self._away[1] < math.inf:
            ends = max(ends, self._away[1])
        return ends

    def install_seconds_left(self):
        """Virtual seconds until what is being installed is in and told by all interfaces."""
        running = self._installation
        return max(0.0, running.finished - self.now()) if running else 0.0

    def is_down(self):
        """What does not answer now: None, 'site' (everything but /appliance) or 'all'."""
        now = self.now()
        if self._away and self._away[0] <= now < self._away[1]:
            return "all"
        return self._installation.down(now) if self._installation else None

    # ---- updates

    @property
    def installation(self):
        """None, or what is under way or went wrong: package, phase, percent, message, running."""
        return self._installation.shown(self.now()) if self._installation else None

    def check_for_updates(self):
        """A text where the update server does not play along, else ''; a failed installation is forgotten."""
        self.checked_at = self.now()
        if self._installation and self._installation.phase(self.now()) == FAILED:
            self._installation = None
        return SERVER_SAYS[self.update_server]

    def listed(self):
        """The rows of the Updates page as of now."""
        return self.packages.rows() if self.update_server == "ok" else []

    def start_install(self, package_id, contact=None):
        """Install This Update. contact: dict of what the EULA page asked, None if nothing was. Raises Refused."""
        package = self.packages.get(package_id)
        state = {row.id: row.state for row in self.listed()}.get(package_id)
        if package is None or state is None:
            raise Refused("not_offered", "This update is not available for this appliance.")
        if state != AVAILABLE:
            raise Refused(state, f"{package.name} cannot be installed now.")
        if package.eula and contact is None:
            raise Refused("eula", "The license agreement has not been accepted.")
        self._begin(package, contact)

    def upload(self, filename, stream):
        """Update Software: a package file from the administrator's disk. '' or why it is not taken."""
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        package = next((one for one in self.packages.all() if one.sha256(self.guid) == digest), None)
        if package is None:
            return "The uploaded file is not a valid update for this appliance."
        if self.packages.has(package.id):
            return f"{package.name} is installed already."
        if self.packages.missing(package):
            return f"{package.name} needs another update first."
        self._begin(package, {"file": filename})
        return ""

    def eula_of(self, package_id):
        """The licence text that must be agreed to first, or ''."""
        package = self.packages.get(package_id)
        return package.eula if package else ""

    def _begin(self, package, contact):
        now = self.now()
        if self._installation and self._installation.busy(now):
            raise Refused("busy", "Another update is being installed.")
        fails = "Not enough disk space." if self.storage["percent_used"] >= FULL else ""
        self._tell_new_version()
        self._installation, self._entered = Installation(package, now, contact, fails), False
        self.event("install_started", package=package.id, name=package.name, contact=contact)
        self.write(f"install {package.id}")

    def download_key(self):
        """Appliance Download Key: made for this appliance (procedure 4)."""
        return hashlib.sha256(f"download key {self.guid}".encode()).hexdigest()[:32].upper()

    def restart(self):
        """Restart on Status > Basics. During a Base update that is what one must never do: it does not come back."""
        now = self.now()
        package = self._installation.package if self._installation and self._installation.busy(now) else None
        ruined = package is not None and package.kind == "base"
        self._away = (now, math.inf if ruined else now + RESTART_SECONDS)
        if package is None:
            self.people.cut(now, now + RESTART_SECONDS)
        self.event("restarted", during=package.id if package else None)
        self.write("restart")

    def shut_down(self):
        """Shut down: nobody is there to switch it on again."""
        self._away = (self.now(), math.inf)
        self.event("shut_down")
        self.write("shut down")

    def factory_reset(self):
        """Factory reset: the site is gone for good."""
        self._away = (self.now(), math.inf)
        self.event("factory_reset")
        self.write("factory reset")

    # ---- certificates, backup, settings, people

    def export_certificate(self, ids, key, chain, passphrase):
        """(file name, bytes, content type) of the first chosen certificate. Raises Refused."""
        chosen = next((one for one in self.certificates if one.id in map(str, ids)), None)
        if chosen is None:
            raise Refused("nothing_chosen", "Select a certificate.")
        self.event("certificate_exported", name=chosen.name, key=bool(key), chain=bool(chain))
        return certificates.export(chosen, key=key, chain=chain, passphrase=passphrase)

    def make_backup(self, password="", include_reporting=False):
        """(file name, pieces of bytes, content type)."""
        self.event("backup_created", password=bool(password))
        pieces = backups.content(self, password, include_reporting)
        return backups.file_name(self.hostname, self.version), pieces, backups.CONTENT_TYPE

    def online_counts(self):
        """Who is online, by kind, as Status > Information shows it."""
        people, now = self.people, self.now()
        return {
            "representative_consoles": len(people.logged_in(now)),
            "customer_clients": len(people.sessions(now)),
            "jump_clients": self.clients.online(now),
            "push_agents": sum(one.connected(now) for one in people.jumpoints),
            "connection_agents": 0,
        }

    def save_jump_settings(self, **values):
        """Save on Jump > Jump Clients: max_concurrent, bandwidth, connection_rate, automatic."""
        self.jump_settings.update(values)
        self.clients.reschedule(self.now())
        self.event("jump_settings_saved", **values)
        self.write("save jump client settings")

    def terminate_session(self, lsid):
        """True if there was such a session."""
        ended = self.people.end_session(lsid, self.now())
        if ended:
            self.write(f"terminate session {lsid}")
        return ended

    def set_session_attributes(self, lsid, values):
        """Custom fields of a running session; an empty text takes one away."""
        held = self.people.attributes.setdefault(lsid, {})
        held.update(values)
        self.people.attributes[lsid] = {key: value for key, value in held.items() if value}
        self.write(f"set attributes of session {lsid}")

    def create_installer(self, fields, minutes):
        """A new Jump Client installer, valid for so many minutes."""
        self.write("create a Jump Client installer")
        return self.people.add_installer(fields, self.now(), minutes)

    def log_out(self, person_id):
        """True if this person was logged in."""
        out = self.people.log_out(person_id, self.now())
        if out:
            self.write(f"log out {person_id}")
        return out

    def check_web_password(self, area, username, password):
        """'ok', 'expired', 'wrong' or 'locked'. area: 'appliance' or 'login'."""
        answer = self.accounts.check_web(area, username, password, self.now())
        self.event("login", target=f"web/{area}", who=username, status=answer)
        return answer

    def change_web_password(self, area, username, password):
        """The forced change of an expired password."""
        self.accounts.web[area][username].change(password)
        self.write(f"change password of {username}")
