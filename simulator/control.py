# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The control port: plain HTTP and JSON on the loopback, for tests and for people who play (README.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import acts, export, world
from .api import rows
from .clock import to_epoch, to_iso
from .control_state import state_of, state_of_pair
from .faults import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .simulation import Simulation


HELP = {
    "GET /state": "the appliances as they are",
    "GET, POST /clock": "the time; {advance: seconds}, {set: date}, {speed: n}, {idle_speed: n}, {until_clients: seconds}",
    "GET, DELETE /requests": "the log; ?appliance= ?effect=read|write ?since=n",
    "GET, POST, DELETE /faults": "scripted faults: {match: {method, path, appliance, action}, fault, times, skip, ...}",
    "POST /world": "begin anew: {name: a shipped world}, or a world file as YAML",
    "POST /act": "{do: ..., appliance: ...}: " + ", ".join(sorted(acts.ACTS)),
    "GET /packages": "offline package files; GET /packages/ID?key=DOWNLOAD-KEY is one",
    "GET /console-export": "what a representative console exports: all Jump Clients as CSV; ?appliance=",
    "POST /stop": "end the simulator",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Control:
    """The WSGI application of the control port. on_stop() is called for POST /stop."""

    def __init__(self, simulation: Simulation, servers: Any, on_stop: Any = lambda: None) -> None:
        self._simulation, self._servers, self._on_stop = simulation, servers, on_stop
        self._map = Map(
            [
                Rule("/", endpoint=self._help, methods=["GET"]),
                Rule("/state", endpoint=self._state, methods=["GET"]),
                Rule("/clock", endpoint=self._clock, methods=["GET", "POST"]),
                Rule("/requests", endpoint=self._requests, methods=["GET", "DELETE"]),
                Rule("/faults", endpoint=self._faults, methods=["GET", "POST", "DELETE"]),
                Rule("/world", endpoint=self._world, methods=["POST"]),
                Rule("/act", endpoint=self._act, methods=["POST"]),
                Rule("/packages", endpoint=self._packages, methods=["GET"]),
                Rule("/packages/<name>", endpoint=self._package, methods=["GET"]),
                Rule("/console-export", endpoint=self._console_export, methods=["GET"]),
                Rule("/stop", endpoint=self._stop, methods=["POST"]),
            ]
        )

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.host.rpartition(":")[0] not in LOOPBACK:
            return _json({"error": "the control port answers to 127.0.0.1 and localhost only"}, 403)
        try:
            endpoint, values = self._map.bind("").match(request.path, request.method)
            with self._simulation.lock:
                self._simulation.settle()
                return endpoint(request, **values)
        except (acts.ActError, FaultError, world.WorldError, ValueError) as exc:
            return _json({"error": str(exc)}, 400)
        except (NotFound, MethodNotAllowed) as exc:
            return _json({"error": exc.description, "help": HELP}, exc.code)
        except HTTPException as exc:
            return _json({"error": exc.description}, exc.code)

    def _help(self, request: Request) -> Response:
        return _json({"simulator": self._simulation.world["name"], "addresses": HELP})

    def _state(self, request: Request) -> Response:
        appliances = self._servers.addresses()
        for shown, site in zip(appliances, self._simulation.sites, strict=True):
            shown.update(state_of(site.machine))
        pairs = self._servers.public_addresses()
        for shown, pair in zip(pairs, self._simulation.pairs, strict=True):
            shown.update(state_of_pair(pair))
        world_facts = {"world": self._simulation.world["name"], "clock": self._time(), "rates": self._simulation.meter.rates()}
        return _json({**world_facts, "appliances": appliances, "pairs": pairs})

    def _time(self) -> dict[str, Any]:
        clock = self._simulation.clock
        return {"now": to_iso(clock.now()), "epoch": clock.now(), "speed": clock.speed, "idle_speed": clock.idle_speed}

    def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            order, clock = _object(request), self._simulation.clock
            if unknown := set(order) - {"advance", "set", "speed", "idle_speed", "until_clients"}:
                raise ValueError(f"the clock does not know {sorted(unknown)[0]!r}")
            clock.set_speed(order.get("speed"), order.get("idle_speed"))
            if "set" in order:
                clock.set(to_epoch(order["set"]))
            clock.advance(float(order.get("advance", 0)))
            self._simulation.settle()
            self._simulation.pass_until_clients(float(order.get("until_clients", 0)))
        return _json(self._time())

    def _requests(self, request: Request) -> Response:
        if request.method == "DELETE":
            self._simulation.log.clear()
        wanted = request.args
        since = wanted.get("since", 0, type=int)
        return _json(self._simulation.log.entries(wanted.get("appliance"), wanted.get("effect"), since))

    def _faults(self, request: Request) -> Response:
        faults = self._simulation.faults
        if request.method == "DELETE":
            faults.clear()
        if request.method == "POST":
            given = request.get_json(force=True)
            for spec in given if isinstance(given, list) else [given]:
                faults.add(spec)
        return _json(faults.shown())

    def _world(self, request: Request) -> Response:
        """A JSON object with a name only is a shipped world; anything else is a world file."""
        text = request.get_data(as_text=True)
        data = yaml.safe_load(text) if text.lstrip().startswith("{") else None
        if isinstance(data, dict) and set(data) == {"name"}:
            chosen = world.load_shipped(data["name"])
        else:
            chosen = world.parse(text)
        self._simulation.replace(chosen)
        self._servers.follow()
        return self._state(request)

    def _act(self, request: Request) -> Response:
        self._simulation.waiting.clear()  # somebody changed something: nobody only waits
        return _json(acts.act(self._simulation, _object(request)))

    def _packages(self, request: Request) -> Response:
        """What the vendor's server would offer for download, for each appliance."""
        return _json(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "appliance": site.machine.name,
                    "file": f"{one.id}.nss",
                    "sha256": one.sha256(site.machine.guid),
                    "key": site.machine.download_key(),
                }
                for site in self._simulation.sites
                for one in site.machine.packages.all()
            ]
        )

    def _package(self, request: Request, name: str) -> Response:
        """The file for the appliance that the download key belongs to."""
        for site in self._simulation.sites:
            package = site.machine.packages.get(name)
            if package and site.machine.download_key() == request.args.get("key"):
                return Response(package.file(site.machine.guid), content_type="application/octet-stream")
        return _json({"error": "no such package for this key"}, 404)

    def _console_export(self, request: Request) -> Response:
        """Streamed: the file of 100,000 clients is never in memory as a whole."""
        simulation, name = self._simulation, request.args.get("appliance")
        try:
            machine = simulation.machine(name) if name else simulation.sites[0].machine
        except KeyError as exc:
            raise ValueError(f"no appliance is called {name!r}") from exc
        body = export.pieces(machine, simulation.lock, lambda index: rows.client_facts(machine, index))
        headers = {"Content-Disposition": 'attachment; filename="jump-clients.csv"'}
        return Response(body, content_type="text/csv; charset=utf-8", headers=headers)

    def _stop(self, request: Request) -> Response:
        """The process ends after the response is sent: its threads are not waited for."""
        response = _json({"stopping": True})
        response.call_on_close(self._on_stop)
        return response


def _object(request: Request) -> dict[str, Any]:
    data = request.get_json(force=True)
    if not isinstance(data, dict):
        raise ValueError("a JSON object is expected")
    return data


def _json(data: Any, status: Any = 200) -> Response:
    return Response(json.dumps(data, indent=1) + "\n", status=status, content_type="application/json")
