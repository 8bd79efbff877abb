# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The front of one appliance: takes a request, looks whether the machine is up, lets faults in, writes the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from .acts import ActError, act
from .api.answers import document_not_found
from .broken import Dropped
from .generations import Generation
from .pages.visit import SIGNED_OUT
from .requestlog import question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .machine.appliance import Machine
    from .simulation import Simulation


BUSY_PAGE = """<!DOCTYPE html>
<html><head><title>Please wait</title></head>
<body><h1>The site is temporarily unavailable.</h1><p>Software is being installed.</p></body></html>
"""


class Front:
    """The WSGI application of the appliance at one position of the world. via: how a request came, for the log."""

    via = ""

    def __init__(self, simulation: Simulation, position: Any) -> None:
        self._simulation, self._position = simulation, position

    def position(self) -> int:
        return self._position

    def down(self) -> bool:
        """Does the machine not even accept a connection now?"""
        with self._simulation.lock:
            site = self._simulation.site(self.position())
            if site is None:
                return True
            site.machine.settle()
            if site.machine.is_down() != "all":
                return False
            self._simulation.knocked(site.machine)
            return site.machine.is_down() == "all"

    def strange(self) -> bool:
        """Does the machine serve a certificate that nobody knows?"""
        with self._simulation.lock:
            site = self._simulation.site(self.position())
            return site is not None and site.machine.strange_certificate

    def renewed(self) -> Machine | None:
        """The machine, if somebody replaced its certificate since it was started; else None."""
        with self._simulation.lock:
            site = self._simulation.site(self.position())
            return site.machine if site is not None and site.machine.renewed_certificate else None

    def server_header(self) -> str:
        with self._simulation.lock:
            site = self._simulation.site(self.position())
            return Generation(site.machine).server_header if site else ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            request.get_data(parse_form_data=True)  # before the lock: a client may send slowly
            response = self._answer(request)
        except HTTPException as exc:
            response = exc.get_response(environ)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        simulation = self._simulation
        with simulation.lock:
            site = simulation.site(self.position())
            if site is None:
                raise Dropped("no such appliance in this world")
            hitting = simulation.faults.hitting(request, site.machine.name)
        for fault in hitting:
            if fault.kind == "delay":
                simulation.faults.sleep(fault.option("seconds", 1))
        with simulation.lock:
            return self._handled(request, site, hitting)

    def _handled(self, request: Request, site: Any, hitting: Any) -> Response:
        machine, simulation = site.machine, self._simulation
        names = ", ".join(fault.kind for fault in hitting) or None
        asked = question(request)
        what = asked and (self.via, machine.name, *asked)
        client = request.remote_addr, request.user_agent.string
        simulation.asked(machine, client, what)
        machine.writes.clear()
        status = None
        try:
            response = self._faulty(request, site, hitting)
            status = response.status_code
            return response
        finally:
            simulation.log.add(request, machine, status, machine.writes, names, self.via)
            refused = status == 401 or request.environ.get(SIGNED_OUT, False)
            simulation.answered(machine, client, what, refused=refused, written=bool(machine.writes))

    def _faulty(self, request: Request, site: Any, hitting: Any) -> Response:
        """The answer after all faults have had their say. Raises Dropped."""
        faults, namespace = self._simulation.faults, Generation(site.machine).namespace
        for fault in hitting:
            if fault.kind == "act":
                self._act(fault, site.machine.name)
            if fault.kind == "drop_before":
                raise Dropped("fault drop_before")
            if fault.kind == "expire_token":
                site.machine.tokens.clear()
            if fault.kind == "expire_session":
                site.pages.end_sessions()
        instead = [answer for answer in (faults.instead(fault, namespace) for fault in hitting) if answer]
        response = instead[0] if instead else self._real(request, site)
        for fault in hitting:
            response = faults.afterwards(fault, response)
        return response

    def _act(self, fault: Any, name: str) -> None:
        """What cannot be done now is not done; the list of faults tells why."""
        try:
            act(self._simulation, {"appliance": name, **fault.spec["act"]})
        except ActError as exc:
            fault.problem = str(exc)

    def _real(self, request: Request, site: Any) -> Response:
        """What the appliance itself answers."""
        down = site.machine.is_down()
        if down == "all":
            raise Dropped("the machine is down")
        if down == "site" and not request.path.startswith("/appliance"):
            return _while_installing(site.machine.down_style)
        return site.answer(request) or document_not_found()


class PublicFront(Front):
    """The public name of a pair: leads to whichever node DNS, NAT or the shared IP points at."""

    via = "public"

    def position(self) -> int:
        """That of the node; of none, when the world has no such pair."""
        with self._simulation.lock:
            pairs, sites = self._simulation.pairs, self._simulation.sites
            if self._position >= len(pairs):
                return len(sites)
            pair = pairs[self._position]
            return [site.machine for site in sites].index(pair.node(pair.front))


def _while_installing(style: Any) -> Response:
    """What the site serves during an installation is UNKNOWN (interfaces, trap 8): the world chooses."""
    if style == "drop":
        raise Dropped("the site is down")
    status = 503 if style == "503" else 200
    return Response(BUSY_PAGE, status=status, content_type="text/html; charset=UTF-8")
