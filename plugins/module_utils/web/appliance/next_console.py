# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Updates: the installer of the representative console of the next version. Wordings are inferred."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..login.console_links import Offer, fetch, open_file
from .package_rows import find_rows
from .updates import PLACE, console_control, open_checked, package_of

if TYPE_CHECKING:
    from ...model.package import Package
    from ..browser import Browser


def console_offer(browser: Browser) -> tuple[str | None, tuple[Package, ...]]:
    """(words of the link to the installer, or None; the packages listed next to it)."""
    page = browser.run_signed_in(lambda: open_checked(browser))
    control = console_control(page, browser.labels)
    names = [row.name for row in find_rows(page, browser.labels)]
    return control.label if control else None, tuple(package_of(row, names, browser.labels) for row in find_rows(page, browser.labels))


def fetch_console(browser: Browser, write: Callable[[bytes], Any]) -> str:
    """Write the installer with write(bytes); return its content type."""
    return fetch(browser, lambda: _open_console(browser), write)


def _open_console(browser: Browser) -> Any:
    page = browser.open(PLACE)
    control = console_control(page, browser.labels)
    if control is None:  # some pages show it only after the check
        page = open_checked(browser)
        control = console_control(page, browser.labels)
    if control is None:
        raise browser.not_understood(page, "Updates", "console_installers")
    return open_file(browser, Offer(page, control, None, control.label))
