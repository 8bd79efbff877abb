# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides about the upgrade settings of Jump Clients: which values are allowed, what differs, and what is restored. Pure.

A setting is a number (bandwidth in MiB/s, connection_rate per second), one of model.clients.jump_setting.STATES for `automatic`, or the
text of the page where it has no number ('Unlimited'). The ranges are the vendor's (docs/vendor/pages.md#jump-client-upgrade-settings).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput, Refused
from ..model.clients.jump_setting import AUTOMATIC, BANDWIDTH, CONNECTION_RATE, KEYS, MAX_CONCURRENT, UNITS, amount, whole

RANGES: dict[str, tuple[int, int]] = {
    MAX_CONCURRENT: (1, 500),
    BANDWIDTH: (0, 100),
    CONNECTION_RATE: (1, 300),
}  # without 0 for the bandwidth
WHERE = "/login > Jump > Jump Clients"
_NAMES = {MAX_CONCURRENT: "Jump Client upgrades at a time", BANDWIDTH: "MiB/s of bandwidth", CONNECTION_RATE: "connections per second"}


def read_wanted(params: Mapping[str, Any]) -> dict[str, Any]:
    """{key: value} of the options that are set; InvalidInput for a value that the vendor does not allow."""
    wanted = {key: params[key] for key in KEYS if params[key] is not None}
    for key, (lowest, highest) in RANGES.items():
        value = wanted.get(key)
        if value is None:
            continue
        if not lowest <= value <= highest or value == 0:
            raise InvalidInput(
                f"`{key}` is {value:g}; the appliance allows {'more than 0' if key == BANDWIDTH else lowest} to {highest} "
                f"{_NAMES[key]}. Nothing was changed.",
                remedy=f"Correct `{key}`.",
            )
        wanted[key] = whole(value)
    return wanted


def read_values(shown: Mapping[str, str | None]) -> dict[str, Any]:
    """{key: value} of the texts of a page {key: text}; None for '' and None. Units are not checked here."""
    return {key: _value(key, shown.get(key)) for key in KEYS}


def _value(key: str, text: str | None) -> Any:
    if not text:
        return None
    number, unit = amount(text)
    if key == AUTOMATIC or number is None or not _is_documented(key, unit):
        return text
    return number


def _is_documented(key: str, unit: str) -> bool:
    return unit in ("", UNITS[key])


def refuse_other_units(shown: Mapping[str, str | None], keys: Iterable[str]) -> None:
    """Refused where the page shows one of these in another unit than the documented one."""
    for key in keys:
        _number, unit = amount(shown.get(key) or "")
        if key != AUTOMATIC and not _is_documented(key, unit):
            raise Refused(
                f"{WHERE} shows {key} as {shown[key]!r}; the documented unit is {UNITS[key] or 'a plain number'}. Nothing was changed.",
                remedy="Set it by hand (method: manual).",
            )


def differences(values: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The part of `wanted` that differs from the page."""
    return {key: value for key, value in wanted.items() if not same(values.get(key), value)}


def same(shown: Any, value: Any) -> bool:
    """Whether two values of one setting are equal; 5 equals 5.0, and the case of texts is ignored."""
    if isinstance(shown, str) and isinstance(value, str):
        return shown.strip().casefold() == value.strip().casefold()
    return shown == value


@dataclass(frozen=True)
class Restoration:
    """restore: {key: value} to restore; foreign: {key: value on the page} that is neither the value that was set nor the one before;
    unknown: keys with a value before that only a person knows.
    """

    restore: dict[str, Any]
    foreign: dict[str, Any]
    unknown: tuple[str, ...]

    @property
    def note(self) -> str:
        if not self.foreign:
            return ""
        return f"Not restored, because somebody changed them meanwhile: {describe(self.foreign)}."


def plan_restoration(values: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Restoration:
    """What to restore, given the values of the page now. A change by a person is not overwritten."""
    restore: dict[str, Any] = {}
    foreign: dict[str, Any] = {}
    for key, old in before.items():
        if same(values.get(key), old):
            continue
        if key in after and same(values.get(key), after[key]):
            restore[key] = old
        else:
            foreign[key] = values.get(key)
    return Restoration(restore, foreign, unknown_before(before, after))


def unknown_before(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that a person changed, who alone knows the values before."""
    return tuple(key for key in after if key not in before)


def describe(values: Mapping[str, Any]) -> str:
    """'max_concurrent 50, bandwidth 100 MiB/s'"""
    return ", ".join(f"{key} {_shown(key, values[key])}" for key in KEYS if key in values) or "nothing"


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return repr(value) if key != AUTOMATIC else value
    return f"{value:g}" + (f" {UNITS[key]}" if key == BANDWIDTH else UNITS[key])


def as_text(values: Mapping[str, Any]) -> str:
    """One line for each value, for a diff."""
    return "".join(f"{key}: {_shown(key, values[key])}\n" for key in KEYS if key in values)
