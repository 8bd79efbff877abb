# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Management > Failover: its five buttons (docs/vendor/pages.md#management--failover). Each write is sent once.

The caller verifies the result on the appliance; the texts of the page do not prove it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...errors import Refused
from ..change import Change
from ..html.text import fold, shorten
from .failover import CONTROLS, PLACE, TITLE, messages_of

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels

_TROUBLE = re.compile(
    r"\bfail(?!over)|\berror|\bcannot\b|\bcould not\b|\bunable\b|\bdenied\b|\brefused\b|\bdo not match\b|\bnot allowed\b|\binvalid\b"
    r"|\bdiffer\b|fehler|fehlgeschlagen|konnte nicht|kann nicht|können nicht|nicht erreich|stimmen nicht|unterscheiden|ungültig",
    re.I,
)
_HEADS = ["legend", "h2", "h3", "h4", "h5", "th", "td", "dt", "strong", "b", "p", "div", "span", "label"]
_MOST_PAGES = 2  # the page that asks for confirmation, and the one after it


def start_sync(browser: Browser, change: Change | None = None) -> tuple[str, ...]:
    """Press Sync Now; return the messages of the page."""
    return _press(browser, "sync", change)


def break_relation(browser: Browser, change: Change | None = None) -> tuple[str, ...]:
    """Press Break Failover Relations; return the messages of the page."""
    return _press(browser, "break", change)


def establish_relation(
    browser: Browser, peer_host: str, peer_port: int, own_host: str, own_port: int, change: Change | None = None
) -> tuple[str, ...]:
    """Press Establish Relationship: this appliance becomes primary. The addresses are those between the two nodes."""
    values = {
        "failover_new_host": peer_host,
        "failover_new_port": peer_port,
        "failover_reverse_host": own_host,
        "failover_reverse_port": own_port,
    }

    def fill(page: Page, form: Form | None, control: Control) -> None:
        for key, value in values.items():
            one = _address_field(form, browser.labels, key)
            if one is None:
                raise browser.not_understood(page, TITLE, *values)
            one.value = str(value)

    return _press(browser, "establish", change, fill)


def change_role(browser: Browser, role: str, *, pull_sync: bool, force: bool = False, change: Change | None = None) -> tuple[str, ...]:
    """Press Become Primary or Become Backup, with its two boxes set as requested."""
    boxes = {"failover_pull_sync": pull_sync, "failover_force": force}

    def fill(page: Page, form: Form | None, control: Control) -> None:
        for key, wanted in boxes.items():
            one = form.find(browser.labels, key, ("checkbox",), near=control.element, loose=True) if form else None
            if one is None and wanted:
                raise browser.not_understood(page, TITLE, key)
            if one is not None:
                one.ticked = bool(wanted)

    return _press(browser, f"become_{role}", change, fill)


def _press(
    browser: Browser, key: str, change: Change | None, fill: Callable[[Page, Form | None, Control], None] | None = None
) -> tuple[str, ...]:
    """Press the button once with its form as fill() left it, confirm if the page requires it, and return the messages of the page."""
    change = change or Change()
    messages_before: list[str] = []

    def act() -> Page:
        page = browser.open(PLACE)
        control = page.usable(browser.labels, CONTROLS[key])
        if control is None:
            raise browser.not_understood(page, TITLE, CONTROLS[key])
        form = page.form_of(control) if control.kind == "submit" else None
        if fill:
            fill(page, form, control)
        messages_before[:] = messages_of(page)
        return _confirm(browser, browser.press(page, control, form, change=change), key, change)

    page = browser.run_signed_in(act, change)
    messages = messages_of(page)
    trouble = [
        text for text in messages if _TROUBLE.search(text) and text not in messages_before
    ]  # a message that was there before is of an older sync
    if trouble:
        raise Refused(
            f"{TITLE}: the appliance did not perform the action.",
            host=browser.host,
            evidence=repr(shorten("; ".join(trouble))),
            remedy="Correct what it names; the next run reads the state of both nodes.",
        )
    return messages


def _confirm(browser: Browser, page: Page, key: str, change: Change) -> Page:
    """Confirm, if the page asks: it has a button to confirm and none of the other buttons."""
    for _page in range(_MOST_PAGES):
        others = [one for other, one in CONTROLS.items() if other != key and page.usable(browser.labels, one)]
        sure = page.usable(browser.labels, "confirm_failover") or page.usable(browser.labels, CONTROLS[key])
        cancel = page.usable(browser.labels, "cancel")
        if others or sure is None or sure.kind != "submit" or cancel is None:
            return page
        page = browser.press(page, sure, change=change)
    return page


def _address_field(form: Form | None, labels: Labels, key: str) -> Field | None:
    """A host or port field. If both halves use the same labels, the field below the heading of its half."""
    if form is None:
        return None
    kinds = ("text", "number")
    one = form.find(labels, key, kinds)
    if one is not None:
        return one
    half = "failover_new" if key.startswith("failover_new") else "failover_reverse"
    plain = "failover_host" if key.endswith("host") else "failover_port"
    wanted = labels.folded(half)
    head = next((tag for tag in form.element.find_all(_HEADS) if fold(tag.get_text()) in wanted), None)
    below = head.find_all_next(["input"]) if head is not None else []
    named = [one for one in form.of_kind(*kinds) if any(labels.match(plain, text) for group in one.names for text in group)]
    return next((one for tag in below for one in named if one.element is tag), None)
