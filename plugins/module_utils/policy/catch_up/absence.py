# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether no client is connected: required before an upgrade that reinstalls all client software (docs/mission.md#m15). Pure."""

from __future__ import annotations

from collections.abc import Mapping

# The types of the Command API (docs/vendor/command-api.md#get_connected_client_list), and their names for people.
REPRESENTATIVES, CUSTOMERS, JUMPOINTS, JUMP_CLIENTS = "representative", "support_customer", "push_agent", "pinned_client"
NAMES = {
    REPRESENTATIVES: "representative consoles",
    CUSTOMERS: "customer clients",
    JUMPOINTS: "Jumpoints",
    JUMP_CLIENTS: "Jump Clients",
    "presentation_attendee": "presentation attendees",
}
UNLISTED = ("Jump Clients of personal Jump Groups", "Bomgar Buttons", "connection agents", "integration clients")


def still_connected(
    connected: Mapping[str, int | None], *, jumpoints: int | None = None, jump_clients: int | None = None
) -> dict[str, int | None]:
    """{type: number} of the clients that are connected now; None where the number is unknown.

    connected:               counts by type of the Command API, as far as it counts them
    jumpoints, jump_clients: how many the Configuration API lists as connected, or as (possibly) online; None where there is no such list
    Of two numbers the larger one counts.
    """
    found = {kind: connected.get(kind) for kind in (REPRESENTATIVES, CUSTOMERS, JUMPOINTS, JUMP_CLIENTS)}
    found.update(connected)
    for kind, listed in ((JUMPOINTS, jumpoints), (JUMP_CLIENTS, jump_clients)):
        found[kind] = max((one for one in (found[kind], listed) if one is not None), default=None)
    return found


def is_absent(found: Mapping[str, int | None]) -> bool:
    """Whether the result of still_connected() shows that no client is connected."""
    return all(number == 0 and not isinstance(number, bool) for number in found.values())


def reasons(found: Mapping[str, int | None]) -> list[str]:
    """One sentence for each type that is connected or unknown."""
    lines = []
    for kind, number in found.items():
        name = NAMES.get(kind, kind)
        if number is None:
            lines.append(f"it is unknown whether {name} are connected")
        elif number:
            lines.append(f"{number} {name} are connected")
    return lines


def instructions(found: Mapping[str, int | None]) -> list[str]:
    """What a person has to do until no client is connected."""
    return [
        "1. " + "; ".join(reasons(found)) + ".",
        "2. Uninstall all client software: representative consoles, Jump Clients, Jumpoints, Buttons and agents. First run the module "
        "client_list, which writes the list of clients to reinstall.",
        f"3. No interface lists these, so uninstall them by your own records: {', '.join(UNLISTED)}.",
        "4. Remove each Jump Client without a last contact from the list in the representative console.",
        "5. Run the same command again: it counts the clients, and continues when none is connected.",
    ]
