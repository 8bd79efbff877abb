# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Status > Information: product version and build, clients online. A Jump Client online here has upgraded."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from ..model.version import find_version
from .facts import pick, read_facts
from .navigation import Place
from .text import fold

_BUILD = re.compile(r"\d+\.\d+(?:\.\d+)*\s*\(([^()]+)\)")
_NUMBER = re.compile(r"^\d{1,7}$")
_CLIENTS = re.compile(r"client|representative|console|jumpoint|techniker|konsole", re.I)


@dataclass(frozen=True)
class Information:
    """version: X.Y.Z; build: '' if not shown; clients_online: int or None; by_kind: {label: count} of the clients that
    the page counts; fields: every pair of label and value.
    """

    version: str
    build: str = ""
    clients_online: Any = None
    by_kind: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)

    def as_dict(self):
        return asdict(self)


def read(browser):
    """Read the page. PageNotUnderstood if it shows no version."""
    page = browser.open(PLACE)
    facts, labels = read_facts(page), browser.labels
    shown = _version_text(facts, labels)
    if not shown:
        raise browser.not_understood(page, "Status > Information", "product_version")
    build = pick(facts, labels, "product_build")
    inside = _BUILD.search(shown)
    by_kind = {label: int(value) for label, value in facts.items()
               if _NUMBER.match(value) and (_CLIENTS.search(label) or fold(label) in labels.folded("clients_online"))}
    online = pick(facts, labels, "clients_online")
    return Information(find_version(shown), build or (inside.group(1).strip() if inside else ""),
                       int(online) if _NUMBER.match(online) else None, by_kind, facts)


def _version_text(facts, labels):
    """The value with the product's version: under a known label, in the order of the wordings."""
    by_label = {fold(label): value for label, value in reversed(list(facts.items()))}
    return next((by_label[text] for text in labels.folded("product_version")
                 if find_version(by_label.get(text, ""))), "")


def _recognise(page, labels):
    return bool(_version_text(read_facts(page), labels))


PLACE = Place("information", "Status > Information",
              (("menu_information",), ("menu_status", "menu_information"), ("menu_status",)), _recognise)
