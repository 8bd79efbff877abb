# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do after an upgrade: the items of the catalogue, each with its state and reason. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import InvalidInput
from ...model.package import SITE
from ...model.version import Version
from . import clients, software
from .catalogue import ALL, DONE, NOT_APPLICABLE, OPEN, REINSTALL, WAIT

_NO_CLIENTS = "Only Base software or add-ons were installed, which need no upgrade of clients."
_GONE = "All client software was uninstalled before the upgrade, and is reinstalled."


@dataclass(frozen=True)
class Known:
    """last: model.journal.last_upgrade. clients: the result of client_info, {} where it could not be read; clients_problem says why.
    installers_problem: why the installers were not regenerated, or ''. companions: {name: (version, release notes)}.
    """

    last: dict[str, Any]
    clients: dict[str, Any] = field(default_factory=dict)
    clients_problem: str = ""
    installers_problem: str = ""
    companions: dict[str, tuple[str, str]] = field(default_factory=dict)
    platforms: tuple[str, ...] = ()
    strategy: str = WAIT
    owners: dict[str, str] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    stragglers_list: str = ""
    uninstall_list: str = ""

    @property
    def state(self) -> Any:
        return self.last["clients"]

    @property
    def before(self) -> dict[str, Any] | None:
        return self.state.counted["before"]

    @property
    def site(self) -> bool:
        """Whether clients have to upgrade: unless it is known that no site package was installed."""
        packages = self.last["packages"]
        return not packages or any(one["kind"] == SITE for one in packages)


def work_list(known: Known) -> list[dict[str, Any]]:
    """All items, in the order of the catalogue: {id, title, reason, owner, action, link, count, state}."""
    found = {**clients.measured(known), **({**software.by_hand(known), **clients.follow_up(known)} if known.site else {})}
    if known.strategy == REINSTALL:
        found.update(dict.fromkeys(_NOT_IN_REINSTALL, (NOT_APPLICABLE, _GONE)), **software.reinstall(known))
    ids = [one for one in ALL if one in found or not one.startswith("reinstall_")]
    return [_item(one, known, *found.get(one, (NOT_APPLICABLE, _NO_CLIENTS))) for one in ids]


_NOT_IN_REINSTALL = (
    "msi_consoles_redeploy",
    "old_msi_remove",
    "extractable_console",
    "stragglers",
    "personal_jump_groups",
    "clients_missing",
    "jump_clients",
    "representative_consoles",
    "support_buttons",
    "connection_agents",
)


def _item(one: str, known: Known, state: str, reason: str, action: Sequence[str] = (), count: int | None = None) -> dict[str, Any]:
    entry = ALL[one]
    if state == OPEN and one in known.confirmed:
        state, reason = DONE, f"{reason} A person confirmed that it is done."
    return {
        "id": one,
        "title": entry.title,
        "state": state,
        "reason": reason,
        "owner": known.owners.get(one) or entry.owner,
        "action": list(action),
        "link": entry.link,
        "count": count,
    }


def companions_of(manifest: Any, packages: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """{name: (version, release notes)} of the software to upgrade by hand, by the manifest's entries of the installed packages.

    Without recorded packages all entries count; of several versions the highest.
    """
    names = [one["package"] for one in packages]
    entries = [manifest.find(name) for name in names] if names else manifest.entries
    found: dict[str, tuple[str, str]] = {}
    for entry in (one for one in entries if one):
        for name, version in entry.companions:
            if name not in found or _newer(version, found[name][0]):
                found[name] = (version, entry.release_notes)
    return dict(sorted(found.items()))


def _newer(one: str, other: str) -> bool:
    try:
        return Version(one) >= Version(other)
    except InvalidInput:
        return True
