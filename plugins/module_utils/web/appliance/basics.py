# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Status > Basics: model, serial number, Base version, system time. The page also has restart and reset."""

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

_GUID = re.compile(r"\b(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", re.I)


@dataclass(frozen=True)
class Basics:
    """Texts as the page shows them, '' if it does not. base_version is X.Y.Z alone, guid 32 lower-case hex digits.

    fields: every label with its value, for the support bundle.
    """

    base_version: str
    model: str = ""
    serial: str = ""
    system_time: str = ""
    guid: str = ""
    hostname: str = ""
    fields: dict = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read(browser: Browser) -> Basics:
    """Read the page. PageNotUnderstood if it shows no Base version."""
    page = browser.open(PLACE)
    facts = read_facts(page)
    base = find_version(_base(facts, browser.labels))
    if base is None:
        raise browser.not_understood(
            page,
            "Status > Basics",
            "base_version",
            "serial",
            "model",
            seen=describe_conflict(facts, browser.labels, "base_version", find_version),
        )
    texts = {key: pick(facts, browser.labels, key) for key in ("model", "serial", "system_time", "guid", "hostname")}
    guid = _GUID.search(texts["guid"])
    texts["guid"] = guid.group(0).replace("-", "").lower() if guid else texts["guid"]
    return Basics(base_version=base, fields=facts, **texts)


def _base(facts: Facts, labels: Labels) -> str:
    """The text with the Base version: under a known label, or under one that contains Base."""
    known = pick(facts, labels, "base_version", find_version)
    if find_version(known) or describe_conflict(facts, labels, "base_version", find_version):
        return known
    return next((value for label, value in facts.items() if re.search(r"\bbase\b|\bbasis", fold(label)) and find_version(value)), "")


def _recognize(page: Page, labels: Labels) -> bool:
    facts = read_facts(page)
    shown = [bool(pick(facts, labels, key)) for key in ("serial", "model", "system_time")]
    return bool(_base(facts, labels)) and any(shown)


PLACE = Place("basics", "Status > Basics", (("menu_basics",), ("menu_status", "menu_basics"), ("menu_status",)), _recognize)
