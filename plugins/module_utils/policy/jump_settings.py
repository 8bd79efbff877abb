# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What to do about the Jump Clients' upgrade settings: may they be set so, what differs, what is put back and what is left. Pure.

A setting is a number (bandwidth in MiB/s, connection_rate a second), one of model.jump_setting.STATES for `automatic`, or the page's own
text where that has no number ('Unlimited'). Ranges are the vendor's (interfaces 12.6).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InvalidInput, Refused
from ..model.jump_setting import AUTOMATIC, BANDWIDTH, CONNECTION_RATE, KEYS, MAX_CONCURRENT, UNITS, amount, whole

RANGES = {MAX_CONCURRENT: (1, 500), BANDWIDTH: (0, 100), CONNECTION_RATE: (1, 300)}  # 0 itself is no bandwidth
WHERE = "/login > Jump > Jump Clients"
_NAMES = {MAX_CONCURRENT: "Jump Client upgrades at a time", BANDWIDTH: "MiB/s of bandwidth", CONNECTION_RATE: "connections a second"}


def wanted_of(params):
    """{key: value} of what is wanted; InvalidInput for what the vendor does not allow."""
    wanted = {key: params[key] for key in KEYS if params[key] is not None}
    for key, (lowest, highest) in RANGES.items():
        value = wanted.get(key)
        if value is None:
            continue
        if not lowest <= value <= highest or value == 0:
            raise InvalidInput(f"`{key}` is {value:g}; the appliance takes {'more than 0' if key == BANDWIDTH else lowest} to {highest} "
                               f"{_NAMES[key]}. Nothing was changed.", remedy="Correct it.")  # fmt: skip
        wanted[key] = whole(value)
    return wanted


def values_of(shown):
    """{key: value} of a page's texts {key: text} ('' or None: not shown, then None); foreign units are not looked at here."""
    return {key: _value(key, shown.get(key)) for key in KEYS}


def _value(key, text):
    if not text:
        return None
    number, unit = amount(text)
    if key == AUTOMATIC or number is None or not _is_ours(key, unit):
        return text
    return number


def _is_ours(key, unit):
    return unit in ("", UNITS[key])


def refuse_other_units(shown, keys):
    """Refused where the page counts one of these in a unit that is not the documented one: a number is never guessed."""
    for key in keys:
        _number, unit = amount(shown.get(key) or "")
        if key != AUTOMATIC and not _is_ours(key, unit):
            raise Refused(f"{WHERE} shows {key} as {shown[key]!r}, and only {UNITS[key] or 'a plain number'} is known for it. "
                          "Nothing was changed.", remedy="Set it by hand (actuator: operator).")  # fmt: skip


def differences(values, wanted):
    """The part of `wanted` that the page does not show."""
    return {key: value for key, value in wanted.items() if not same(values.get(key), value)}


def same(shown, value):
    """Whether two values of one setting are equal; 5 is 5.0, and texts do not care for case."""
    if isinstance(shown, str) and isinstance(value, str):
        return shown.strip().casefold() == value.strip().casefold()
    return shown == value


@dataclass(frozen=True)
class Restoration:
    """back: {key: value} to put back; theirs: {key: value on the page} that is neither what we set nor what was before;
    unknown: keys whose value before only a person knows.
    """

    back: dict
    theirs: dict
    unknown: tuple

    @property
    def note(self):
        if not self.theirs:
            return ""
        return f"Left as they are, since somebody changed them meanwhile: {told(self.theirs)}."


def restoration(values, before, after):
    """What restoring means, given what the page shows now. A person's change is never overwritten."""
    back, theirs = {}, {}
    for key, old in before.items():
        if same(values.get(key), old):
            continue
        if key in after and same(values.get(key), after[key]):
            back[key] = old
        else:
            theirs[key] = values.get(key)
    return Restoration(back, theirs, unknown_before(before, after))


def unknown_before(before, after):
    """The keys that were changed by a person, who alone knows what they were."""
    return tuple(key for key in after if key not in before)


def told(values):
    """'max_concurrent 50, bandwidth 100 MiB/s' for people."""
    return ", ".join(f"{key} {_told(key, values[key])}" for key in KEYS if key in values) or "nothing"


def _told(key, value):
    if value is None:
        return "empty"
    if isinstance(value, str):
        return repr(value) if key != AUTOMATIC else value
    return f"{value:g}" + (f" {UNITS[key]}" if key == BANDWIDTH else UNITS[key])


def as_text(values):
    """One line for each, for a diff."""
    return "".join(f"{key}: {_told(key, values[key])}\n" for key in KEYS if key in values)
