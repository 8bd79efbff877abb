# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Management > Failover: what it shows, and its five buttons (interfaces 12.5). What came of a press is proved elsewhere."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field

from ..errors import Refused
from .facts import pick, read_facts
from .navigation import Place
from .progress import alerts
from .text import fold, shorten

TITLE = "Management > Failover"
CONTROLS = {
    "establish": "failover_establish", "break": "failover_break", "sync": "failover_sync",
    "become_primary": "failover_become_primary", "become_backup": "failover_become_backup",
}  # fmt: skip
SETTINGS = ("backup_operations", "sync_interval", "sync_bandwidth", "automatic_failover", "primary_timeout", "test_ips", "shared_ips")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*%")
_TROUBLE = re.compile(
    r"\bfail(?!over)|\berror|\bcannot\b|\bcould not\b|\bunable\b|\bdenied\b|\brefused\b|\bdo not match\b|\bnot allowed\b|\binvalid\b"
    r"|\bdiffer\b|fehler|fehlgeschlagen|konnte nicht|kann nicht|können nicht|nicht erreich|stimmen nicht|unterscheiden|ungültig", re.I)
_HEADS = ["legend", "h2", "h3", "h4", "h5", "th", "td", "dt", "strong", "b", "p", "div", "span", "label"]
_MOST_PAGES = 2  # the page that asks whether we are sure, and the one after it


@dataclass(frozen=True)
class FailoverPage:
    """related: True, False, or None where the page does not tell; role: 'primary', 'backup', 'none', ''; syncing: whether a data
    sync is shown as running, sync_percent: how far; controls: keys of CONTROLS that can be pressed; settings: {key of SETTINGS:
    text, True or False} as far as they are shown; fields: every label with its value; messages: notices and errors.
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

    def as_dict(self):
        return dict(asdict(self), controls=list(self.controls), messages=list(self.messages))


def read(browser):
    """Read the page. PageNotUnderstood when none of its buttons and words is on it."""
    page = browser.open(PLACE)
    if not _recognise(page, browser.labels):
        raise browser.not_understood(page, TITLE, *CONTROLS.values())
    return _read(page, browser.labels)


def _read(page, labels):
    facts = read_facts(page)
    controls = tuple(key for key, label in CONTROLS.items() if page.usable(labels, label))
    sync = page.says(labels, "failover_syncing")
    percent = _PERCENT.search(sync) if sync else None
    return FailoverPage(
        related=_related(controls), role=_role(page, labels), peer_host=pick(facts, labels, "failover_peer_host"),
        peer_status=pick(facts, labels, "failover_peer_status"), syncing=bool(sync),
        sync_percent=float(percent.group(1)) if percent else None, controls=controls, settings=_settings(page, facts, labels),
        fields=facts, messages=_messages(page),
    )  # fmt: skip


def _messages(page):
    """Notices and errors; a button that is drawn as a warning is none."""
    buttons = {fold(control.label) for control in page.controls}
    return tuple(text for text in alerts(page) if fold(text) not in buttons)


def _related(controls):
    """A page that can break a relation has one; one that can establish it has none; else it does not tell."""
    if "break" in controls:
        return True
    return False if "establish" in controls else None


def _role(page, labels):
    for role in ("primary", "backup", "none"):
        if page.says(labels, f"failover_is_{role}"):
            return role
    return ""


def _settings(page, facts, labels):
    """The settings as they stand in the fields of the page, or beside their labels."""
    found = {}
    for key in SETTINGS:
        one = next((one for one in (form.find(labels, f"failover_{key}", loose=True) for form in page.forms()) if one), None)
        text = pick(facts, labels, f"failover_{key}")
        if one is not None:
            found[key] = _shown(one)
        elif text:
            found[key] = text
    return found


def _shown(one):
    if one.kind in ("checkbox", "radio"):
        return one.ticked
    chosen = [text for _value, text, is_chosen, _enabled in one.options if is_chosen] if one.kind == "select" else []
    return chosen[0] if chosen else str(one.value)


# --- pressing: each sends its write once


def press_sync(browser):
    """Sync Now; what the page said then."""
    return _press(browser, "sync")


def press_break(browser):
    """Break Failover Relations; what the page said then."""
    return _press(browser, "break")


def press_establish(browser, peer_host, peer_port, own_host, own_port):
    """Establish Relationship: this appliance becomes primary. Addresses as the two reach each other."""
    values = {"failover_new_host": peer_host, "failover_new_port": peer_port,
              "failover_reverse_host": own_host, "failover_reverse_port": own_port}  # fmt: skip

    def fill(page, form, control):
        for key, value in values.items():
            one = _address_field(form, browser.labels, key)
            if one is None:
                raise browser.not_understood(page, TITLE, *values)
            one.value = str(value)

    return _press(browser, "establish", fill)


def press_become(browser, role, *, pull_sync, force=False):
    """Become Primary or Become Backup, with its two boxes set as wanted."""
    boxes = {"failover_pull_sync": pull_sync, "failover_force": force}

    def fill(page, form, control):
        for key, wanted in boxes.items():
            one = form.find(browser.labels, key, ("checkbox",), near=control.element, loose=True) if form else None
            if one is None and wanted:
                raise browser.not_understood(page, TITLE, key)
            if one is not None:
                one.ticked = bool(wanted)

    return _press(browser, f"become_{role}", fill)


def _press(browser, key, fill=None):
    """Press the button with its form as fill() left it, confirm when asked, and read what the page says.

    If the session had ended, the press reached nobody: the page is read and the button pressed anew.
    """

    def act():
        page = browser.open(PLACE)
        control = page.usable(browser.labels, CONTROLS[key])
        if control is None:
            raise browser.not_understood(page, TITLE, CONTROLS[key])
        form = page.form_of(control) if control.kind == "submit" else None
        if fill:
            fill(page, form, control)
        return _confirmed(browser, browser.press(page, control, form), key)

    page = browser.afresh(act)
    said = _messages(page)
    trouble = [text for text in said if _TROUBLE.search(text)]
    if trouble:
        raise Refused(f"{TITLE}: the appliance did not do it.", host=browser.host, evidence=repr(shorten("; ".join(trouble))),
                      remedy="Mend what it names; the next run reads how both nodes stand.")  # fmt: skip
    return said


def _confirmed(browser, page, key):
    """Answer the question whether we are sure, if that is what came: a page with a button to confirm and none of the others."""
    for _page in range(_MOST_PAGES):
        others = [one for other, one in CONTROLS.items() if other != key and page.usable(browser.labels, one)]
        sure = page.usable(browser.labels, "confirm_failover") or page.usable(browser.labels, CONTROLS[key])
        asks = sure is not None and sure.kind == "submit" and page.usable(browser.labels, "cancel") is not None
        if others or not asks:
            return page
        page = browser.press(page, sure)
    return page


def _address_field(form, labels, key):
    """A host or port field; where both halves call theirs alike, the one below the half's own heading."""
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


def _recognise(page, labels):
    return any(page.named(labels, label) for label in CONTROLS.values()) or bool(_role(page, labels))


PLACE = Place("failover", TITLE, (("menu_failover",), ("menu_management", "menu_failover")), _recognise)
