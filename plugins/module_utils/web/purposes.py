# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an upgrade does on the pages, and the labels that it uses for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .appliance import basics, certificates, storage, updates
from .login import account, failover, jump_clients, software
from .login.console_links import find_offer
from .page_labels import find_label

if TYPE_CHECKING:
    from .browser import Browser
    from .html.page import Page
    from .navigation import Place


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
