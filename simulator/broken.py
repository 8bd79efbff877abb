# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The broken answers that faults give: other bodies in place of the real one, and real ones made worse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from werkzeug.wrappers import Response

from .api.answers import DENIED

LOGIN_PAGE = """<!DOCTYPE html>
<html><head><title>Login</title></head><body><h1>Login</h1><form method="post" action="/login/login">
<label for="u">Username</label><input id="u" name="login[username]">
<label for="p">Password</label><input id="p" name="login[password]" type="password">
<input type="submit" value="Login"></form></body></html>
"""


class Dropped(ConnectionResetError):
    """Close the connection without (the rest of) an answer; Werkzeug then closes it."""


def _status(fault: Any, namespace: str) -> Response:
    status = fault.option("status", 503)
    body = fault.option("body", f"<html><body><h1>{status}</h1></body></html>")
    return Response(body, status=status, content_type="text/html", headers=fault.option("headers", {}))


def _body(fault: Any, namespace: str) -> Response:
    kind = fault.option("content_type", "text/plain; charset=UTF-8")
    return Response(fault.option("body", ""), status=fault.option("status", 200), content_type=kind)


def _login_page(fault: Any, namespace: str) -> Response:
    return Response(LOGIN_PAGE, status=fault.option("status", 200), content_type="text/html; charset=UTF-8")


def _xml_error(fault: Any, namespace: str) -> Response:
    """An error within a 200: as the root, or inside the root named by `inside`."""
    root = ElementTree.Element(fault.option("inside", "error"), {"xmlns": namespace})
    place = ElementTree.SubElement(root, "error") if "inside" in fault.spec else root
    place.text = fault.option("text", "An internal error occurred.")
    body = '<?xml version="1.0" encoding="UTF-8"?>\n\n' + ElementTree.tostring(root, encoding="unicode")
    return Response(body, content_type="text/xml; charset=UTF-8")


def _json_error(fault: Any, namespace: str) -> Response:
    status = fault.option("status", 401)
    data = DENIED if "text" not in fault.spec else {"message": fault.spec["text"]}
    return Response(json.dumps(data), status=status, content_type="application/json")


def _with_pieces(response: Response, pieces: Any, length: Any = None) -> Response:
    """The response with another body; without a length it goes out in chunks."""
    response.headers.pop("Content-Length", None)
    if length is not None:
        response.headers["Content-Length"] = str(length)
    response.response = pieces
    return response


def slow_drip(fault: Any, response: Response, sleep: Any) -> Response:
    """A few bytes at a time, with real seconds between them."""
    data, size, seconds = response.get_data(), fault.option("size", 1), fault.option("seconds", 0.2)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(data), size):
            sleep(seconds)
            yield data[start : start + size]

    return _with_pieces(response, pieces())


def _truncate(fault: Any, response: Response) -> Response:
    """The body is cut and the connection with it; a length that was announced stays announced."""
    announced = response.headers.get("Content-Length")
    data = response.get_data()
    kept = data[: fault.option("keep", len(data) // 2)]

    def pieces() -> Iterator[bytes]:
        yield kept
        raise Dropped("fault truncate")

    return _with_pieces(response, pieces(), announced and len(data))


def _content_type(fault: Any, response: Response) -> Response:
    response.headers["Content-Type"] = fault.option("content_type", "text/html; charset=UTF-8")
    return response


def _change_field(fault: Any, response: Response) -> Response:
    """Take a field away, or give it a value of another type, wherever it stands in a JSON or XML answer.

    The field is named, or is the nth of all that this answer has.
    """
    data = response.get_data()
    if (response.mimetype or "").endswith("xml"):
        root = ElementTree.fromstring(data)
        names = {one.tag.rpartition("}")[2] for one in root.iter() if one is not root}
    elif response.mimetype == "application/json":
        root = json.loads(data)
        names = _names_in(root)
    else:
        return response
    field = fault.spec.get("field") or _nth(names, fault.spec["nth"])
    if field is None:
        return response
    is_xml = (response.mimetype or "").endswith("xml")
    changed = _change_xml(root, field, fault) if is_xml else json.dumps(_change_json(root, field, fault)).encode()
    return _with_pieces(response, iter([changed]))


def _nth(names: Any, number: int) -> str | None:
    return sorted(names)[number % len(names)] if names else None


def _names_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_names_in, value))
    return set(value).union(*map(_names_in, value.values())) if isinstance(value, dict) else set()


def _change_json(value: Any, field: Any, fault: Any) -> Any:
    if isinstance(value, list):
        return [_change_json(item, field, fault) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _change_json(item, field, fault) for key, item in value.items() if key != field}
    if fault.kind == "wrong_type" and field in value:
        changed[field] = fault.option("value", _other_type(value[field]))
    return changed


def _other_type(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return "unexpected text"
    return 12345 if isinstance(value, str) else "unexpected text"


def _change_xml(root: Any, field: Any, fault: Any) -> bytes:
    ElementTree.register_namespace("", root.tag.partition("}")[0].lstrip("{"))
    for parent in list(root.iter()):
        for child in [one for one in parent if one.tag.rpartition("}")[2] == field]:
            if fault.kind == "remove_field":
                parent.remove(child)
            else:
                child.text = str(fault.option("value", "unexpected text"))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n\n' + ElementTree.tostring(root)


INSTEAD = {
    "status": _status,
    "body": _body,
    "login_page": _login_page,
    "xml_error": _xml_error,
    "json_error": _json_error,
}
AFTERWARDS = {
    "truncate": _truncate,
    "content_type": _content_type,
    "remove_field": _change_field,
    "wrong_type": _change_field,
}
