# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Scripted faults: what may go wrong between a client and an appliance, on demand (README.md lists them all)."""

import difflib
import fnmatch
import json
import time
from xml.etree import ElementTree

from werkzeug.wrappers import Response

from .api.answers import DENIED

BEFORE = ("drop_before", "delay", "status", "body", "login_page", "xml_error", "json_error", "expire_token",
          "expire_session")  # fmt: skip
AFTER = ("drop_after", "truncate", "content_type", "remove_field", "wrong_type", "slow_drip")
MATCH = ("method", "path", "appliance", "action")
OPTIONS = {
    "delay": ("seconds",),
    "status": ("status", "body", "headers"),
    "body": ("body", "content_type", "status"),
    "login_page": ("status",),
    "xml_error": ("text", "inside"),
    "json_error": ("text", "status"),
    "truncate": ("keep",),
    "content_type": ("content_type",),
    "remove_field": ("field",),
    "wrong_type": ("field", "value"),
    "slow_drip": ("seconds", "size"),
}
LOGIN_PAGE = """<!DOCTYPE html>
<html><head><title>Login</title></head><body><h1>Login</h1><form method="post" action="/login/login">
<label for="u">Username</label><input id="u" name="login[username]">
<label for="p">Password</label><input id="p" name="login[password]" type="password">
<input type="submit" value="Login"></form></body></html>
"""


class FaultError(ValueError):
    """A fault that cannot be scripted so; the text is for the person who wrote it."""


class Dropped(ConnectionResetError):
    """Close the connection without (the rest of) an answer; Werkzeug then closes it."""


class Fault:
    """One scripted fault: what it hits, how many matching requests pass first (skip), how many it hits (times)."""

    def __init__(self, number, spec):
        self.number, self.kind, self.spec = number, spec.get("fault"), spec
        self.match = spec.get("match", {})
        _check(spec, self.kind, self.match)
        self.skip, self.left = spec.get("skip", 0), spec.get("times", 1)
        self.hits = 0

    def meets(self, request, appliance):
        """Does it hit this request? Counts skip and times."""
        if self.left == 0 or not self._fits(request, appliance):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.hits += 1
        self.left = None if self.left is None else self.left - 1
        return True

    def _fits(self, request, appliance):
        seen = {"method": request.method, "path": request.path, "appliance": appliance,
                "action": request.values.get("action", "")}
        return all(fnmatch.fnmatchcase(seen[key], str(pattern)) for key, pattern in self.match.items())

    def option(self, name, otherwise):
        return self.spec.get(name, otherwise)

    def shown(self):
        return {**self.spec, "id": self.number, "left": self.left, "hits": self.hits}


def _check(spec, kind, match):
    if kind not in BEFORE + AFTER:
        near = difflib.get_close_matches(str(kind), BEFORE + AFTER, n=1)
        raise FaultError(f"no fault is called {kind!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    known = ("match", "fault", "times", "skip", *OPTIONS.get(kind, ()))
    for place, names, allowed in (("a fault", spec, known), ("match", match, MATCH)):
        if unknown := sorted(set(names) - set(allowed)):
            raise FaultError(f"{place} {kind} does not know {unknown[0]!r} (known: {', '.join(allowed)})")
    if kind in ("remove_field", "wrong_type") and not spec.get("field"):
        raise FaultError(f"{kind} needs a field")


class Faults:
    """All scripted faults of a simulation. sleep is injectable for tests."""

    def __init__(self, sleep=time.sleep):
        self._faults, self._count, self.sleep = [], 0, sleep

    def add(self, spec):
        self._count += 1
        fault = Fault(self._count, spec)
        self._faults.append(fault)
        return fault

    def clear(self):
        self._faults.clear()

    def shown(self):
        return [fault.shown() for fault in self._faults]

    def hitting(self, request, appliance):
        """The faults that hit this request, in the order in which they were scripted."""
        return [fault for fault in self._faults if fault.meets(request, appliance)]

    def instead(self, fault, namespace):
        """The answer that a fault gives in place of the appliance's, or None."""
        makers = {"status": _status, "body": _body, "login_page": _login_page, "xml_error": _xml_error,
                  "json_error": _json_error}
        maker = makers.get(fault.kind)
        return maker(fault, namespace) if maker else None

    def afterwards(self, fault, response):
        """The answer as the fault leaves it. Raises Dropped."""
        if fault.kind == "drop_after":
            raise Dropped("fault drop_after")
        changers = {"truncate": _truncate, "content_type": _content_type, "remove_field": _change_field,
                    "wrong_type": _change_field, "slow_drip": self._drip}
        changer = changers.get(fault.kind)
        return changer(fault, response) if changer else response

    def _drip(self, fault, response):
        data, size, seconds = response.get_data(), fault.option("size", 1), fault.option("seconds", 0.2)

        def pieces():
            for start in range(0, len(data), size):
                self.sleep(seconds)
                yield data[start : start + size]

        return _with_pieces(response, pieces())


def _status(fault, namespace):
    status = fault.option("status", 503)
    body = fault.option("body", f"<html><body><h1>{status}</h1></body></html>")
    return Response(body, status=status, content_type="text/html", headers=fault.option("headers", {}))


def _body(fault, namespace):
    kind = fault.option("content_type", "text/plain; charset=UTF-8")
    return Response(fault.option("body", ""), status=fault.option("status", 200), content_type=kind)


def _login_page(fault, namespace):
    return Response(LOGIN_PAGE, status=fault.option("status", 200), content_type="text/html; charset=UTF-8")


def _xml_error(fault, namespace):
    """An error within a 200: as the root, or inside the root named by `inside`."""
    root = ElementTree.Element(fault.option("inside", "error"), {"xmlns": namespace})
    place = ElementTree.SubElement(root, "error") if "inside" in fault.spec else root
    place.text = fault.option("text", "An internal error occurred.")
    body = '<?xml version="1.0" encoding="UTF-8"?>\n\n' + ElementTree.tostring(root, encoding="unicode")
    return Response(body, content_type="text/xml; charset=UTF-8")


def _json_error(fault, namespace):
    status = fault.option("status", 401)
    data = DENIED if "text" not in fault.spec else {"message": fault.spec["text"]}
    return Response(json.dumps(data), status=status, content_type="application/json")


def _with_pieces(response, pieces, length=None):
    """The response with another body; without a length it goes out in chunks."""
    response.headers.pop("Content-Length", None)
    if length is not None:
        response.headers["Content-Length"] = str(length)
    response.response = pieces
    return response


def _truncate(fault, response):
    """The body is cut and the connection with it; a length that was announced stays announced."""
    announced = response.headers.get("Content-Length")
    data = response.get_data()
    kept = data[: fault.option("keep", len(data) // 2)]

    def pieces():
        yield kept
        raise Dropped("fault truncate")

    return _with_pieces(response, pieces(), announced and len(data))


def _content_type(fault, response):
    response.headers["Content-Type"] = fault.option("content_type", "text/html; charset=UTF-8")
    return response


def _change_field(fault, response):
    """Take a field away, or give it a value of another type, wherever it stands in a JSON or XML answer."""
    data = response.get_data()
    if response.mimetype.endswith("xml"):
        changed = _change_xml(data, fault)
    elif response.mimetype == "application/json":
        changed = json.dumps(_change_json(json.loads(data), fault)).encode()
    else:
        return response
    return _with_pieces(response, iter([changed]))


def _change_json(value, fault):
    if isinstance(value, list):
        return [_change_json(item, fault) for item in value]
    if not isinstance(value, dict):
        return value
    field = fault.spec["field"]
    changed = {key: _change_json(item, fault) for key, item in value.items() if key != field}
    if fault.kind == "wrong_type" and field in value:
        changed[field] = fault.option("value", _other_type(value[field]))
    return changed


def _other_type(value):
    if isinstance(value, bool | int | float) or value is None:
        return "unexpected text"
    return 12345 if isinstance(value, str) else "unexpected text"


def _change_xml(data, fault):
    root = ElementTree.fromstring(data)
    ElementTree.register_namespace("", root.tag.partition("}")[0].lstrip("{"))
    for parent in list(root.iter()):
        for child in [one for one in parent if one.tag.rpartition("}")[2] == fault.spec["field"]]:
            if fault.kind == "remove_field":
                parent.remove(child)
            else:
                child.text = str(fault.option("value", "unexpected text"))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n\n' + ElementTree.tostring(root)
