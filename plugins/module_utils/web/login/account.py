# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > My Account: the installer of the representative console (docs/vendor/pages.md#pages-of-login; wordings inferred)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..html.text import fold, text_of
from ..navigation import Place
from .console_links import fetch, find_offer, open_file

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.page import Page
    from ..labels import Labels

TITLE = "My Account"


def console_offer(browser: Browser) -> str | None:
    """The words of the link to the installer, or None."""
    found = find_offer(browser.open(PLACE), browser.labels)
    return found.label if found else None


def fetch_console(browser: Browser, write: Callable[[bytes], Any]) -> str:
    """Write the installer with write(bytes); return its content type. PageNotUnderstood if the page has none."""
    return fetch(browser, lambda: _open(browser), write)


def _open(browser: Browser) -> Any:
    page = browser.open(PLACE)
    found = find_offer(page, browser.labels)
    if found is None:
        raise browser.not_understood(page, TITLE, "console_download")
    return open_file(browser, found)


def _recognize(page: Page, labels: Labels) -> bool:
    wanted = labels.folded("menu_my_account")
    heads = [page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2"]))]
    return any(fold(head).startswith(text) for text in wanted for head in heads) or find_offer(page, labels) is not None


PLACE = Place("my_account", TITLE, (("menu_my_account",),), _recognize)
