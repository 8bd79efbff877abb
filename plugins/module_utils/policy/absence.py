# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Is nobody connected any more? The proof that all client software was uninstalled before an upgrade without waits (M15). Pure."""

from __future__ import annotations

# The words of the Command API (interfaces 4.5), and what people call them.
REPRESENTATIVES, CUSTOMERS, JUMPOINTS, JUMP_CLIENTS = "representative", "support_customer", "push_agent", "pinned_client"
CALLED = {
    REPRESENTATIVES: "representative consoles", CUSTOMERS: "customer clients", JUMPOINTS: "Jumpoints", JUMP_CLIENTS: "Jump Clients",
    "presentation_attendee": "presentation attendees",
}  # fmt: skip
UNLISTED = ("Jump Clients of personal Jump Groups", "Bomgar Buttons", "connection agents", "integration clients")


def still_connected(connected, *, jumpoints=None, jump_clients=None):
    """{what: number} of the clients that are connected now; None where it cannot be told, which proves nothing.

    connected:    counts by type of the Command API, as far as it counts them
    jumpoints:    how many of the Configuration API are connected; jump_clients: how many of it are (or may be) online;
                  None where there is no such list
    Told by both, the larger number counts; told by nobody, it is None.
    """
    told = {kind: connected.get(kind) for kind in (REPRESENTATIVES, CUSTOMERS, JUMPOINTS, JUMP_CLIENTS)}
    told.update(connected)
    for kind, listed in ((JUMPOINTS, jumpoints), (JUMP_CLIENTS, jump_clients)):
        told[kind] = max((one for one in (told[kind], listed) if one is not None), default=None)
    return told


def is_absent(found):
    """Whether still_connected() proves that nobody is connected."""
    return all(number == 0 and not isinstance(number, bool) for number in found.values())


def reasons(found):
    """One sentence for each kind that is connected or cannot be told."""
    lines = []
    for kind, number in found.items():
        name = CALLED.get(kind, kind)
        if number is None:
            lines.append(f"whether {name} are connected could not be told")
        elif number:
            lines.append(f"{number} {name} are connected")
    return lines


def instructions(found):
    """What a person has to do until nobody is connected."""
    return [
        "1. " + "; ".join(reasons(found)) + ".",
        "2. Uninstall all client software: representative consoles, Jump Clients, Jumpoints, Buttons and agents. The module client_list "
        "writes down who has to be reinstalled; write it before you uninstall.",
        f"3. No interface lists these, so uninstall them by your own records: {', '.join(UNLISTED)}.",
        "4. A Jump Client that never told a contact is in doubt: remove it from the list in the representative console.",
        "5. Run this again: it counts anew, and goes on when nobody is connected.",
    ]
