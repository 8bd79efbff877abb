# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A small table of JSON routes on top of werkzeug.routing, shared by the two JSON APIs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.wrappers import Response

from . import answers
from .checks import wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Handler = Callable[..., Response]
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine
    from .answers import Stop


class Routes:
    """Paths under a base; `parameters` of a route are the query parameters that it knows, with their checks where they have any."""

    def __init__(self, base: Any) -> None:
        self.base = base
        self._map = Map(strict_slashes=True, merge_slashes=False, redirect_defaults=False)
        self.table = []

    def route(self, method: str, path: str, parameters: Any = (), fields: Any = None) -> Callable[[Handler], Handler]:
        """Decorator. fields: what a JSON body may have, or fields(machine) -> {name: check}; None where anything goes."""

        def register(function: Any) -> Handler:
            endpoint = Endpoint(function, method, path, parameters, fields)
            self._map.add(Rule(self.base + path, endpoint=endpoint, methods=[method]))
            self.table.append(endpoint)
            return function

        return register

    def find(self, request: Request) -> tuple[Endpoint, Mapping[str, Any]]:
        """(endpoint, values of the path). Raises answers.Stop for OPTIONS, 404 and 405."""
        adapter = self._map.bind("")
        if request.method == "OPTIONS":
            allowed = adapter.allowed_methods(request.path)
            raise answers.Stop(self._options(sorted({*allowed, "OPTIONS"})) if allowed else _nothing())
        try:
            return adapter.match(request.path, method=request.method)
        except MethodNotAllowed as exc:
            raise answers.Stop(answers.wrong_method(sorted({*(exc.valid_methods or ()), "OPTIONS"}))) from None
        except (NotFound, RequestRedirect):
            raise answers.Stop(_nothing()) from None

    @staticmethod
    def _options(allowed: Any) -> Response:
        return Response(status=200, headers={"Allow": ", ".join(allowed)})


class Endpoint:
    """One method of one path."""

    def __init__(self, run: Any, method: str, path: str, parameters: Any, fields: Any) -> None:
        self.run, self.method, self.path, self.parameters, self.fields = run, method, path, parameters, fields

    def unknown(self, request: Request, body: Any, machine: Machine | None = None) -> list[str]:
        """Query parameters and body fields that it does not know."""
        names = [name for name in request.args if name not in self.parameters]
        known = self._fields(machine)
        return names + [name for name in body if known is not None and name not in known]

    def wrong(self, request: Request, body: Any, machine: Machine) -> dict[str, str]:
        """{name: sentence} of parameters and fields with a value that they cannot have."""
        checks = {"query": self.parameters, "body": self._fields(machine)}
        sent = {"query": request.args, "body": body}
        return {name: why for part in checks if isinstance(checks[part], dict) for name, why in wrong(sent[part], checks[part]).items()}

    def _fields(self, machine: Machine | None) -> Any:
        return self.fields(machine) if callable(self.fields) else self.fields


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request, {} where there is none; Stop with 422 for anything else."""
    if not request.get_data() and not request.form:
        return {}
    data = request.get_json(silent=True) if request.is_json else None
    if not isinstance(data, dict):
        raise invalid(body="The request body must be a JSON object.")
    return data


def invalid(**errors: Any) -> Stop:
    """422 with one text for each field."""
    data = {"message": "The given data was invalid.", "errors": {key: [text] for key, text in errors.items()}}
    return answers.Stop(answers.as_json(data, 422))


def _nothing() -> Response:
    return answers.message("Not found.", 404)


@functools.cache
def describe(routes: Any, title: Any, version: str) -> dict[str, Any]:
    """An OpenAPI document of our own making with the same paths: {} of openapi, info, paths."""
    paths = {}
    for endpoint in routes.table:
        path = endpoint.path.replace("<int:", "{").replace("<", "{").replace(">", "}")
        inside = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in endpoint.parameters]
        for part in path.split("/"):
            if part.startswith("{"):
                inside.append({"name": part[1:-1], "in": "path", "required": True, "schema": {"type": "string"}})
        operation = {"parameters": inside, "responses": {"default": {"description": "See the vendor's documentation."}}}
        paths.setdefault(path, {})[endpoint.method.lower()] = operation
    info = {"title": title, "version": version, "description": "Made by the simulator."}
    return {"openapi": "3.0.3", "info": info, "servers": [{"url": routes.base}], "paths": paths}
