# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What may be left to do after an upgrade: for each item its title, who usually does it, and where. Pure."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from ..errors import InvalidInput

OPEN, DONE, AUTOMATIC, NOT_APPLICABLE = "open", "done", "automatic", "not_applicable"
WAIT, REINSTALL = "wait", "reinstall"  # strategies for the clients
ADMINISTRATOR, DESKTOP = "the administrator of the appliance", "the desktop team"
INTEGRATIONS, NETWORK, NOBODY = "the owners of the integrations", "the network team", "nobody"
_CONSOLE, _JUMP_CLIENTS, _ACCOUNT = "the representative console", "/login > Jump > Jump Clients", "/login > My Account"


@dataclass(frozen=True)
class Entry:
    title: str
    owner: str
    link: str = ""


CATALOGUE = {
    "integration_clients": Entry("Install the integration clients again", INTEGRATIONS, "https://help.bomgar.com, Downloads"),
    "jump_client_installers": Entry("Generate the Jump Client installers again", ADMINISTRATOR, _JUMP_CLIENTS),
    "support_buttons_regenerate": Entry("Generate the installers of Bomgar (Support) Buttons again", ADMINISTRATOR, "/login"),
    "console_installers_regenerate": Entry("Generate the installers of representative consoles again", ADMINISTRATOR, _ACCOUNT),
    "msi_consoles_redeploy": Entry("Deploy the consoles again that came as MSI", DESKTOP, _ACCOUNT),
    "extractable_console": Entry("Distribute the console that was saved before the upgrade", DESKTOP),
    "old_msi_remove": Entry("Remove outdated consoles with the old MSI, where needed", DESKTOP),
    "stragglers": Entry("Bring the Jump Clients along that have not upgraded", DESKTOP, _CONSOLE),
    "personal_jump_groups": Entry("Look at the Jump Clients of personal Jump Groups", ADMINISTRATOR, _CONSOLE),
    "clients_missing": Entry("Find the Jump Clients that were connected before", ADMINISTRATOR, "/login > Status > Information"),
    "jumpoints": Entry("Bring the Jumpoints back", NETWORK, "/login > Jump"),
    "jump_client_settings": Entry("Put the Jump Client upgrade settings back", ADMINISTRATOR, _JUMP_CLIENTS),
    "jump_clients": Entry("Jump Clients upgrade after they check in", NOBODY),
    "representative_consoles": Entry("Representative consoles upgrade at their next start", NOBODY),
    "support_buttons": Entry("Bomgar (Support) Buttons upgrade at their first use", NOBODY),
    "connection_agents": Entry("Connection agents upgrade by themselves", NOBODY),
}
INSTALL_AGAIN = {
    "reinstall_jump_clients": Entry("Install the Jump Clients again", DESKTOP),
    "reinstall_jumpoints": Entry("Install the Jumpoints again", NETWORK, "/login > Jump"),
    "reinstall_consoles": Entry("Install the representative consoles again", DESKTOP, _ACCOUNT),
    "reinstall_support_buttons": Entry("Install the Bomgar (Support) Buttons again", DESKTOP, "/login"),
    "reinstall_connection_agents": Entry("Install the connection agents again", INTEGRATIONS),
}
ALL = {**CATALOGUE, **INSTALL_AGAIN}


def check_ids(ids, option):
    """InvalidInput for an id that no item has."""
    for one in ids:
        if one not in ALL:
            near = difflib.get_close_matches(str(one), ALL, n=1)
            raise InvalidInput(f"There is no item {one!r} in the aftercare (option {option}).",
                               remedy=f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(ALL)}.")  # fmt: skip
