# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance runs, version and build, as entries of a journal say it. Pure."""

from __future__ import annotations

from .parts import Data, State


def same_software(one: Data, other: Data) -> bool:
    """Whether two readings are of one version and build; a build that was not read is taken to be the same."""
    builds = one.get("build"), other.get("build")
    return one["version"] == other["version"] and (not all(builds) or builds[0] == builds[1])


def is_news(state: State, seen: Data) -> bool:
    """Whether a reading (data of version_seen) differs from what is known of that appliance. state: parts.State."""
    known = state.versions.software.get(seen["guid"])
    if known is None or seen["serves"] and state.versions.served is None:
        return True
    return not same_software(known, seen) or known["serves"] != seen["serves"]


def runs_after(facts: Data) -> dict[str, str] | None:
    """{version, build} of the product after a step, None where nobody read it."""
    if facts.get("software"):
        return software_of(facts["software"])
    if facts.get("kind") != "site" or not facts.get("version"):
        return None
    return {"version": facts["version"], "build": facts.get("build") or (facts.get("evidence") or {}).get("build") or ""}


def software_of(ran: Data) -> dict[str, str]:
    return {"version": ran["version"], "build": ran.get("build") or ""}
