# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is left to do after an upgrade: the table of the vendor's page by kind of client, with what is known of each. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import InvalidInput
from ..model.package import SITE
from ..model.version import Version
from . import aftercare_clients as clients
from . import aftercare_software as software
from .aftercare_catalogue import ALL, DONE, NOT_APPLICABLE, OPEN, REINSTALL, WAIT

_NO_CLIENTS = "Only Base software or add-ons were installed, which need no upgrade of clients."
_GONE = "All client software was uninstalled before the upgrade, and is installed again."


@dataclass(frozen=True)
class Known:
    """last: model.last_upgrade. clients: as client_info tells them, {} where they could not be read, then clients_problem says why.
    installers_problem: why the installers were not made again, ''. companions: {name: (version, release notes)}."""

    last: dict
    clients: dict = field(default_factory=dict)
    clients_problem: str = ""
    installers_problem: str = ""
    companions: dict = field(default_factory=dict)
    platforms: tuple = ()
    strategy: str = WAIT
    owners: dict = field(default_factory=dict)
    confirmed: tuple = ()
    stragglers_list: str = ""
    uninstall_list: str = ""

    @property
    def state(self):
        return self.last["clients"]

    @property
    def before(self):
        return self.state["counted"]["before"]

    @property
    def site(self):
        """Whether clients have to follow: unless it is known that no site package was installed."""
        packages = self.last["packages"]
        return not packages or any(one["kind"] == SITE for one in packages)


def work_list(known):
    """All items, in the order of the catalogue: {id, title, reason, owner, action, link, count, state}."""
    judged = {**clients.measured(known), **({**software.by_person(known), **clients.catching_up(known)} if known.site else {})}
    if known.strategy == REINSTALL:
        judged.update(dict.fromkeys(_NOT_IN_REINSTALL, (NOT_APPLICABLE, _GONE)), **software.install_again(known))
    ids = [one for one in ALL if one in judged or not one.startswith("reinstall_")]
    return [_item(one, known, *judged.get(one, (NOT_APPLICABLE, _NO_CLIENTS))) for one in ids]


_NOT_IN_REINSTALL = ("msi_consoles_redeploy", "old_msi_remove", "extractable_console", "stragglers", "personal_jump_groups",
                     "clients_missing", "jump_clients", "representative_consoles", "support_buttons", "connection_agents")  # fmt: skip


def _item(one, known, state, reason, action=(), count=None):
    entry = ALL[one]
    if state == OPEN and one in known.confirmed:
        state, reason = DONE, f"{reason} A person confirmed that it is done."
    return {"id": one, "title": entry.title, "state": state, "reason": reason, "owner": known.owners.get(one) or entry.owner,
            "action": list(action), "link": entry.link, "count": count}  # fmt: skip


def companions_of(manifest, packages):
    """{name: (version, release notes)} of what must be renewed by hand, by the manifest's entries of the packages on the path.

    Without packages (nobody noted them) all entries count; of several versions the highest.
    """
    names = [one["package"] for one in packages]
    entries = [manifest.find(name) for name in names] if names else manifest.entries
    found = {}
    for entry in (one for one in entries if one):
        for name, version in entry.companions:
            if name not in found or _newer(version, found[name][0]):
                found[name] = (version, entry.release_notes)
    return dict(sorted(found.items()))


def _newer(one, other):
    try:
        return Version(one) >= Version(other)
    except InvalidInput:
        return True
