# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Walks the pages that an upgrade uses, reading only, and tells which labels are on them. It presses nothing but menu entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import AccessDenied, Refused
from .appliance import basics, certificates, storage, updates
from .html.facts import read_facts
from .html.page import PageNotUnderstood
from .html.text import fold, shorten
from .login import account, failover, jump_clients, software
from .login.console_links import find_offer

if TYPE_CHECKING:
    from .browser import Browser
    from .html.page import Page
    from .labels import Labels
    from .navigation import Place

WEB, MANUAL, UNKNOWN = "web", "manual", "unknown"
AREAS = ("appliance", "login")
_MOST = 40  # labels of a page that are shown


@dataclass(frozen=True)
class Purpose:
    """What an upgrade does on a page. needed: keys of which one must be there; useful: keys that it also uses if they are there.

    unless: the step cannot be judged while one of these keys is there instead (nothing to install, no relation to break).
    pressed: keys that the page usually shows only after a button was pressed, which a probe never does.
    """

    step: str
    area: str
    place: Place
    needed: tuple[str, ...]
    useful: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    pair: bool = False
    finder: Callable[[Browser, Page], str] | None = None  # the label of the first needed key, where it takes more than the words


def _export(browser: Browser, page: Page) -> str:
    """Export may be a button, a link, or an entry of a drop-down."""
    entries = certificates.entries_of(browser, page)
    return find_label(page, browser.labels, "export") or (f"for {entries[0].row.name}" if entries else "")


def _console(browser: Browser, page: Page) -> str:
    offer = find_offer(page, browser.labels)
    return offer.label if offer else ""


_AGREEMENT = ("agree_box", "agree_download", "confirm_install", "contact_name", "contact_email", "contact_title")
_SURE = ("confirm_failover",)

PURPOSES = (
    Purpose("read model and Base version", "appliance", basics.PLACE, ("base_version",), ("model", "serial", "guid", "system_time")),
    Purpose("read the use of the disks", "appliance", storage.PLACE, ("percent_used",)),
    Purpose("read the list of updates", "appliance", updates.PLACE, ("check_updates", "install", "no_updates"), ("automatic_updates",)),
    Purpose("install a package", "appliance", updates.PLACE, ("install",), unless=("no_updates", "check_updates"), pressed=_AGREEMENT),
    Purpose(
        "upload a package",
        "appliance",
        updates.PLACE,
        ("update_software",),
        ("update_file", "manual_installation", "download_key"),
        pressed=_AGREEMENT,
    ),
    Purpose(
        "export certificates",
        "appliance",
        certificates.PLACE,
        ("export",),
        ("certificate_action",),
        pressed=("private_key", "certificate_chain", "passphrase", "passphrase_again"),
        finder=_export,
    ),
    Purpose("download the backup", "login", software.PLACE, ("download_backup",), ("backup_password", "include_sessions")),
    Purpose(
        "limit Jump Client upgrades",
        "login",
        jump_clients.PLACE,
        ("jump_max_concurrent", "jump_bandwidth", "jump_connection_rate"),
        ("jump_automatic", "save"),
    ),
    Purpose("save the present console", "login", account.PLACE, ("console_download",), finder=_console),
    Purpose("sync the pair", "login", failover.PLACE, ("failover_sync",), unless=("failover_establish",), pressed=_SURE, pair=True),
    Purpose(
        "break the failover relation",
        "login",
        failover.PLACE,
        ("failover_break",),
        unless=("failover_establish",),
        pressed=_SURE,
        pair=True,
    ),
    Purpose(
        "establish the failover relation",
        "login",
        failover.PLACE,
        ("failover_establish",),
        unless=("failover_break",),
        pressed=_SURE,
        pair=True,
    ),
    Purpose(
        "swap the roles",
        "login",
        failover.PLACE,
        ("failover_become_backup", "failover_become_primary"),
        unless=("failover_establish",),
        pressed=_SURE,
        pair=True,
    ),
)


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
    return Probed(purpose.step, _title(purpose), method, found, missing, _others(page, labels) if missing else (), why, pressed)


def _title(purpose: Purpose) -> str:
    return f"/{purpose.area} > {purpose.place.title}"


def find_label(page: Page, labels: Labels, key: str) -> str:
    """The label on the page that is a wording of the key: of a control, a field or a value, or in a sentence; '' if there is none."""
    controls = page.named(labels, key)
    if controls:
        return shorten(controls[0].label, 60)
    fields = [one for one in (form.find(labels, key, loose=True) for form in page.forms()) if one is not None]
    if fields:
        return shorten(fields[0].label, 60)
    wanted = labels.folded(key)
    return next((label for label in read_facts(page) if fold(label) in wanted), "") or (
        shorten(page.find_text(labels, key), 60) if key == "no_updates" else ""
    )


def _others(page: Page, labels: Labels) -> tuple[str, ...]:
    """Labels of buttons, fields and values outside of the menu, in page order."""
    menu = {one.label for one in page.controls if one.element.find_parent("nav") is not None}
    texts = [one.label for one in page.controls] + [one.label for form in page.forms() for one in form.fields if one.kind != "hidden"]
    texts += list(read_facts(page))
    return tuple(dict.fromkeys(shorten(text, 60) for text in texts if text and text not in menu))[:_MOST]
