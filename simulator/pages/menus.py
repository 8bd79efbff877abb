# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The menus in their documented order (docs/vendor/pages.md).

An entry is (label key, page key, entries below). The page of an entry with entries below it is the first of them.
"""

from __future__ import annotations

from typing import NamedTuple

from .words import OLD_BASE, OLD_SITE, numbers

# Base 4.2 had Storage under Status, Base 6.1 has it apart; the guides between them were not seen.
STORAGE_APART = (5,)


class Entry(NamedTuple):
    label: str
    page: str
    below: tuple[Entry, ...] = ()


def _leaf(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(name, name) for name in names)


def _entry(label: str, *below: Entry) -> Entry:
    return Entry(label, below[0].page, below) if below else Entry(label, label)


SECURITY = _entry("security", *_leaf("certificates", "tls", "administration", "email", "secret_store"))
NETWORKING = _entry("networking", *_leaf("ip_configuration", "static_routes", "snmp"))


def appliance_menu(base: str) -> tuple[Entry, ...]:
    """Base 3: Updates under Support; Base 3 and 4: Storage under Status; newer: both at the top."""
    version = numbers(base)
    status = _leaf("basics", "health")
    storage: tuple[Entry, ...] = (_entry("storage", *_leaf("storage_status", "encryption")),)
    updates, support = _leaf("updates"), _leaf("utilities", "advanced_support")
    if version < STORAGE_APART:
        status, storage = (*_leaf("basics"), Entry("storage", "storage_status")), ()
    if version < OLD_BASE:
        updates, support = (), _leaf("updates", "utilities", "advanced_support")
    status_entry, support_entry = _entry("status", *status), _entry("support", *support)
    return (status_entry, _entry("users"), NETWORKING, *storage, SECURITY, *updates, support_entry)


def site_menu(version: str, backup: bool = False) -> tuple[Entry, ...]:
    """The part of /login that concerns upgrades. Older software has Jump Clients under Configuration.

    backup: on the backup of a pair most tabs vanish (DOCUMENTED, docs/vendor/pages.md#management--failover).
    """
    if backup:
        return (_entry("status", *_leaf("information")), _entry("management", Entry("failover", "failover")))
    names: tuple[str, ...] = ("software", "security", "failover", "api_configuration", "email")
    if numbers(version) < OLD_SITE:  # API accounts came with 16.1
        names = tuple(name for name in names if name != "api_configuration")
    # /appliance has pages of the same names, so ours carry the area in their key.
    pages = {"security": "site_security", "email": "site_email"}
    management = [Entry(name, pages.get(name, name)) for name in names]
    return (
        _entry("status", *_leaf("information", "representatives")),
        _entry("my_account"),
        _entry("jump", *_leaf("jump_clients")),
        _entry("management", *management),
    )
