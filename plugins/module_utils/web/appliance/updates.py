# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Updates: the list of packages, the download key, and the progress of an installation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import InvalidInput
from ...mask.secrets import SECRETS
from ...model.package import AVAILABLE, BLOCKED, INSTALLED, OTHER, Package, read_name
from ..html.facts import pick, read_facts
from ..html.text import fold, shorten, strings, text_of
from ..navigation import Place
from .automatic import automatic_updates
from .package_rows import find_rows, section_of, unknown_buttons
from .prerequisites import required_packages
from .progress import alerts, read_progress

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.page import Page
    from ..labels import Labels
    from .package_text import Row
    from .progress import Progress

_SINCE = re.compile(r"^(?:installed|installiert)\s+(?:on|at|since|am|seit|:)", re.I)
_INSTALLED_SECTION = re.compile(r"\b(?:installed|current|history)\b|installiert|aktuell|verlauf", re.I)
_NOT_INSTALLED = re.compile(r"\b(?:not|to be|can be|available)\b|nicht|verfügbar", re.I)
_NOTHING = re.compile(
    r"\b(?:no|not any|none|0)\b.*\b(?:updates?|packages?|upgrades?)\b|\bup[ -]to[ -]date\b|"
    r"\b(?:latest|newest|most recent) (?:version|software|release)\b|"
    r"\bkeine?n?\b.*(?:aktualisierung|update|paket)|auf dem (?:neue?sten|aktuellen) stand|"
    r"neueste (?:version|software)",
    re.I,
)
_KEY = re.compile(r"^[A-Za-z0-9+/=_-]{8,}(?:[ -][A-Za-z0-9+/=_-]+)*$")


@dataclass(frozen=True)
class Updates:
    """packages: tuple of Package in page order. message: the text in place of an empty list, or an error.

    console_installers_url: link to the installers of the next console, '' if not shown. installing: one is running.
    automatic: whether the appliance installs updates by itself; None if the page does not show it.
    """

    packages: tuple
    message: str = ""
    console_installers_url: str = ""
    installing: bool = False
    automatic: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "packages": [one.as_dict() for one in self.packages],
            "message": self.message,
            "console_installers_url": self.console_installers_url,
            "installing": self.installing,
            "automatic": self.automatic,
        }


def read(browser: Browser, check: bool = True) -> Updates:
    """Read the list; with `check`, or where the page shows none before, press "Check for Updates" if it is there.

    PageNotUnderstood if the page shows neither packages nor a message in their place, or packages whose buttons have
    names that we do not know. An empty list is never guessed: it would read as "nothing to do".
    """
    page = browser.run_signed_in(lambda: open_checked(browser)) if check else browser.open(PLACE)
    rows, progress = find_rows(page, browser.labels), read_progress(page)
    message = shorten(" ".join(alerts(page))) if rows else _message(page, browser.labels)
    if not rows and not progress.running and not message:
        if not check and page.usable(browser.labels, "check_updates"):
            return read(browser)
        raise browser.not_understood(page, "Updates", "install", "no_updates", "check_updates")
    if rows and not progress.running and unknown_buttons(page, rows, browser.labels):
        raise browser.not_understood(page, "Updates", "install")
    names = [row.name for row in rows]
    _refuse_secret_names(names, browser.host)
    return Updates(
        tuple(package_of(row, names, browser.labels) for row in rows),
        message,
        console_link(page, browser.labels),
        progress.running,
        automatic_updates(page, browser.labels),
    )


def open_checked(browser: Browser) -> Page:
    """The Updates page after "Check for Updates". This is a read: the appliance asks the vendor's server."""
    page = browser.open(PLACE)
    control = page.usable(browser.labels, "check_updates")
    if control is None or read_progress(page).running:
        return page
    after = browser.press(page, control)
    if find_rows(after, browser.labels) or _message(after, browser.labels):
        return after
    return browser.open(PLACE)


def progress(browser: Browser) -> Progress:
    """The Progress of an installation, from the Updates page or from the page that the installation led to."""
    page = browser.open(PLACE)
    found = read_progress(page)
    progress_address = browser.known_address("progress")
    if found.running or found.failed or not progress_address or progress_address == browser.known_address(PLACE.name):
        return found
    return read_progress(browser.get(progress_address))


def download_key(browser: Browser) -> str:
    """The Appliance Download Key as the page shows it; PageNotUnderstood if it does not."""
    page = browser.open(PLACE)
    key = _shown_key(page, browser.labels)
    control = page.usable(browser.labels, "download_key")
    if not key and control is not None:
        page = browser.follow(page, control)
        key = _shown_key(page, browser.labels) or _key_on_own_page(page)
    if not key:
        raise browser.not_understood(page, "Updates, Appliance Download Key", "download_key")
    return key


def _shown_key(page: Page, labels: Labels) -> str:
    value = pick(read_facts(page), labels, "download_key")
    return value if _KEY.match(value) else ""


def _key_on_own_page(page: Page) -> str:
    """The key on a page of its own: in a field, or the longest word of letters and digits."""
    texts = [str(tag.get("value", "")) for tag in page.soup.find_all("input", type=re.compile("text", re.I))]
    texts += [text_of(tag) for tag in page.soup.find_all(["textarea", "pre", "code", "kbd"])]
    texts += [text for text in strings(page.soup) if re.search(r"\d", text)]
    return next((text.strip() for text in texts if _KEY.match(text.strip()) and len(text.strip()) >= 12), "")


def _refuse_secret_names(names: list[str], host: str) -> None:
    """Raise InvalidInput for a package whose name contains a secret: it could not be shown or requested."""
    found = next(((SECRETS.option_in(name), name) for name in names if SECRETS.option_in(name)), None)
    if found:
        raise InvalidInput(
            f"The value of '{found[0]}' cannot be hidden: it is part of the name of a listed package.",
            host=host,
            evidence=f"the package {found[1]!r}",
            remedy="Set another secret for that account. Nothing was installed.",
        )


def package_of(row: Row, names: list[str], labels: Labels) -> Package:
    kind, version = read_name(row.name)
    state = _state(row, labels)
    note = shorten("; ".join(row.texts))
    waits = required_packages(row.texts, row.name, names) if state == BLOCKED else ()
    return Package(row.name, kind, version, state, waits, note)


def _state(row: Row, labels: Labels) -> str:
    if row.available:
        return AVAILABLE
    words = [text.split(": ", 1)[-1] for text in row.texts]
    if any(labels.match("installed", word) or _SINCE.match(word) for word in words):
        return INSTALLED
    section = section_of(row)
    if _INSTALLED_SECTION.search(section) and not _NOT_INSTALLED.search(section):
        return INSTALLED
    return BLOCKED


def _message(page: Page, labels: Labels) -> str:
    """The text in place of the list: that there is nothing, or a message of the page."""
    nothing = (text for text in strings(page.soup) if len(text) < 200 and _NOTHING.search(text))
    return page.find_text(labels, "no_updates") or next(nothing, "") or shorten(" ".join(alerts(page)))


def console_control(page: Page, labels: Labels) -> Control | None:
    """The link "Installers for the representative console" (only with the extractable console, DOCUMENTED), or None."""
    wanted = labels.folded("console_installers")
    return next((one for one in page.controls if one.target and any(text in name for text in wanted for name in one.names)), None)


def console_link(page: Page, labels: Labels) -> str:
    control = console_control(page, labels)
    return page.target_of(control) if control else ""


def _recognize(page: Page, labels: Labels) -> bool:
    if page.named(labels, "check_updates", "install", "update_software") or page.find_text(labels, "no_updates"):
        return True
    names = [fold(row.name) for row in find_rows(page, labels) if read_name(row.name)[0] != OTHER]
    return len(names) > 1 or read_progress(page).running


PLACE = Place("updates", "Updates", (("menu_updates",), ("menu_support", "menu_updates")), _recognize)
