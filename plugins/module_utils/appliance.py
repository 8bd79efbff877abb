# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The facade: what one appliance can be asked and told, whatever interface does it. Takes and returns plain values."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from .api.backup import Backup
from .api.command import command
from .api.probes import check_health, mech_list
from .api.reporting import Reporting
from .appliance_clients import ConfiguredClients
from .credentials import Legacy, OAuth
from .errors import NotUnderstood
from .lock import heartbeat
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


class Appliance(ConfiguredClients):
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
