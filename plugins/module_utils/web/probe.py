# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Walks the pages that an upgrade uses, reading only, and tells which labels are on them. It presses nothing but menu entries."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import AccessDenied, Refused
from .html.page import PageNotUnderstood
from .html.text import shorten
from .page_labels import find_label, other_labels
from .purposes import PURPOSES, Purpose

if TYPE_CHECKING:
    from .browser import Browser
    from .html.page import Page
    from .navigation import Place

WEB, MANUAL, UNKNOWN = "web", "manual", "unknown"
AREAS = ("appliance", "login")


@dataclass(frozen=True)
class Probed:
    """A Purpose after a look at its page. method: 'web', 'manual' or 'unknown'. found: {key: label as the page shows it}.

    missing: keys without a label. pressed: keys that are unknown until a button is pressed. shown: labels of the page that no key knows,
    to choose from. why: a sentence unless it is 'web'.
    """

    step: str
    page: str
    method: str
    found: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    why: str = ""
    pressed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return dict(asdict(self), missing=list(self.missing), shown=list(self.shown), pressed=list(self.pressed))


def probe_area(browser: Browser, area: str, *, pair: bool) -> list[Probed]:
    """The Purposes of one area ('appliance' or 'login'). pair: also those of a failover pair. Raises what prevents the sign-in."""
    wanted = [one for one in PURPOSES if one.area == area and (pair or not one.pair)]
    pages = {one.place.name: _open(browser, one.place) for one in wanted}
    return [_find(browser, one, pages[one.place.name]) for one in wanted]


def skipped(area: str, *, pair: bool) -> list[Probed]:
    """The Purposes of an area without an account for it."""
    why = f"No account for /{area} is set."
    return [Probed(one.step, _title(one), MANUAL, why=why) for one in PURPOSES if one.area == area and (pair or not one.pair)]


def _open(browser: Browser, place: Place) -> Page | PageNotUnderstood | AccessDenied | Refused:
    try:
        return browser.open(place)
    except (PageNotUnderstood, AccessDenied, Refused) as exc:
        return exc


def _find(browser: Browser, purpose: Purpose, page: Any) -> Probed:
    if isinstance(page, (PageNotUnderstood, AccessDenied, Refused)):
        missing = tuple(page.facts.get("labels", ())) if isinstance(page, PageNotUnderstood) else ()
        return Probed(purpose.step, _title(purpose), MANUAL, missing=missing, why=page.summary)
    keys, labels = (*purpose.needed, *purpose.useful), browser.labels
    found = {key: text for key, text in ((key, find_label(page, labels, key)) for key in keys) if text}
    special = purpose.finder(browser, page) if purpose.finder else ""
    found = {purpose.needed[0]: shorten(special, 60), **found} if special else found
    missing = tuple(key for key in keys if key not in found)
    method, why = WEB, ""
    if not any(key in found for key in purpose.needed):
        instead = [text for text in (find_label(page, labels, key) for key in purpose.unless) if text]
        method = UNKNOWN if instead else MANUAL
        why = f"The page shows {instead[0]!r} now, so it is unknown." if instead else "None of its labels is on the page."
    pressed = tuple(key for key in purpose.pressed if not find_label(page, labels, key))
    return Probed(purpose.step, _title(purpose), method, found, missing, other_labels(page, labels) if missing else (), why, pressed)


def _title(purpose: Purpose) -> str:
    return f"/{purpose.area} > {purpose.place.title}"
