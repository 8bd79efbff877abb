# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The facade: what one appliance can be asked and told, whatever interface does it. Takes and returns plain values."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from .api.backup import Backup
from .api.command import command
from .api.configuration import Configuration
from .api.installers import Installers
from .api.probes import check_health, mech_list
from .api.reporting import Reporting
from .credentials import Legacy, OAuth
from .errors import InvalidInput, NotFound, NotUnderstood, PermissionMissing
from .lock import heartbeat
from .model.client import ACTIVE, PASSIVE, may_be_online, read_jump_client, read_jumpoint
from .model.filter import client_filter
from .model.tally import Tally, nobody
from .oauth import Tokens
from .pace import AccountPace
from .pages import Pages
from .secret_cache import SecretCache
from .transport import Transport
from .wait import nap, wait_until


def connect(params, say=lambda text: None, clock=time.monotonic, sleep=nap):
    """An Appliance for a module's connection options (module.CONNECTION_OPTIONS and WEB_OPTIONS). Sends nothing.

    clock and sleep are those of its waits, and of the pace of an API account.
    """
    transport = Transport(params["url"], validate_certs=params["validate_certs"], ca_path=params["ca_path"],
                          timeout=params["timeout"], sleep=sleep)
    cache = SecretCache(params["cache_dir"])
    if params["client_id"]:
        pace = AccountPace(params["cache_dir"], params["client_id"], clock=clock, sleep=sleep, say=say)
        credentials = OAuth(Tokens(transport, params["client_id"], params["client_secret"], cache, pace=pace), pace)
    else:
        credentials = Legacy(params["username"], params["password"])
    return Appliance(transport, credentials, cache, Pages(transport, cache, params), say, clock, sleep)


class Appliance:
    """One appliance. Methods named like the vendor's operations; each raises the errors of errors.py.

    .host: its name in messages. .say(text): shows one line of progress. .pages: what only the web pages can do.
    .asked: whether what changes the appliance was sent, so that an error leaves open what it did; set by the operation.
    .clock(): seconds, for measuring waits.
    """

    def __init__(self, transport, credentials, cache, pages, say, clock, sleep):
        self.host, self.pages, self.say, self.asked = transport.host, pages, say, False
        self._transport, self._credentials, self._cache = transport, credentials, cache
        self._chosen, self._time, self.clock = None, {"clock": clock, "sleep": sleep}, clock

    def beside(self, params):
        """The Appliance of other connection options (module.NODE), which speaks and waits as this one does."""
        return connect(params, self.say, **self._time)

    def wait_until(self, probe, **how):
        """wait.wait_until for this appliance, with progress shown; each look is a heartbeat of the run that it belongs to."""

        def look():
            heartbeat()
            return probe()

        return wait_until(look, host=self.host, say=self.say, **self._time, **how)

    # --- the documented API

    @property
    def _command(self):
        if self._chosen is None:
            self._chosen = command(self._transport, self._credentials, self._cache)
        return self._chosen

    def info(self):
        """ApiInfo: API version, product, clock, permissions of the account."""
        return self._command.info()

    def health(self):
        """Health: version, build, identity, roles."""
        return self._command.health()

    def members(self):
        """The Members of the failover relation or cluster."""
        return self._command.members()

    def product(self):
        """'rs', 'pra', or '' where an undocumented page without login does not tell it; the XML Command API never does."""
        try:
            return mech_list(self._transport)["product"]
        except NotUnderstood:
            return ""

    def alive(self):
        """(healthy, text) of /check_health, which needs no account."""
        return check_health(self._transport)

    def observe(self, *, members=False):
        """Everything the Command API says about the appliance, as one dict (appliance_info's `appliance`)."""
        info, health = self.info(), self.health()
        seen = dict(health.as_dict(), host=self.host, product=info.product, api=info.generation,
                    api_version=info.api_version, permissions=info.permissions, clock=info.clock,
                    clock_iso=datetime.fromtimestamp(info.clock, timezone.utc).isoformat(timespec="seconds"), members=[])
        if members:
            listed = self.members()
            mine = [member for member in listed if member.guid == health.guid]
            seen["members"] = [member.as_dict() for member in listed]
            seen["cluster_role"] = seen["cluster_role"] or (mine[0].cluster_role if mine else "")
        return seen

    def client_counts(self):
        """Clients connected now, {type: number}."""
        return self._command.client_counts()

    def connected(self):
        """(client_counts(), ids of the appliances that they are connected to), by one request."""
        return self._command.connected()

    def logged_in(self):
        """The LoggedIn representatives."""
        return self._command.logged_in()

    def sessions(self):
        """Ids of the sessions that run now. From the report of the last day where the Command API tells none."""
        told = self._command.sessions()
        if told is not None:
            return told
        info = self.info()
        return Reporting(self._transport, self._credentials).running_sessions(info.product or self.product(), info.clock)

    def terminate_session(self, lsid):
        """End one session. Sent once."""
        self._command.terminate_session(lsid)

    def logout(self, user_id):
        """Log a person out. Sent once."""
        self._command.logout(user_id)

    def jump_client_counts(self, expression=None, *, now=None, seen_within=0, names=20, enough=None):
        """The Jump Clients that a JMESPath expression keeps, counted; None without a Configuration API.

        As tally.counts(), with kinds, stragglers (so many names), stragglers_total and
        listed, unread, complete: how many the API lists, filter or not (None: not told); how many of these were not given;
        whether the list was read to its end. requests: what it cost.
        now, seen_within: as for Tally. enough(counts): asked after each page, ends the reading when true.
        InvalidInput for an expression that keeps none of those that are listed: it would make every gate open.
        """
        keep = client_filter(expression) if expression else None
        tally = Tally(now=now, seen_within=seen_within, named=names, host=self.host)
        try:
            listing = self._configuration.jump_clients()
            for rows in listing.by_page():
                for row in rows if keep is None else filter(keep, rows):
                    tally.add(row)
                if enough and tally.total and enough(_counted(tally, listing)):
                    break
        except NotFound:
            return None
        if listing.read and not tally.total:
            raise InvalidInput(f"`client_filter` keeps none of the {listing.read} Jump Clients: {expression!r}.", host=self.host,
                               remedy="Try it with the module client_info.")
        return dict(_counted(tally, listing), kinds=tally.kinds(), stragglers=tally.stragglers(), stragglers_total=tally.behind)

    def jump_client_lengths(self):
        """How long the list is, in all and by connection type, in the shape of jump_client_counts(): None for what only its rows tell.

        None without a Configuration API.
        """
        try:
            listed = self._length()
            totals = {kind: self._length(connection_type=kind) for kind in (ACTIVE, PASSIVE)}
        except NotFound:
            return None
        untold = dict.fromkeys(("unread", "relevant", "updated", "pending", "online", "excluded"))
        kinds = {f"jump_client_{kind}": dict(dict.fromkeys(nobody()), total=total) for kind, total in totals.items()}
        return dict(untold, listed=listed, total=listed, complete=False, requests=3, kinds=kinds, stragglers=[], stragglers_total=None)

    def _length(self, **filters):
        """Of the list of Jump Clients by one small request; None where the answer does not tell it."""
        try:
            return self._configuration.count("jump-client", **filters)
        except NotUnderstood:
            return None

    def jump_client_rows(self, expression=None):
        """Each row of GET /jump-client that the expression keeps, as it comes; NotFound without a Configuration API."""
        return filter(client_filter(expression), self._configuration.jump_clients())

    def jump_clients_online(self):
        """How many Jump Clients of the whole list are online, or may be; None without a Configuration API."""
        try:
            listing = self._configuration.jump_clients()
            return sum(may_be_online(read_jump_client(row, host=self.host)) for row in listing) + listing.unread
        except NotFound:
            return None

    def listed_jump_clients(self):
        """How many Jump Clients the Configuration API lists, by one small request; None where it cannot be asked for that."""
        try:
            return self._length()
        except PermissionMissing:
            return None

    def jumpoints(self):
        """Jumpoints as dicts; None without a Configuration API."""
        try:
            return [read_jumpoint(row, host=self.host).as_dict() for row in self._configuration.jumpoints()]
        except NotFound:
            return None

    def installers(self):
        """Jump Client installers as rows; None without a Configuration API."""
        try:
            return list(self._configuration.installers())
        except NotFound:
            return None

    def create_installer(self, fields):
        """The row of a new Jump Client installer, the only answer with its secret key. Sent once."""
        return Installers(self._transport, self._credentials).create(fields)

    def download_installer(self, installer_id, platform, write):
        """Stream an installer into write(bytes); its content type."""
        return Installers(self._transport, self._credentials).download(installer_id, platform, write)

    @property
    def _configuration(self):
        if not self._credentials.modern:
            raise NotFound("There is no Configuration API for a user with a password.", host=self.host)
        return Configuration(self._transport, self._credentials)

    def download_backup(self, write, password=None):
        """Stream the NSB file into write(bytes); the reply's headers."""
        return Backup(self._transport, self._credentials).download(write, password)

    def certificate(self, name=""):
        """The certificate that the appliance serves for a host name (its own when not given), DER bytes."""
        return self._transport.peer_certificate(name)

    def distrust(self, name):
        """Why that certificate would not be believed for the name; '' when it would."""
        return self._transport.distrust(name)

    def set_failover_role(self, role, *, data_sync_first, force=False):
        """Ask for a role; what the appliance says. Sent once; with a sync first the change only begins (interfaces 4.3)."""
        return self._command.set_failover_role(role, data_sync_first=data_sync_first, force=force)


def _counted(tally, listing):
    return dict(tally.counts(), listed=listing.listed, unread=listing.unread, complete=listing.complete, requests=listing.pages)
