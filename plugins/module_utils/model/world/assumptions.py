# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a world assumes because no interface says it, or because it was not read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .fact import ASSUMED, CANNOT_BE_KNOWN, Fact
from .lengths import sync_length
from .parts import SESSION_MINUTES


def _sessions(reading: Mapping[str, Any]) -> str:
    number = sum(one["sessions"] for one in reading.get("people") or ())
    if not number:
        return "No session runs, and none begins"
    which = (
        "The session that ran when the site was read ends" if number == 1 else f"The {number} sessions that ran when the site was read end"
    )
    return f"{which} within {SESSION_MINUTES} minutes"


def assumptions(reading: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]], lengths: Mapping[str, Any]) -> list[Fact]:
    """What no interface says, and what was not read though one could say it."""
    found = [
        Fact("eula", ASSUMED, "No package asks for an agreement", "An agreement is shown only when a package is about to be installed."),
        Fact("pages", ASSUMED, "The pages have the labels that the collection knows", "The playbook page_probe reads the real ones."),
        Fact("base_trouble", ASSUMED, "Each Base update succeeds", "Nothing says beforehand whether one fails."),
        Fact("clients_return", ASSUMED, "Each Jump Client upgrades within the vendor's times", "Nothing says which hosts stay off."),
        Fact("sessions", ASSUMED, _sessions(reading), "Nothing says how long people work, and who works when the upgrade begins."),
        Fact("network", CANNOT_BE_KNOWN, "The network follows at once", "DNS caches, NAT and firewalls are not part of the rehearsal."),
    ]
    if len(nodes) > 1:
        why = "The vendor documents no report of the roles after a break (docs/vendor/procedure.md#decisions-that-stay-variables)."
        found.append(Fact("relation_after_break", ASSUMED, "Both nodes report no role after a break", why))
        found.append(sync_length(lengths))
    optional = {**reading["errors"], **{f"{one['name']}: {part}": why for one in nodes for part, why in one["errors"].items()}}
    known = {"clients"}
    found += [Fact(part, ASSUMED, "As the simulator has it by default", why) for part, why in optional.items() if part not in known]
    return found
