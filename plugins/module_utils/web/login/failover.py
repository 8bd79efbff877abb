# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Management > Failover: what the page shows (docs/vendor/pages.md#management--failover)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from ..appliance.progress import alerts
from ..html.facts import pick, read_facts
from ..html.text import fold
from ..navigation import Place

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.facts import Facts
    from ..html.fields import Field
    from ..html.page import Page
    from ..labels import Labels

TITLE = "Management > Failover"
CONTROLS = {
    "establish": "failover_establish",
    "break": "failover_break",
    "sync": "failover_sync",
    "become_primary": "failover_become_primary",
    "become_backup": "failover_become_backup",
}
SETTINGS = ("backup_operations", "sync_interval", "sync_bandwidth", "automatic_failover", "primary_timeout", "test_ips", "shared_ips")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*%")


@dataclass(frozen=True)
class FailoverPage:
    """What the page shows.

    related: True, False, or None if the page does not show it. role: 'primary', 'backup', 'none', ''.
    syncing: whether a data sync is running. sync_percent: its progress. controls: keys of CONTROLS that can be pressed.
    settings: {key of SETTINGS: text, True or False} as far as shown. fields: every label with its value.
    messages: notices and errors.
    """

    related: bool | None = None
    role: str = ""
    peer_host: str = ""
    peer_status: str = ""
    syncing: bool = False
    sync_percent: float | None = None
    controls: tuple = ()
    settings: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    messages: tuple = ()

    def as_dict(self) -> dict[str, Any]:
        return dict(asdict(self), controls=list(self.controls), messages=list(self.messages))


def read(browser: Browser) -> FailoverPage:
    """Read the page. PageNotUnderstood when none of its buttons and words is on it."""
    page = browser.open(PLACE)
    if not is_failover_page(page, browser.labels):
        raise browser.not_understood(page, TITLE, *CONTROLS.values())
    return read_page(page, browser.labels)


def read_page(page: Page, labels: Labels) -> FailoverPage:
    facts = read_facts(page)
    controls = tuple(key for key, label in CONTROLS.items() if page.usable(labels, label))
    sync = page.find_text(labels, "failover_syncing")
    percent = _PERCENT.search(sync) if sync else None
    return FailoverPage(
        related=_is_related(controls),
        role=role_of(page, labels),
        peer_host=pick(facts, labels, "failover_peer_host"),
        peer_status=pick(facts, labels, "failover_peer_status"),
        syncing=bool(sync),
        sync_percent=float(percent.group(1)) if percent else None,
        controls=controls,
        settings=_read_settings(page, facts, labels),
        fields=facts,
        messages=messages_of(page),
    )


def messages_of(page: Page) -> tuple[str, ...]:
    """Notices and errors; a button that is drawn as a warning is none."""
    buttons = {fold(control.label) for control in page.controls}
    return tuple(text for text in alerts(page) if fold(text) not in buttons)


def _is_related(controls: tuple[str, ...]) -> bool | None:
    """A page that can break a relation has one; one that can establish it has none; else it does not tell."""
    if "break" in controls:
        return True
    return False if "establish" in controls else None


def role_of(page: Page, labels: Labels) -> str:
    """The role that the page names; '' where it names none, or more than one."""
    named = [role for role in ("primary", "backup", "none") if page.find_text(labels, f"failover_is_{role}")]
    return named[0] if len(named) == 1 else ""


def _read_settings(page: Page, facts: Facts, labels: Labels) -> dict[str, str | bool]:
    """The settings in the fields of the page, or next to their labels."""
    found = {}
    for key in SETTINGS:
        one = next((one for one in (form.find(labels, f"failover_{key}", loose=True) for form in page.forms()) if one), None)
        text = pick(facts, labels, f"failover_{key}")
        if one is not None:
            found[key] = _value_of(one)
        elif text:
            found[key] = text
    return found


def _value_of(one: Field) -> str | bool:
    if one.kind in ("checkbox", "radio"):
        return one.ticked
    chosen = [text for _value, text, is_chosen, _enabled in one.options if is_chosen] if one.kind == "select" else []
    return chosen[0] if chosen else str(one.value)


# --- pressing: each sends its write once


def is_failover_page(page: Page, labels: Labels) -> bool:
    return any(page.named(labels, label) for label in CONTROLS.values()) or bool(role_of(page, labels))


PLACE = Place("failover", TITLE, (("menu_failover",), ("menu_management", "menu_failover")), is_failover_page)
