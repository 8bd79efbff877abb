# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the XML of the Command API by local name. An <error> is a refusal with any status (docs/vendor/command-api.md#error-document)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

try:
    from defusedxml import DefusedXmlException, ElementTree
except ImportError:  # reported by the module before anything is read
    DefusedXmlException = ElementTree = None

from ..errors import AccessDenied, NotUnderstood, PermissionMissing, Refused
from ..model.digits import whole_number
from ..model.login_words import about_credentials
from ..model.plain_text import plain_line
from .refusals import empty_response

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ..errors import ApplianceError
    from ..http.response import Response
    from ..model.fields import Fields
    from .refusals import Interface

_UNKNOWN_COMMAND = "invalid action"  # observed
_PERMISSION = re.compile(r"\bpermissions?\b|\bnot allowed\b", re.I)


def document(response: Response, action: str, root_name: str, interface: Interface) -> Element:
    """The root element of a response; NotUnderstood if it is not the element of the action."""
    if not response.body.strip():
        raise empty_response(response, interface)
    root = _parse(response, action)
    errors = [root] if local_name(root) == "error" else children(root, "error")
    if errors:
        refused = _refusal(errors[0], action, response, interface)
        refused.reason = text_of(errors[0])
        raise refused
    if local_name(root) != root_name:
        raise NotUnderstood(
            f"{action} returned <{local_name(root)}> instead of <{root_name}>.", host=response.host, evidence=response.evidence()
        )
    return root


def _parse(response: Response, action: str) -> Element:
    try:
        return ElementTree.fromstring(response.body.strip())
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as exc:  # LookupError: an unknown encoding
        if len(response.body) < 200 and about_credentials(response.text):  # observed as plain text with 200 (docs/vendor/backup-api.md)
            raise AccessDenied(f"{action} was refused.", host=response.host, evidence=response.evidence()) from exc
        raise NotUnderstood(f"{action} did not return XML.", host=response.host, evidence=response.evidence()) from exc


def _refusal(element: Element, action: str, response: Response, interface: Interface) -> Refused:
    """The refusal that an <error> means. Its texts are mostly unknown: words choose the class of the error, never a success."""
    text = text_of(element) or "no reason"
    common: dict[str, Any] = {"host": response.host, "evidence": f"{text!r}."}
    if about_credentials(text):
        return AccessDenied(f"{action} was refused.", remedy="Check the credentials.", **common)
    if _PERMISSION.search(text):
        facts = {"permission": interface.permission.split()[0]}
        remedy = f"It needs {interface.permission} at least."
        return PermissionMissing(f"{action} was refused.", remedy=remedy, facts=facts, **common)
    unknown = "This version does not know the command." if text.lower() == _UNKNOWN_COMMAND else ""
    return Refused(f"{action} was refused.", remedy=unknown, **common)


def is_unknown_command(error: ApplianceError) -> bool:
    """Whether the response says that the command is unknown; older versions lack some."""
    return getattr(error, "reason", "").lower() == _UNKNOWN_COMMAND


def text_of(element: Element) -> str:
    """All text of an element, with single blanks."""
    return " ".join(plain_line("".join(element.itertext())).split())


def own_text(element: Element) -> str:
    """The text of an element before its first child, '' without one."""
    return plain_line(element.text or "").strip()


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    return [one for one in element if local_name(one) == name]


def grandchildren(element: Element, name: str, inner: str) -> list[Element]:
    """All `inner` elements in the children `name`."""
    return [leaf for one in children(element, name) for leaf in children(one, inner)]


def require_child(element: Element, name: str, action: str, host: str) -> Element:
    """The child with that name; NotUnderstood without one."""
    found = children(element, name)
    if not found:
        raise NotUnderstood(f"The answer to {action} lacks the field {name!r}.", host=host)
    return found[0]


def values(element: Element) -> dict[str, str]:
    """{name: text} of attributes and children; a child wins over an attribute of the same name."""
    attributes = {name: plain_line(text) for name, text in element.attrib.items()}
    return {**attributes, **{local_name(one): own_text(one) for one in element}}


def read_time(element: Element, name: str, fields: Fields) -> float | None:
    """Seconds since 1970 of a child with ISO text and an attribute ts (or timestamp); None without it."""
    for one in children(element, name):
        stamp = whole_number(one.get("ts") or one.get("timestamp") or "")
        if stamp is not None and stamp < 253402300800:  # the year 10000
            return float(stamp)
    return fields.time(name, None)
