# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds a page through the menu: the addresses behind the menu are unknown, its labels are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from ..model.address import same_origin
from .html.structure import contains_any
from .html.text import classes, fold, own_text

if TYPE_CHECKING:
    from .browser import Browser
    from .html.controls import Control
    from .html.page import Page
    from .html.tree import Tag

_TITLES = ["a", "button", "span", "div", "h2", "h3", "h4", "h5", "dt", "summary", "legend", "li"]
_ENTRIES = ("a", "button", "input", "form")
_MENUS = ("menu", "nav", "tab", "sidebar", "header")


@dataclass(frozen=True)
class Place:
    """A page. name: key of its stored address. title: its name for people. paths: keys of menu labels, most likely first.

    recognize(page, labels): whether a page is this place.
    """

    name: str
    title: str
    paths: tuple
    recognize: Any


def walk(browser: Browser, start: Page, place: Place) -> Page:
    """Follow the menu from `start` to the place. PageNotUnderstood if no path of labels leads there."""
    menu_walk = _MenuWalk(browser, start)
    unrecognized = None
    for path in place.paths:
        page = menu_walk.follow(path)
        if page is not None and page.status < 400:
            if place.recognize(page, browser.labels):
                return page
            unrecognized = unrecognized or page
    if unrecognized is not None:
        return unrecognized
    raise browser.not_understood(
        start, f"menu of /{browser.area}, on the way to {place.title},", *dict.fromkeys(key for path in place.paths for key in path)
    )


class _MenuWalk:
    """The pages on the way, so that none is fetched twice."""

    def __init__(self, browser: Browser, start: Page) -> None:
        self._browser, self._start = browser, start
        self._seen: dict[Any, Page] = {}

    def follow(self, path: tuple[str, ...]) -> Page | None:
        """The page at the end of a path of keys, or None if a key is missing."""
        page = self._start
        passed: set[Any] = set()
        groups: list[Tag] = []
        for number, key in enumerate(path):
            control = self._entry(page, key, passed, groups)
            groups = self._groups(page, key)
            if control is None and groups and number + 1 < len(path):
                continue  # a heading of the menu without a target
            if control is None:
                return None
            passed |= {_address(page, one) for one in page.controls if one.target}
            page = self._visit(page, control)
            groups = self._groups(page, key)
        return page

    def _entry(self, page: Page, key: str, passed: set[Any], groups: list[Tag]) -> Control | None:
        """The best menu entry with this label: below the previous entry, new on this page, in a menu, first on the page."""
        found = [one for one in page.named(self._browser.labels, key) if one.enabled and self._only_fetches(page, one)]
        return min(
            found,
            default=None,
            key=lambda one: (
                not any(contains_any(group, [one.element]) for group in groups),
                _address(page, one) in passed,
                not _in_menu(one),
            ),
        )

    def _groups(self, page: Page, key: str) -> list[Tag]:
        """The tags below the menu entry of a key: its list item, or what follows its heading."""
        wanted, groups = self._browser.labels.folded(key), []
        for tag in page.soup.find_all(_TITLES):
            if fold(own_text(tag)) in wanted:
                item = tag if tag.name == "li" else tag.find_parent("li")
                below = item or tag.find_next_sibling(True)
                groups += [below] if below is not None and below.name not in _ENTRIES else []
        return groups

    def _only_fetches(self, page: Page, control: Control) -> bool:
        if control.kind == "link":
            return same_origin(page.target_of(control), page.url)
        form = page.form_of(control)
        return form is not None and form.submission(control).method == "GET"

    def _visit(self, page: Page, control: Control) -> Page:
        address = _address(page, control)
        if address not in self._seen:
            self._seen[address] = self._browser.follow(page, control)
        return self._seen[address]


def _address(page: Page, control: Control) -> Any:
    """What a menu entry fetches, to compare entries."""
    form = None if control.target else page.form_of(control)
    if form is None:
        return urldefrag(page.target_of(control)).url
    submission = form.submission(control)
    return submission.url, submission.pairs


def _in_menu(control: Control) -> bool:
    for parent in control.element.parents:
        if parent.name == "nav" or parent.get("role") in ("navigation", "menu", "menubar", "tablist"):
            return True
        words = " ".join([*classes(parent), str(parent.get("id", "")).lower()])
        if any(word in words for word in _MENUS):
            return True
    return False
