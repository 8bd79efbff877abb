# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Storage (Status > Storage before Base 6, Status > Health on virtual appliances): how full are the disks?

The Health page's totals are wrong above 1 TB before Base 7.0.0 (DOCUMENTED); the reader of the value must know that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..html.facts import read_facts, read_pairs
from ..html.text import fold
from ..navigation import Place

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.page import Page
    from ..html.tree import Tag
    from ..labels import Labels

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_USED = re.compile(r"\bused?\b|\busage\b|\bfull\b|belegt|verwendet|genutzt|auslastung|belegung", re.I)
_OTHER = re.compile(r"rebuild|progress|charge|cpu|load|wiederherstell|fortschritt|ladung", re.I)
_FREE = re.compile(r"\bfree\b|\bavailable\b|\bfrei|verfügbar", re.I)


def read(browser: Browser) -> dict[str, Any]:
    """{'percent_used': of the fullest storage, or None; 'fields': {label: value}}."""
    page = browser.open(PLACE)
    facts = read_facts(page)
    used = _used(page, browser.labels)
    if used is None and not facts:
        raise browser.not_understood(page, "Storage", "percent_used")
    return {"percent_used": used, "fields": facts}


def _used(page: Page, labels: Labels) -> float | None:
    """The highest share in use: under a known label, else under a label about use, else any other share or bar."""
    known, pairs = set(labels.folded("percent_used")), read_pairs(page)
    for fits in (
        lambda label, value: fold(label) in known,
        lambda label, value: _USED.search(label) or _USED.search(value),
        lambda label, value: not _OTHER.search(label),
    ):
        shares = [_share(label, value) for label, value in pairs if fits(label, value)]
        found = [share for share in shares if share is not None]
        if found:
            return max(found)
    return max(_cells(page) or _bars(page.soup), default=None)


def _share(label: str, value: str) -> float | None:
    """'58 %' -> 58.0; '42 % free' -> 58.0; None without a share."""
    match = _PERCENT.search(value) or _PERCENT.search(label)
    if not match:
        return None
    percent = float(match.group(1).replace(",", "."))
    free = _FREE.search(label) or _FREE.match(value[match.end() :].strip(" ()"))
    return 100.0 - percent if free else percent


def _cells(page: Page) -> list[float]:
    texts = [str(text) for text in page.soup.find_all(string=_PERCENT) if not _FREE.search(str(text))]
    return [float(_PERCENT.findall(text)[0].replace(",", ".")) for text in texts]


def _bars(soup: Tag) -> list[float]:
    bars = [(tag.get("value"), tag.get("max", "1")) for tag in soup.find_all(["meter", "progress"])]
    bars += [(tag.get("aria-valuenow"), tag.get("aria-valuemax", "100")) for tag in soup.find_all(role="progressbar")]
    return [100.0 * float(value) / float(most) for value, most in bars if _number(value) and _number(most)]


def _number(text: str | None) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", str(text or "")))


def _recognize(page: Page, labels: Labels) -> bool:
    return _used(page, labels) is not None


PLACE = Place(
    "storage",
    "Storage",
    (("menu_storage",), ("menu_storage", "menu_status"), ("menu_status", "menu_storage"), ("menu_health",), ("menu_status", "menu_health")),
    _recognize,
)
