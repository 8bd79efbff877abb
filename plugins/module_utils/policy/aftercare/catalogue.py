# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The items that can be left to do after an upgrade: title, usual owner and place. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...errors import InvalidInput

OPEN, DONE, AUTOMATIC, NOT_APPLICABLE = "open", "done", "automatic", "not_applicable"
WAIT, REINSTALL = "wait", "reinstall"  # strategies for the clients
ADMINISTRATOR, DESKTOP = "the administrator of the appliance", "the desktop team"
INTEGRATIONS, NETWORK, NOBODY = "the owners of the integrations", "the network team", "nobody"
_CONSOLE, _JUMP_CLIENTS, _ACCOUNT = "the representative console", "/login > Jump > Jump Clients", "/login > My Account"


Finding = tuple[Any, ...]  # (state, reason), then optionally the steps of an open item and their number


@dataclass(frozen=True)
class Entry:
    title: str
    owner: str
    link: str = ""


CATALOGUE = {
    "integration_clients": Entry("Reinstall the integration clients", INTEGRATIONS, "https://help.bomgar.com, Downloads"),
    "jump_client_installers": Entry("Regenerate the Jump Client installers", ADMINISTRATOR, _JUMP_CLIENTS),
    "support_buttons_regenerate": Entry("Regenerate the installers of Bomgar (Support) Buttons", ADMINISTRATOR, "/login"),
    "console_installers_regenerate": Entry("Regenerate the installers of representative consoles", ADMINISTRATOR, _ACCOUNT),
    "msi_consoles_redeploy": Entry("Redeploy the consoles that were deployed as MSI", DESKTOP, _ACCOUNT),
    "extractable_console": Entry("Distribute the console that was saved before the upgrade", DESKTOP),
    "old_msi_remove": Entry("Remove outdated consoles with the old MSI, where needed", DESKTOP),
    "stragglers": Entry("Upgrade the Jump Clients that have not upgraded by themselves", DESKTOP, _CONSOLE),
    "personal_jump_groups": Entry("Check the Jump Clients of personal Jump Groups", ADMINISTRATOR, _CONSOLE),
    "clients_missing": Entry("Find the Jump Clients that were connected before", ADMINISTRATOR, "/login > Status > Information"),
    "jumpoints": Entry("Reconnect the Jumpoints", NETWORK, "/login > Jump"),
    "jump_client_settings": Entry("Restore the Jump Client upgrade settings", ADMINISTRATOR, _JUMP_CLIENTS),
    "jump_clients": Entry("Jump Clients upgrade after they check in", NOBODY),
    "representative_consoles": Entry("Representative consoles upgrade at their next start", NOBODY),
    "support_buttons": Entry("Bomgar (Support) Buttons upgrade at their first use", NOBODY),
    "connection_agents": Entry("Connection agents upgrade by themselves", NOBODY),
}
REINSTALL_ITEMS = {
    "reinstall_jump_clients": Entry("Reinstall the Jump Clients", DESKTOP),
    "reinstall_jumpoints": Entry("Reinstall the Jumpoints", NETWORK, "/login > Jump"),
    "reinstall_consoles": Entry("Reinstall the representative consoles", DESKTOP, _ACCOUNT),
    "reinstall_support_buttons": Entry("Reinstall the Bomgar (Support) Buttons", DESKTOP, "/login"),
    "reinstall_connection_agents": Entry("Reinstall the connection agents", INTEGRATIONS),
}
ALL = {**CATALOGUE, **REINSTALL_ITEMS}


def check_ids(ids: Iterable[str], option: str) -> None:
    """InvalidInput for an id that no item has."""
    for one in ids:
        if one not in ALL:
            near = difflib.get_close_matches(str(one), ALL, n=1)
            raise InvalidInput(
                f"The option {option} names {one!r}, which is no item of the aftercare.",
                remedy=f"Did you mean {near[0]!r}?" if near else f"The items are: {', '.join(ALL)}.",
            )
