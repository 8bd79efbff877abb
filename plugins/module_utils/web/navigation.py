# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finding a page through the menu: the addresses behind the menu are not known, its words are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from .structure import holds
from .text import classes, fold, own_text

_TITLES = ["a", "button", "span", "div", "h2", "h3", "h4", "h5", "dt", "summary", "legend", "li"]
_ENTRIES = ("a", "button", "input", "form")
_MENUS = ("menu", "nav", "tab", "sidebar", "header")


@dataclass(frozen=True)
class Place:
    """A page. name: for memory; title: as people call it; paths: menu labels (keys) that lead there, the most likely
    first; recognise(page, labels) -> bool: is this the page?
    """

    name: str
    title: str
    paths: tuple
    recognise: Any


def walk(browser, start, place):
    """Follow the menu from `start` to the place. PageNotUnderstood if no path of labels can be followed."""
    trip = _Trip(browser, start)
    unsure = None
    for path in place.paths:
        page = trip.follow(path)
        if page is not None and page.status < 400:
            if place.recognise(page, browser.labels):
                return page
            unsure = unsure or page
    if unsure is not None:
        return unsure
    raise browser.not_understood(start, f"menu of /{browser.area}, on the way to {place.title},",
                                 *dict.fromkeys(key for path in place.paths for key in path))


class _Trip:
    """Pages seen on the way, so that none is fetched twice."""

    def __init__(self, browser, start):
        self._browser, self._start, self._seen = browser, start, {}

    def follow(self, path):
        """The page at the end of a path of keys, or None where the path breaks."""
        page, passed, groups = self._start, set(), []
        for number, key in enumerate(path):
            control = self._entry(page, key, passed, groups)
            groups = self._groups(page, key)
            if control is None and groups and number + 1 < len(path):
                continue  # a heading of the menu that leads nowhere itself
            if control is None:
                return None
            passed |= {_address(page, one) for one in page.controls if one.target}
            page = self._visit(page, control)
            groups = self._groups(page, key)
        return page

    def _entry(self, page, key, passed, groups):
        """The best menu entry with this label: below the entry before, new since, in a menu, first on the page."""
        found = [one for one in page.named(self._browser.labels, key) if one.enabled and self._only_fetches(page, one)]
        return min(found, default=None, key=lambda one: (
            not any(holds(group, [one.element]) for group in groups), _address(page, one) in passed, not _in_menu(one)))

    def _groups(self, page, key):
        """What stands below the menu entry of a key: its list item, or what follows its heading."""
        wanted, groups = self._browser.labels.folded(key), []
        for tag in page.soup.find_all(_TITLES):
            if fold(own_text(tag)) in wanted:
                item = tag if tag.name == "li" else tag.find_parent("li")
                below = item or tag.find_next_sibling(True)
                groups += [below] if below is not None and below.name not in _ENTRIES else []
        return groups

    def _only_fetches(self, page, control):
        if control.kind == "link":
            return urlsplit(page.target_of(control)).netloc == urlsplit(page.url).netloc
        form = page.form_of(control)
        return form is not None and form.submission(control).method == "GET"

    def _visit(self, page, control):
        address = _address(page, control)
        if address not in self._seen:
            self._seen[address] = self._browser.follow(page, control)
        return self._seen[address]


def _address(page, control):
    """What a menu entry fetches, to compare entries."""
    if control.target:
        return urldefrag(page.target_of(control)).url
    submission = page.form_of(control).submission(control)
    return submission.url, submission.pairs


def _in_menu(control):
    for parent in control.element.parents:
        if parent.name == "nav" or parent.get("role") in ("navigation", "menu", "menubar", "tablist"):
            return True
        words = " ".join([*classes(parent), str(parent.get("id", "")).lower()])
        if any(word in words for word in _MENUS):
            return True
    return False
