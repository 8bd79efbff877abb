# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The version to reach: the one that is named, or the newest that is offered; an error says why there is none."""

from __future__ import annotations

from ...errors import PlanError
from ...model.package import SITE
from ...model.version import Version, find_version
from .catalogue import Catalogue
from .unclassified import classify, still_open


def read_version(text: str | None) -> Version | None:
    """'6.2.0', also as part of a longer text, as the pages show it; None stays None."""
    if text is None or text == "":
        return None
    return Version(find_version(str(text)) or text)


def read_target(catalogue: Catalogue, wanted: Version | None, unclassified: list[str]) -> Version:
    if wanted is None and unclassified:
        raise PlanError(
            f"The newest version is unknown: the name {', '.join(map(repr, unclassified))} does not say what it is.",
            remedy=f"Name the version to reach (upgrade_target_version). Or: {classify(*unclassified)}",
            facts={"unclassified": unclassified},
        )
    if wanted is None:
        offered = [c.number for c in catalogue.candidates.values() if c.kind == SITE and c.offered]
        return max([*offered, catalogue.site])
    if wanted < catalogue.site:
        raise PlanError(
            f"Version {wanted} is wanted, but {catalogue.site} is installed, and nothing can be downgraded.",
            remedy="Name a version that is not older than the one installed.",
        )
    return wanted


def not_offered(catalogue: Catalogue, what: str, kind: str) -> PlanError:
    offered = [c.name for c in catalogue.of_kind(kind) if c.offered]
    unknown = still_open(catalogue.candidates.values())
    if unknown:
        return PlanError(
            f"{what} is not offered to this appliance under a name that is known; offered: {', '.join([*offered, *unknown])}.",
            remedy=classify(*unknown),
            facts={"offered": offered, "unclassified": unknown},
        )
    return PlanError(
        f"{what} is not offered to this appliance; offered: {', '.join(offered) or 'nothing'}.",
        remedy="It may not be rolled out here yet, maintenance may have lapsed, or other packages come first: "
        "check for updates, or ask the vendor's support.",
        facts={"offered": offered},
    )
