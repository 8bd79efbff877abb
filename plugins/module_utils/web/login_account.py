# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > My Account: the installer of the representative console (interfaces 12.4; wordings inferred)."""

from __future__ import annotations

from .console_links import fetch, find_offer, open_file
from .navigation import Place
from .text import fold, text_of

TITLE = "My Account"


def console_offer(browser):
    """The words under which the page offers the installer, or None."""
    found = find_offer(browser.open(PLACE), browser.labels)
    return found.label if found else None


def fetch_console(browser, write):
    """Stream the installer into write(bytes); its content type. PageNotUnderstood where the page has none."""
    return fetch(browser, lambda: _open(browser), write)


def _open(browser):
    page = browser.open(PLACE)
    found = find_offer(page, browser.labels)
    if found is None:
        raise browser.not_understood(page, TITLE, "console_download")
    return open_file(browser, found)


def _recognise(page, labels):
    wanted = labels.folded("menu_my_account")
    heads = [page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2"]))]
    return any(fold(head).startswith(text) for text in wanted for head in heads) or find_offer(page, labels) is not None


PLACE = Place("my_account", TITLE, (("menu_my_account",),), _recognise)
