# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Status > Information: version and build of the product, clients online. A Jump Client online here is upgraded."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from ...model.version import find_version
from ..html.facts import describe_conflict, pick, read_facts
from ..html.text import fold
from ..navigation import Place

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.facts import Facts
    from ..html.page import Page
    from ..labels import Labels

_BUILD = re.compile(r"\d+\.\d+(?:\.\d+)*\s*\(([^()]+)\)")
_NUMBER = re.compile(r"^\d{1,7}$")
_CLIENTS = re.compile(r"client|representative|console|jumpoint|techniker|konsole", re.I)


@dataclass(frozen=True)
class Information:
    """version: X.Y.Z. build: '' if not shown. clients_online: int or None. by_kind: {label: count} of clients.

    fields: every label with its value.
    """

    version: str
    build: str = ""
    clients_online: Any = None
    by_kind: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read(browser: Browser) -> Information:
    """Read the page. PageNotUnderstood if it shows no version."""
    page = browser.open(PLACE)
    facts, labels = read_facts(page), browser.labels
    shown = _version_text(facts, labels)
    if not shown:
        raise browser.not_understood(
            page, "Status > Information", "product_version", seen=describe_conflict(facts, labels, "product_version", find_version)
        )
    build = pick(facts, labels, "product_build")
    inside = _BUILD.search(shown)
    by_kind = {
        label: int(value)
        for label, value in facts.items()
        if _NUMBER.match(value) and (_CLIENTS.search(label) or fold(label) in labels.folded("clients_online"))
    }
    online = pick(facts, labels, "clients_online")
    return Information(
        find_version(shown) or "",
        build or (inside.group(1).strip() if inside else ""),
        int(online) if _NUMBER.match(online) else None,
        by_kind,
        facts,
    )


def _version_text(facts: Facts, labels: Labels) -> str:
    """The value with the product's version: under a known label, in the order of the wordings."""
    values = next(
        (
            found
            for found in ([value for value in facts.values_of(text) if find_version(value)] for text in labels.folded("product_version"))
            if found
        ),
        [],
    )
    return values[0] if len(set(map(find_version, values))) == 1 else ""


def _recognize(page: Page, labels: Labels) -> bool:
    return bool(_version_text(read_facts(page), labels))


PLACE = Place(
    "information", "Status > Information", (("menu_information",), ("menu_status", "menu_information"), ("menu_status",)), _recognize
)
