# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Jump > Jump Clients: reads and saves the limits for upgrades and their automatic start (on-premises only)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from ...errors import ApplianceError, Unsafe
from ...model.clients.jump_setting import (
    AUTOMATIC,
    BANDWIDTH,
    CONNECTION_RATE,
    KEYS,
    MAX_CONCURRENT,
)
from ..appliance.progress import alerts
from ..change import Change
from ..html.facts import read_facts
from ..navigation import Place
from .jump_fields import LABEL, shown_automatic, shown_limit
from .jump_form import TITLE, enter_settings, first_number, save_control

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.facts import Facts
    from ..html.page import Page
    from ..labels import Labels

_LIMITS = (MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE)


@dataclass(frozen=True)
class JumpSettings:
    """The settings that the page shows.

    max_concurrent: upgrades at a time. bandwidth: as shown, with its unit if there is one ('' unknown).
    connection_rate: connections a second. automatic: 'disabled', 'cycle' (for the current upgrade cycle), 'enabled',
    or None if the page does not show it. shown: {key: text with its unit} of the four. fields: every label with its value.
    """

    max_concurrent: Any = None
    bandwidth: str = ""
    connection_rate: Any = None
    automatic: Any = None
    fields: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read(browser: Browser) -> JumpSettings:
    """Read the settings. PageNotUnderstood if none of them is on the page."""
    page, labels = browser.open(PLACE), browser.labels
    facts = read_facts(page)
    shown = settings_shown(page, facts, labels)
    if not any(shown.values()):
        raise browser.not_understood(page, TITLE, *LABEL.values())
    return JumpSettings(
        first_number(shown[MAX_CONCURRENT]), shown[BANDWIDTH], first_number(shown[CONNECTION_RATE]), shown[AUTOMATIC], facts, shown
    )


def settings_shown(page: Page, facts: Facts, labels: Labels) -> dict[str, Any]:
    texts = {key: shown_limit(page, facts, labels, key) for key in _LIMITS}
    return dict(texts, automatic=shown_automatic(page, facts, labels))


# --- setting


def check(browser: Browser, values: Mapping[str, Any]) -> None:
    """Verify that each {key: value} can be entered on the page that was read last; sends a request only if none was read.

    Raises PageNotUnderstood for a missing field, Refused for a locked field, InvalidInput for a value that it does not accept.
    """
    enter_settings(browser, browser.open(PLACE, fresh=False), values)


def save(
    browser: Browser, values: Mapping[str, Any], shown_before: Mapping[str, Any] | None = None, ready: Callable[[], Any] = lambda: None
) -> tuple[str, ...]:
    """Enter {key: value} and press Save, once for each form that holds some of them; return the messages of the page.

    If the session has ended, the page is read again, and Save is pressed only if it does not show the values already.
    shown_before: what the page must still show, {key: value}. ready: called right before each Save.
    Raises Unsafe if somebody else changed one of them meanwhile; nothing more is sent then.
    """
    messages: list[str] = []
    left = dict(values)
    for _form in KEYS:
        try:
            change = Change(ready)
            done, texts = browser.run_signed_in(
                partial(_save_next_form, browser, left, shown_before or {}, change)
            )  # the page shows what was saved
        except ApplianceError as exc:
            if len(left) < len(values):  # the previous form was sent
                exc.nothing_sent, exc.uncertain = False, True
            raise
        messages += texts
        left = {key: value for key, value in left.items() if key not in done}
        if not left:
            break
    return tuple(messages)


def _save_next_form(
    browser: Browser, values: Mapping[str, Any], before: Mapping[str, Any], change: Change
) -> tuple[Iterable[str], tuple[str, ...]]:
    """(keys of the form that was sent, its messages). Values that the page shows already need no form."""
    page, labels = browser.open(PLACE), browser.labels
    shown = settings_shown(page, read_facts(page), labels)
    open_ones = {key: value for key, value in values.items() if not _is_shown(key, shown[key], value)}
    if not open_ones:
        return tuple(values), ()
    moved = [key for key in open_ones if before.get(key) is not None and not _is_shown(key, shown[key], before[key])]
    if moved:
        raise Unsafe(
            f"{TITLE}: somebody else changed {', '.join(moved)} since it was read. Nothing more was sent.",
            host=browser.host,
            evidence=", ".join(f"{key}: {shown[key]}" for key in moved),
            remedy="Find out who changes the settings, then run the same command again: it reads the page again.",
        )
    forms = enter_settings(browser, page, open_ones)
    form, keys = forms[0]
    control = save_control(browser, page, form)
    return keys, tuple(alerts(browser.press(page, control, form, change=change)))


def _is_shown(key: str, text: str | None, value: Any) -> bool:
    return text == value if key == AUTOMATIC else text is not None and text != "" and first_number(text) == value


def _recognize(page: Page, labels: Labels) -> bool:
    return any(settings_shown(page, read_facts(page), labels).values())


PLACE = Place("jump_clients", TITLE, (("menu_jump_clients",), ("menu_jump", "menu_jump_clients")), _recognize)
