# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The ports: one HTTPS port for each appliance, one plain HTTP port on the loopback for the control."""

from __future__ import annotations

import ssl
import sys
import threading
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from . import tls
from .front import Front, PublicFront

if TYPE_CHECKING:
    from .simulation import Simulation


POLL = 0.02  # seconds after which a stopping server notices, if there are few; many that poll as often would keep a core busy
FEW = 4
PATIENCE = 60  # seconds a silent client is given


class Quiet(WSGIRequestHandler):
    """No line on the terminal for each request: the control port has the log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each call costs 40 ms
    wbufsize = 0  # buffered, the last chunk would wait for the end of the connection
    timeout = PATIENCE

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def log_error(self, format: Any, *args: Any) -> None:
        """Nor for what is no HTTP: the client gets its 400."""

    def parse_request(self) -> bool:
        """To a client of HTTP/1.0, as monitors are, nothing goes out in chunks."""
        understood = super().parse_request()
        if understood and self.request_version < "HTTP/1.1":
            self.protocol_version = "HTTP/1.0"
        return understood

    def handle_expect_100(self) -> bool:
        """Werkzeug sends it, once."""
        return True

    def connection_dropped(self, error: Any, environ: dict[str, Any] | None = None) -> None:
        """A dropped answer ends the connection: kept alive, it would leave the client waiting for nothing."""
        self.close_connection = True


class Secure(Quiet):
    """TLS begins here, in the client's own thread, so that a silent client keeps nobody else waiting."""

    def setup(self) -> None:
        if self.server.app.down():
            raise ConnectionResetError("the machine is down")
        self.request.settimeout(PATIENCE)
        self.request = self.server.tls().wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.request.close()

    def version_string(self) -> str:
        return self.server.app.server_header()


class Port(ThreadedWSGIServer):
    """One listening port in a thread of its own."""

    def __init__(self, host: str, port: int, app: Any, handler: Any = Quiet) -> None:
        super().__init__(host, port, app, handler)
        self._thread: threading.Thread | None = None

    def tls(self) -> ssl.SSLContext | None:
        """The context for the next connection; asked each time, since the world, or the node behind the port, may change."""
        if self.app.strange():
            return tls.strange_context()
        renewed = self.app.renewed()
        return tls.server_context(renewed) if renewed else self.ssl_context

    def start(self, count: int = 1) -> None:
        """Serve in a thread. count: of all ports."""
        poll = POLL * max(1, count / FEW)
        self._thread = threading.Thread(target=self.serve_forever, args=(poll,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        if self._thread:
            self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up or do not like our certificate are no news."""
        if not isinstance(sys.exception(), OSError | ssl.SSLError):
            super().handle_error(request, client_address)


class PublicPort(Port):
    """The public name of a pair: answers with the certificate of the node that it leads to."""

    def __init__(self, host: str, port: int, app: Any, ports: Any) -> None:
        super().__init__(host, port, app, Secure)
        self._ports = ports

    def tls(self) -> ssl.SSLContext | None:
        return self._ports[self.app.position()].tls()


# Distance of the public names' ports to the first appliance's, so that a world with more appliances can follow.
PUBLIC = 100


class Servers:
    """All ports of a simulation. The n-th appliance of the world answers on the n-th port, whatever the world; so do pairs."""

    def __init__(self, simulation: Simulation, host: str = "127.0.0.1", port: int = 0) -> None:
        self._simulation, self._host, self._first = simulation, host, port
        self.ports, self.public = [], []
        self.follow()

    def follow(self) -> None:
        """After another world was loaded: more ports if it has more appliances, and new certificates."""
        for position, site in enumerate(self._simulation.sites):
            if position == len(self.ports):
                wanted = self._first + position if self._first else 0
                self.ports.append(Port(self._host, wanted, Front(self._simulation, position), Secure))
                self.ports[-1].ssl_context = tls.server_context(site.machine)
                self.ports[-1].start(len(self._simulation.sites))
            else:
                self.ports[position].ssl_context = tls.server_context(site.machine)
        for number, pair in enumerate(self._simulation.pairs):
            if number == len(self.public):
                wanted = self._first + PUBLIC + number if self._first else 0
                self.public.append(PublicPort(self._host, wanted, PublicFront(self._simulation, number), self.ports))
                self.public[-1].start()
            pair.ports = {one["name"]: int(one["url"].rpartition(":")[2]) for one in self.addresses()}

    def addresses(self) -> list[dict[str, str]]:
        """[{name, url, hostname, guid}] of the present world."""
        return [
            {
                "name": site.machine.name,
                "url": self._url(port),
                "hostname": site.machine.hostname,
                "guid": site.machine.guid,
            }
            for site, port in zip(self._simulation.sites, self.ports, strict=False)
        ]

    def public_addresses(self) -> list[dict[str, str]]:
        """[{name, url, hostname}] of the public names of the present world's pairs."""
        return [
            {"name": pair.name, "url": self._url(port), "hostname": pair.public_hostname}
            for pair, port in zip(self._simulation.pairs, self.public, strict=False)
        ]

    def _url(self, port: Port) -> str:
        shown = "127.0.0.1" if self._host in ("0.0.0.0", "::") else self._host
        return f"https://{shown}:{port.port}"

    def stop(self) -> None:
        """All at once: each may take as long as it polls."""
        threads = [threading.Thread(target=port.stop) for port in (*self.ports, *self.public)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
