# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Client installers of the Configuration API (docs/vendor/configuration-api.md#installers)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...errors import InvalidInput, NotUnderstood
from ..fields import Fields
from ..moments import read_time

# What POST takes, by the vendor's files for RS and PRA; an unknown field is refused (docs/vendor/configuration-api.md#general), so
# nothing else is ever sent.
SETTINGS = (
    "jump_group_id",
    "jump_group_type",
    "name",
    "tag",
    "comments",
    "jump_policy_id",
    "attended_session_policy_id",
    "unattended_session_policy_id",
    "session_policy_id",
    "connection_type",
    "elevate_install",
    "elevate_prompt",
    "customer_client_start_mode",
    "jumpoint_proxy",
    "support_button_profile_code_name",
    "support_button_direct_queue",
    "allow_override_jump_group",
    "allow_override_jump_policy",
    "allow_override_name",
    "allow_override_tag",
    "allow_override_comments",
    "allow_override_attended_session_policy",
    "allow_override_unattended_session_policy",
    "allow_override_session_policy",
    "allow_override_support_button_profile",
    "allow_override_support_button_direct_queue",
)
_MAY_BE_EMPTY = ("name", "tag", "comments")
_OLD_QUIET = "is_quiet"  # until 1.7; since then customer_client_start_mode
# Fields of the list that POST does not accept: only compared.
_COMPARED = ("max_offline_minutes", "public_site_address", _OLD_QUIET)
_RECORDED = ("id", "installer_id", "expiration_timestamp", *SETTINGS, *_COMPARED)
_ECHOED_WRONG = ("elevate_install", "elevate_prompt")  # the response says false for any request
SHORTEST, LONGEST, USUAL = 10, 525600, 1440  # minutes
_PLATFORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_EXTENSIONS = (
    ("msi", ".msi"),
    ("dmg", ".dmg"),
    ("zip", ".zip"),
    ("windows", ".exe"),
    ("mac", ".dmg"),
    ("linux", ".bin"),
    ("raspberry", ".bin"),
)


@dataclass(frozen=True)
class Installer:
    """One row. old: its id in the journal (its installer_id if it has no id); group: None if missing;
    expires: seconds since 1970, None for never; row: its fields without secrets."""

    old: int | str
    installer_id: str
    name: str
    group: int | None
    expires: float | None
    row: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def label(self) -> str:
        """The name or the group, as it reads after 'installer'."""
        return label(self.name, self.group)

    def valid(self, now: float) -> bool:
        """Whether it has not expired."""
        return self.expires is None or self.expires > now


def label(name: str, group: int | None) -> str:
    """Return "'Kiosk'" or 'of Jump Group 3', as it reads after 'installer'."""
    return repr(name) if name else f"of Jump Group {group}"


def read_installer(row: Mapping[str, Any], host: str = "") -> Installer:
    """Return the Installer of a row of the list or of the journal. Raises NotUnderstood if it has no usable id."""
    fields = Fields(row, what="the list of Jump Client installers", host=host)
    installer_id = fields.text("installer_id", "")
    old: int | str = fields.integer("id") if installer_id == "" else fields.integer("id", installer_id)
    recorded = {name: row[name] for name in _RECORDED if row.get(name) is not None}
    return Installer(old, installer_id, fields.text("name", ""), fields.integer("jump_group_id", None), _expires(fields, row), recorded)


def _expires(fields: Fields, row: Mapping[str, Any]) -> float | None:
    """Return seconds since 1970 of ISO text, or of a number (as the vendor's own client sees it)."""
    value = row.get("expiration_timestamp")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return fields.time("expiration_timestamp", None)


@dataclass(frozen=True)
class Created:
    """A new installer and its deployment key (None if the response has none)."""

    installer: Installer
    key: dict[str, Any] | None = field(default=None, repr=False)


def read_created(row: Mapping[str, Any], host: str = "") -> Created:
    """Return Created. Raises NotUnderstood, without any value of the response, if it has no usable id."""
    identity = row.get("installer_id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise NotUnderstood("The response with the new installer has no usable installer_id.", host=host)
    key = row.get("key_info")
    values = {name: value for name, value in row.items() if name in _RECORDED and not isinstance(value, (dict, list))}
    try:
        return Created(read_installer(values, host), key if key and isinstance(key, dict) else None)
    except NotUnderstood:  # it was created, with whatever other fields
        return Created(Installer(identity, identity, "", None, None), key if key and isinstance(key, dict) else None)


def creation_fields(row: Mapping[str, Any], minutes: int) -> dict[str, Any]:
    """Return the body of POST that creates an installer with the settings of this row."""
    fields: dict[str, Any] = {
        name: row[name] for name in SETTINGS if row.get(name) is not None and (row[name] != "" or name in _MAY_BE_EMPTY)
    }
    if row.get(_OLD_QUIET) is True and "customer_client_start_mode" not in row:
        fields[_OLD_QUIET] = True
    return {**fields, "valid_duration": minutes}


def differences(wanted: Mapping[str, Any], got: Mapping[str, Any]) -> list[str]:
    """Return the names of settings with different values in the old and the new installer, if both have them."""
    both = (name for name in (*SETTINGS, *_COMPARED) if name in wanted and name in got and name not in _ECHOED_WRONG)
    return [name for name in both if wanted[name] != got[name]]


def duration(expires: float | None, now: float, given: int | None = None) -> int:
    """Return the minutes that a new installer is valid: as given, or the rest of the old one, at least a day. Raises InvalidInput."""
    if given is not None:
        if not SHORTEST <= given <= LONGEST:
            raise InvalidInput(f"valid_duration is {given} minutes.", remedy=f"Give {SHORTEST} to {LONGEST}.")
        return given
    left = USUAL if expires is None else math.ceil((expires - now) / 60)
    return min(max(left, USUAL), LONGEST)


def check_platforms(names: Iterable[str]) -> None:
    """Raise InvalidInput for a name with other characters. The platforms themselves differ by version."""
    for name in names:
        if not _PLATFORM.fullmatch(name):
            raise InvalidInput(f"{name!r} is not the name of a platform.", remedy="As in windows-64-msi, mac-dmg or linux-64.")


def extension(platform: str) -> str:
    """Return the file extension of a platform, '' if it is unknown."""
    return next((ending for word, ending in _EXTENSIONS if word in platform), "")


def seconds(text: str) -> float | None:
    """Return seconds since 1970 of iso() text; None for ''."""
    return read_time(text) if text else None
