# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Client installers as the Configuration API lists and makes them (interfaces 7.3). Pure."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field

from ..errors import InvalidInput, NotUnderstood
from .fields import Fields, read_time

# What POST takes, by the vendor's files for RS and PRA; an unknown field is refused (interfaces 7.1), so nothing else is ever sent.
SETTINGS = (
    "jump_group_id", "jump_group_type", "name", "tag", "comments", "jump_policy_id", "attended_session_policy_id",
    "unattended_session_policy_id", "session_policy_id", "connection_type", "elevate_install", "elevate_prompt",
    "customer_client_start_mode", "jumpoint_proxy", "support_button_profile_code_name", "support_button_direct_queue",
    "allow_override_jump_group", "allow_override_jump_policy", "allow_override_name", "allow_override_tag", "allow_override_comments",
    "allow_override_attended_session_policy", "allow_override_unattended_session_policy", "allow_override_session_policy",
    "allow_override_support_button_profile", "allow_override_support_button_direct_queue",
)  # fmt: skip
_MAY_BE_EMPTY = ("name", "tag", "comments")
_OLD_QUIET = "is_quiet"  # before 1.8 what customer_client_start_mode says since
# Told by the list, and not taken by POST: only compared.
_COMPARED = ("max_offline_minutes", "public_site_address", _OLD_QUIET)
_NOTED = ("id", "installer_id", "expiration_timestamp", *SETTINGS, *_COMPARED)
_ECHOED_WRONG = ("elevate_install", "elevate_prompt")  # the answer says false whatever was asked for
SHORTEST, LONGEST, USUAL = 10, 525600, 1440  # minutes
_PLATFORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|\?xml|html|head|body|[a-z_][\w:.-]*[\s/>])", re.I | re.S)
_MEDIA = ("text/html", "application/xhtml+xml", "application/json", "text/xml", "application/xml")
_EXTENSIONS = (("msi", ".msi"), ("dmg", ".dmg"), ("zip", ".zip"), ("windows", ".exe"), ("mac", ".dmg"), ("linux", ".bin"),
               ("raspberry", ".bin"))  # fmt: skip


@dataclass(frozen=True)
class Installer:
    """One row. old: how the record names it (its id, or its installer_id where no id is told); group: None where not told;
    expires: seconds since 1970, None for never; row: what may be kept of it, which is no secret."""

    old: int | str
    installer_id: str
    name: str
    group: int | None
    expires: float | None
    row: dict = field(default_factory=dict, compare=False)

    @property
    def label(self):
        return label(self.name, self.group)

    def valid(self, now):
        return self.expires is None or self.expires > now


def label(name, group):
    """'Kiosk' or of Jump Group 3, as it reads after 'installer'."""
    return repr(name) if name else f"of Jump Group {group}"


def read_installer(row, host=""):
    """An Installer of a row of the list or of the record; NotUnderstood where it cannot be told from others."""
    fields = Fields(row, what="the list of Jump Client installers", host=host)
    installer_id = fields.text("installer_id", "")
    old = fields.integer("id") if installer_id == "" else fields.integer("id", installer_id)
    kept = {name: row[name] for name in _NOTED if row.get(name) is not None}
    return Installer(old, installer_id, fields.text("name", ""), fields.integer("jump_group_id", None), _expires(fields, row), kept)


def _expires(fields, row):
    """ISO text, or (seen by the vendor's own client) a number of seconds."""
    value = row.get("expiration_timestamp")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return fields.time("expiration_timestamp", None)


@dataclass(frozen=True)
class Created:
    """A new installer, and its deployment key (None where the answer held none)."""

    installer: Installer
    key: dict | None = field(default=None, repr=False)


def read_created(row, host=""):
    """Created; NotUnderstood, without any value of the answer in its text, where it holds no usable id."""
    identity = row.get("installer_id")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise NotUnderstood("The answer with the new installer holds no usable installer_id.", host=host)
    key = row.get("key_info")
    told = {name: value for name, value in row.items() if name in _NOTED and not isinstance(value, (dict, list))}
    try:
        return Created(read_installer(told, host), key if key and isinstance(key, dict) else None)
    except NotUnderstood:  # made, whatever else it says
        return Created(Installer(identity, identity, "", None, None), key if key and isinstance(key, dict) else None)


def fields_of(row, minutes):
    """The body that makes an installer like this row again: what the appliance told of it, as far as POST takes it."""
    fields = {name: row[name] for name in SETTINGS if row.get(name) is not None and (row[name] != "" or name in _MAY_BE_EMPTY)}
    if row.get(_OLD_QUIET) is True and "customer_client_start_mode" not in row:
        fields[_OLD_QUIET] = True
    return {**fields, "valid_duration": minutes}


def differences(wanted, got):
    """Names of settings that the new installer has otherwise than the old one, as far as both are told."""
    both = (name for name in (*SETTINGS, *_COMPARED) if name in wanted and name in got and name not in _ECHOED_WRONG)
    return [name for name in both if wanted[name] != got[name]]


def duration(expires, now, given=None):
    """Minutes that a new installer shall be valid: as given, or what is left of the old one, a day at least."""
    if given is not None:
        if not SHORTEST <= given <= LONGEST:
            raise InvalidInput(f"valid_duration is {given} minutes.", remedy=f"Give {SHORTEST} to {LONGEST}.")
        return given
    left = USUAL if expires is None else math.ceil((expires - now) / 60)
    return min(max(left, USUAL), LONGEST)


def check_platforms(names):
    """InvalidInput for a name that could be more than a name; which ones an appliance knows differs by version."""
    for name in names:
        if not _PLATFORM.fullmatch(name):
            raise InvalidInput(f"{name!r} is not the name of a platform.", remedy="As in windows-64-msi, mac-dmg or linux-64.")


def extension(platform):
    return next((ending for word, ending in _EXTENSIONS if word in platform), "")


def judge_file(head, size, content_type, *, what, host=""):
    """Return if this may be an installer; NotUnderstood for nothing, a page, XML or JSON."""
    media = content_type.split(";")[0].strip().lower()
    text = head.lstrip()
    kind = "nothing" if not size else "a web page or XML" if _PAGE.match(text.decode("latin-1")) else ""
    kind = kind or ("JSON" if text[:1] in (b"{", b"[") and _is_json(text, size) else "") or (media if media in _MEDIA else "")
    if kind:
        raise NotUnderstood(f"The appliance sent {kind} in place of {what}, with a status that says all is well.", host=host,
                            remedy="Nothing was kept. Look at its pages if this stays.")  # fmt: skip


def _is_json(text, size):
    try:
        json.loads(text)
    except ValueError:
        return size > len(text) and text[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]")
    return True


def seconds(text):
    """The opposite of iso(); None for ''."""
    return read_time(text) if text else None
