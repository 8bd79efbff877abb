# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the XML of the Command API: by local name, and an <error> is a refusal whatever the status (interfaces 3.3)."""

from __future__ import annotations

import re

try:
    from defusedxml import DefusedXmlException, ElementTree
except ImportError:  # reported by the module before anything is read
    DefusedXmlException = ElementTree = None

from ..errors import AccessDenied, NotUnderstood, PermissionMissing, Refused
from .refusals import nothing

_CREDENTIALS = re.compile(r"\bcredentials?\b|\bpassword\b|\bauthenticat", re.I)
_PERMISSION = re.compile(r"\bpermissions?\b|\bnot allowed\b", re.I)


def document(answer, action, root_name, interface):
    """The root element of an answer, once it is the one that the action gives."""
    if not answer.body.strip():
        raise nothing(answer, interface)
    root = _parsed(answer, action)
    errors = [root] if local(root) == "error" else children(root, "error")
    if errors:
        raise _refused(errors[0], action, answer, interface)
    if local(root) != root_name:
        raise NotUnderstood(
            f"{action} brought <{local(root)}> instead of <{root_name}>.", host=answer.host, evidence=answer.evidence()
        )
    return root


def _parsed(answer, action):
    try:
        return ElementTree.fromstring(answer.body.strip())
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as exc:
        if _CREDENTIALS.search(answer.text) and len(answer.body) < 200:  # seen as plain text with 200 (interfaces 6)
            raise AccessDenied(f"{action} was turned down.", host=answer.host, evidence=answer.evidence()) from exc
        raise NotUnderstood(f"{action} did not bring XML.", host=answer.host, evidence=answer.evidence()) from exc


def _refused(element, action, answer, interface):
    """The texts are free and mostly unknown: words sharpen the kind of refusal, they never make it a success."""
    text = text_of(element) or "no reason"
    common = {"host": answer.host, "evidence": f"{text!r}."}
    if _CREDENTIALS.search(text):
        return AccessDenied(f"{action} was turned down.", remedy="Look at the credentials.", **common)
    if _PERMISSION.search(text):
        facts = {"permission": interface.permission.split()[0]}
        remedy = f"It needs {interface.permission} at least."
        return PermissionMissing(f"{action} was turned down.", remedy=remedy, facts=facts, **common)
    unknown = "This version does not know the command." if text.lower() == "invalid action" else ""
    return Refused(f"{action} was refused.", remedy=unknown, **common)


def text_of(element):
    """All text of an element, white space drawn together."""
    return " ".join("".join(element.itertext()).split())


def local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element, name):
    return [one for one in element if local(one) == name]


def below(element, name, inner):
    """All `inner` elements inside the children `name`."""
    return [leaf for one in children(element, name) for leaf in children(one, inner)]


def only(element, name, action, host):
    """The child of that name; NotUnderstood without one."""
    found = children(element, name)
    if not found:
        raise NotUnderstood(f"The answer to {action} lacks the field {name!r}.", host=host)
    return found[0]


def values(element):
    """{name: text} of attributes and children; a child wins over an attribute of the same name."""
    return {**element.attrib, **{local(one): (one.text or "").strip() for one in element}}


def time_of(element, name, fields):
    """Seconds since 1970 of a child that holds ISO text and an attribute ts (or timestamp), or None without it."""
    for one in children(element, name):
        stamp = one.get("ts") or one.get("timestamp") or ""
        if stamp.isdigit():
            return float(stamp)
    return fields.time(name, None)
