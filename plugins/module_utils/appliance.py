# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The facade of one appliance: one method per operation, whatever interface performs it. Takes and returns plain values."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .api.account import account_of
from .api.backup import Backup
from .api.clients import Clients
from .api.command import command
from .api.probes import check_health, mech_list
from .api.reporting import Reporting
from .api.site_lists import SiteLists
from .errors import ApplianceError, NotUnderstood
from .http.tls import MINIMUM
from .http.transport import Transport
from .model.health import observation
from .model.interfaces import describe_interfaces
from .storage.run_lock import heartbeat
from .storage.secret_cache import default_folder, open_cache
from .wait import pause, wait_until
from .web.pages import Pages

if TYPE_CHECKING:
    from .api.command_json import CommandJson
    from .api.command_xml import CommandXml
    from .api.credentials import Credentials
    from .model.health import ApiInfo, Health, LoggedIn, Member
    from .storage.secret_cache import Cache

_Found = TypeVar("_Found")


def connect(
    params: Mapping[str, Any],
    say: Callable[[str], None] = lambda text: None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = pause,
) -> Appliance:
    """An Appliance for the connection options of a module (options.CONNECTION_OPTIONS and WEB_OPTIONS). Sends nothing.

    clock and sleep are used by its waits and by the rate limit of an API account.
    """
    transport = Transport(
        params["url"],
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        timeout=params["timeout"],
        tls_minimum=params.get("tls_minimum") or MINIMUM,
        tls_ciphers=params.get("tls_ciphers") or (),
        sleep=sleep,
    )
    folder = params["cache_dir"] or default_folder()
    cache = open_cache(folder, say, named=bool(params["cache_dir"]))
    credentials = account_of(params, transport, cache, folder, say=say, clock=clock, sleep=sleep)
    return Appliance(transport, credentials, cache, Pages(transport, cache, params), say, clock, sleep)


class Appliance:
    """One appliance. Methods are named like the vendor's operations; each raises the errors of errors.py.

    host: its name in messages. say(text): shows one line of progress. clock(): seconds, to measure waits.
    pages: the operations of the web pages. clients, site_lists: the clients, and all else, that the Configuration API lists.
    request_sent: whether a request that changes the appliance was sent; the operation sets it. An error then leaves the result open.
    """

    def __init__(
        self,
        transport: Transport,
        credentials: Credentials,
        cache: Cache,
        pages: Pages,
        say: Callable[[str], None],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self.host, self.pages, self.say, self.request_sent = transport.host, pages, say, False
        self._transport, self._credentials, self._cache = transport, credentials, cache
        self.clients, self.site_lists = Clients(transport, credentials), SiteLists(transport, credentials)
        self._command_api: CommandJson | CommandXml | None = None
        self._time: dict[str, Any] = {"clock": clock, "sleep": sleep}
        self.clock = clock

    def with_connection(self, params: Mapping[str, Any]) -> Appliance:
        """An Appliance for other connection options (options.NODE), with the same progress, clock and sleep."""
        return connect(params, self.say, **self._time)

    def wait_until(self, probe: Callable[[], _Found], **how: Any) -> _Found:
        """wait.wait_until for this appliance, with progress shown. Each probe is a heartbeat of the run."""

        def probe_with_heartbeat() -> _Found:
            heartbeat()
            return probe()

        return wait_until(probe_with_heartbeat, host=self.host, say=self.say, **self._time, **how)

    # --- the documented API

    @property
    def _command(self) -> CommandJson | CommandXml:
        if self._command_api is None:
            self._command_api = command(self._transport, self._credentials, self._cache)
        return self._command_api

    def info(self) -> ApiInfo:
        """ApiInfo: API version, product, clock, permissions of the account."""
        return self._command.info()

    def health(self) -> Health:
        """Health: version, build, identity, roles."""
        return self._command.health()

    def members(self) -> tuple[Member, ...]:
        """The Members of the failover relation or cluster."""
        return self._command.members()

    def product(self) -> str:
        """'rs', 'pra', or '' if unknown: the XML Command API does not contain it, and the page that does is undocumented."""
        try:
            return mech_list(self._transport)["product"]
        except NotUnderstood:
            return ""

    def describe_interfaces(self) -> str:
        """A sentence that names the interfaces that respond while one fails: without it the error looks like a restart."""
        try:
            healthy, text = self.probe_health()
        except ApplianceError:
            return "/check_health does not respond either: the appliance may be starting or installing."
        return describe_interfaces(self._transport.answered_paths, healthy=healthy, text=text)

    def probe_health(self) -> tuple[bool, str]:
        """(healthy, text) of /check_health, which needs no account."""
        return check_health(self._transport)

    def observe(self, *, members: bool = False) -> dict[str, Any]:
        """All values of the Command API as one dict (`appliance` of appliance_info)."""
        return observation(self.info(), self.health(), self.members() if members else (), self.host)

    def client_counts(self) -> dict[str, int]:
        """Clients that are connected now, {type: number}."""
        return self._command.client_counts()

    def connected(self) -> tuple[dict[str, int], list[str]]:
        """(client_counts(), ids of the appliances that clients are connected to), by one request."""
        return self._command.connected()

    def logged_in(self) -> tuple[LoggedIn, ...]:
        """The representatives who are logged in now."""
        return self._command.logged_in()

    def support_teams(self) -> tuple[tuple[str, str], ...] | None:
        """(id, name) of each support team; None if this Command API has no command for them (JSON has none)."""
        return self._command.support_teams()

    def sessions(self) -> tuple[str, ...]:
        """Ids of the running sessions; from the report of the last day if the Command API does not contain them."""
        ids = self._command.sessions()
        if ids is not None:
            return ids
        info = self.info()
        return Reporting(self._transport, self._credentials).running_sessions(info.product or self.product(), info.clock)

    def terminate_session(self, lsid: str) -> None:
        """End one session. Sent once."""
        self._command.terminate_session(lsid)

    def logout(self, user_id: str) -> None:
        """Log a person out. Sent once."""
        self._command.logout(user_id)

    def download_backup(self, write: Callable[[bytes], Any], password: str | None = None) -> Mapping[str, str]:
        """Write the NSB file with write(bytes); return the headers of the response."""
        return Backup(self._transport, self._credentials).download(write, password)

    def certificate(self, name: str = "") -> bytes:
        """The certificate, DER bytes, that the appliance serves for a host name (its own host name by default)."""
        return self._transport.peer_certificate(name)

    def tls_version(self) -> str:
        """The TLS version of the last connection, as 'TLSv1.2'."""
        return self._transport.tls_version()

    @property
    def validates_certificates(self) -> bool:
        """Whether each connection verifies the certificate with its chain."""
        return self._transport.validates_certificates

    def distrust(self, name: str) -> str:
        """Why the certificate for that name is not trusted; '' if it is trusted."""
        return self._transport.distrust(name)

    def set_failover_role(self, role: str, *, data_sync_first: bool, force: bool = False) -> str:
        """Request a role; return the message of the appliance. Sent once. With data_sync_first the change only begins
        (docs/vendor/command-api.md#set_failover_role).
        """
        return self._command.set_failover_role(role, data_sync_first=data_sync_first, force=force)
