# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The start of a version that a person declares: since when it runs, who says so, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ...errors import InvalidInput
from ...model.version import Version, find_version

OPTION = {
    "version": {"type": "str", "required": True},
    "since": {"type": "str", "required": True},
    "by": {"type": "str", "required": True},
    "why": {"type": "str", "required": True},
}


@dataclass(frozen=True)
class DeclaredStart:
    """since: seconds since 1970; when: the same as it was written; by: who declares it; why: the reason."""

    version: str
    since: float
    when: str
    by: str
    why: str


def declared_start(given: dict[str, Any] | None) -> DeclaredStart | None:
    """The DeclaredStart of an option running_since; None without one. InvalidInput where a part is missing or invalid."""
    if not given:
        return None
    empty = [name for name in OPTION if not str(given.get(name) or "").strip()]
    if empty:
        raise InvalidInput(f"`running_since` lacks {' and '.join(empty)}.", remedy="Give version, since, by (a name) and why.")
    version = str(given["version"]).strip()
    if find_version(version) != version:
        raise InvalidInput(f"`running_since` has {version!r}, which is not a version.", remedy='Give it in quotes, like "22.1.4".')
    when = str(given["since"]).strip()
    return DeclaredStart(version, _moment(when), when, str(given["by"]).strip(), str(given["why"]).strip())


def _moment(text: str) -> float:
    """Seconds since 1970 of a day or a moment in ISO 8601; UTC where no zone is given."""
    try:
        read = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1] in "zZ" else text)
    except ValueError as exc:
        raise InvalidInput(
            f"`running_since` has since={text!r}, which is not a date.", remedy="Write it like 2026-03-01 or 2026-03-01T20:00:00+00:00."
        ) from exc
    return (read if read.tzinfo else read.replace(tzinfo=timezone.utc)).timestamp()


def does_apply(declared: DeclaredStart, *, version: str, now: float) -> bool:
    """Whether it is about the version that runs. An older version no longer applies.

    InvalidInput for a version that is newer than the running one, and for a moment in the future.
    """
    if declared.since > now:
        raise InvalidInput(
            f"`running_since` says that {declared.version} runs since {declared.when}, which is in the future.",
            remedy="Correct the date, or leave `running_since` out.",
        )
    if Version(declared.version) > Version(version):
        raise InvalidInput(
            f"`running_since` is about {declared.version}, but the appliance runs {version}.",
            remedy="Correct the version, or leave `running_since` out.",
        )
    return declared.version == version


def waiting_since(catch_up: Mapping[str, Any], declared: DeclaredStart | None) -> float | None:
    """When clients began to catch up with what runs: as the memory has it, or earlier, as a person declares. None if they do not."""
    since: float | None = catch_up.get("since")
    if since is None or declared is None or declared.version != catch_up.get("version"):
        return since
    return min(since, declared.since)
