# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what a page says about a running installation. The wordings are unknown: this informs and does not prove anything."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..html.text import classes, shorten, strings, text_of

if TYPE_CHECKING:
    from ..html.page import Page
    from ..html.tree import Tag

_LONGEST = 300  # characters of a message; a longer text is prose
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*%")
_WIDTH = re.compile(r"width\s*:\s*(\d{1,3})(?:\.\d+)?%", re.I)
_DOING = (
    r"installing|downloading|preparing|verifying|applying|unpacking|extracting|rebooting|restarting|updating|"
    r"finishing|completing|installiere|lade|starte|neustart|bereite|prüfe|entpacke"
)
# "Installing Base 6.2.0", "Downloading ... 34 %", "Installing"
_ACTING = re.compile(
    rf"(?:{_DOING})\b(?:.*(?:…|\.\.\.|\d\s?%)|[^\n]*?\b(?:base|bomgar|beyondtrust)\b.*\d\.\d)"
    rf"|(?:{_DOING})(?: (?:update|package|software|the update|now))?\W*$",
    re.I,
)
# "Base 6.2.0 is being installed", "Installation in progress", "Die Installation läuft"
_STATED = re.compile(
    r"\bin progress\b|\bis (?:now |currently )?(?:being )?(?:installed|installing|downloaded|downloading|restarting)\b"
    r"|\bwird (?:gerade |jetzt )?(?:installiert|heruntergeladen|neu gestartet|aktualisiert|abgeschlossen)\b|\bläuft\b"
    r"|\b(?:installation|update|download) has (?:begun|started)\b|\binstallation (?:hat begonnen|wurde gestartet)\b",
    re.I,
)
_FAILED = re.compile(
    r"\bfailed\b|\bfailure\b|\berror\b|\bcould not be\b|fehlgeschlagen|\bfehler\b|konnte nicht|"
    r"gescheitert",
    re.I,
)
_OF_UPDATES = re.compile(r"instal|updat|download|packag|aktualisier|herunter|paket", re.I)
# words of advice: what may happen, not what happens
_RULE = re.compile(
    r"\b(?:may|might|can|could take|if|should|do not|must|never|kann|können|könnte|wenn|falls|sollte|"
    r"muss|darf)\b",
    re.I,
)
_NOT_NOW = re.compile(
    r"\b(?:when|while|after|until|before|no|not|none|nothing|während|nachdem|bis|bevor|nicht|nichts|"
    r"keine?[sr]?)\b",
    re.I,
)
_ALERTS = {
    "error",
    "errors",
    "alert",
    "alerts",
    "warning",
    "fail",
    "failed",
    "failure",
    "danger",
    "notice",
    "message",
    "messages",
    "msg",
    "flash",
    "toast",
}


@dataclass(frozen=True)
class Progress:
    """percent: 0-100 or None. text: the words of the page. failed, running: what they seem to mean."""

    percent: Any
    text: str
    failed: bool
    running: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_progress(page: Page) -> Progress:
    """What a page says about an installation."""
    texts = strings(page.soup)
    share, gauge = _bar(page.soup)
    running = [text for text in texts if _is_running(text)]
    failed = [text for text in [*texts, *alerts(page)] if _is_failure(text)]
    percent = share if share is not None else _percent(running)
    if percent is None and (gauge is not None or running):
        percent = _percent(texts)
    under_way = bool(running) or (gauge is not None and percent != 100)
    messages = list(dict.fromkeys(failed[:1] + alerts(page)[:2])) if failed else []
    shown = messages or running[:2] or ([text_of(gauge)] if gauge is not None else [])
    return Progress(percent, shorten(" ".join(shown)), bool(failed), under_way and not failed)


def _is_running(text: str) -> bool:
    if len(text) > _LONGEST or _RULE.search(text):
        return False
    return bool(_ACTING.match(text) or _STATED.search(text) and not _NOT_NOW.search(text))


def _is_failure(text: str) -> bool:
    return len(text) < _LONGEST and bool(_FAILED.search(text) and _OF_UPDATES.search(text)) and not _RULE.search(text)


def _bar(soup: Tag) -> tuple[float | None, Tag | None]:
    """(percent or None, the tag) of a progress bar; (None, None) if there is none."""
    for tag in soup.find_all(["progress"]):
        return _share(tag.get("value"), tag.get("max", "1")), tag
    for tag in soup.find_all(attrs={"role": "progressbar"}):
        return _share(tag.get("aria-valuenow"), tag.get("aria-valuemax", "100")), tag
    for tag in soup.find_all(style=_WIDTH):
        around = [name for box in [tag, *tag.parents] for name in classes(box)]
        if any("progress" in name for name in around):
            return float(_WIDTH.findall(tag["style"])[0]), tag
    return None, None


def _share(value: Any, most: Any) -> float | None:
    try:
        return min(100.0, 100.0 * float(value) / float(most))
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _percent(texts: list[str]) -> float | None:
    found = [float(match.group(1)) for match in map(_PERCENT.search, texts) if match]
    return found[0] if found and found[0] <= 100 else None


def alerts(page: Page) -> list[str]:
    """The texts in boxes that look like messages, in page order, each once."""
    found = []
    for tag in page.soup.find_all(True):
        words = {word for name in classes(tag) for word in re.split(r"[-_]+", name)}
        marked = words & _ALERTS or tag.get("role") in ("alert", "status")
        text = text_of(tag) if marked else ""
        if text and len(text) < 400 and text not in found:
            found.append(text)
    return found
