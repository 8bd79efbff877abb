# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values of role variables as their argument spec means them, whatever form they arrive in. Pure.

Extra variables, INI inventories and surveys give text; YAML gives numbers where text was meant. A value is either brought to the type of
its option without a loss or refused with a sentence. Ansible's own validator checks types, choices and elements afterwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...errors import InvalidInput
from ..read_manifest import read_manifest
from .ranges import range_of

NEWEST = "newest"
NO_TARGET = f"no version is named. Name the version to reach, in quotes, or {NEWEST!r} for the newest one that is offered."
_VERSION_NAME = re.compile(r"(?:^|_)(?:versions?|target_base|verify_base)$")
_COLLECTIONS = {"list": "[", "dict": "{"}


def is_version(name: str) -> bool:
    """Whether an option holds a version (or versions by host), by its name."""
    return bool(_VERSION_NAME.search(name))


def is_target(name: str) -> bool:
    """Whether an option names the version that an upgrade has to reach."""
    return name.endswith("target_version")


def is_empty(value: Any) -> bool:
    """Whether a value is empty, as the answer to an optional question of a survey."""
    return value is None or (isinstance(value, str) and not value.strip())


def refuse_numbers(name: str, value: Any) -> None:
    """Raise InvalidInput for a version that is not text, alone or in a list or dict: YAML reads 24.10 as the number 24.1."""
    items: Any = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else [value]
    for one in items:
        if one is not None and not isinstance(one, str):
            raise InvalidInput(
                f"{name} is {one!r}, which is not text. YAML reads 24.10 as the number 24.1.", remedy='Put it in quotes, as in "24.10".'
            )


def convert(name: str, option: Mapping[str, Any], value: Any, parse: Callable[[str], Any]) -> Any:
    """Return the value of one option in its type. Raises InvalidInput with the option's name.

    option: its entry of the argument spec
    parse:  reads text that is written as a list or dict of YAML; raises ValueError
    """
    if is_version(name):
        refuse_numbers(name, value)
    kind = option.get("type", "str")
    prepared = _PREPARE.get(kind, _unchanged)(name, value, parse)
    checked = ArgumentSpecValidator({name: {key: option[key] for key in ("type", "elements", "choices", "options") if key in option}})
    result = checked.validate({name: prepared})
    if result.error_messages:
        shown = "" if option.get("no_log") else f" {value!r}:"
        raise InvalidInput(f"{name}:{shown} {'; '.join(result.error_messages)}")
    converted = result.validated_parameters[name]
    if name.endswith("_manifest") and converted:
        read_manifest(converted, name)
    if "options" in option:  # the validator adds null for each key that is not given
        converted = _given(converted) if isinstance(converted, dict) else list(map(_given, converted))
    if kind in ("int", "float"):
        _check_range(name, converted)
    return converted


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in values.items() if one is not None}


def _check_range(name: str, number: float) -> None:
    bounds = range_of(name)
    if bounds and not bounds[0] <= number <= bounds[1]:
        raise InvalidInput(f"{name} is {number}, and it has to be from {bounds[0]} to {bounds[1]}.")


def _unchanged(name: str, value: Any, parse: Callable[[str], Any]) -> Any:
    return value


def _text(name: str, value: Any, parse: Callable[[str], Any]) -> Any:
    if isinstance(value, (bool, float)):
        raise InvalidInput(
            f"{name} has to be text, and YAML reads it as a {'truth value' if isinstance(value, bool) else 'number'}.",
            remedy="Put it in quotes.",
        )
    if isinstance(value, (list, dict)):
        raise InvalidInput(f"{name} has to be text, not a {type(value).__name__}.")
    return value


def _number(name: str, value: Any, parse: Callable[[str], Any]) -> Any:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, bool):
        raise InvalidInput(f"{name} has to be a number, not {value!r}.")
    try:
        number = float(text)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or (isinstance(text, str) and "_" in text):
        raise InvalidInput(f"{name} has to be a number, not {value!r}.")
    return text


def _whole(name: str, value: Any, parse: Callable[[str], Any]) -> int:
    number = _number(name, value, parse)
    digits = re.fullmatch(r"[+-]?\d+", str(number))
    if not digits and float(number) != int(float(number)):
        raise InvalidInput(f"{name} has to be a whole number, not {value!r}.")
    return int(number) if digits else int(float(number))


def _truth(name: str, value: Any, parse: Callable[[str], Any]) -> Any:
    return value.strip() if isinstance(value, str) else value


def _list(name: str, value: Any, parse: Callable[[str], Any]) -> list[Any]:
    if not isinstance(value, str):
        return list(value) if isinstance(value, (list, tuple)) else [value]
    if value.strip().startswith(_COLLECTIONS["list"]):
        return _parsed(name, value, parse, list)
    return [part.strip() for part in value.split(",") if part.strip()]


def _dict(name: str, value: Any, parse: Callable[[str], Any]) -> Any:
    if isinstance(value, str) and value.strip().startswith(_COLLECTIONS["dict"]):
        return _parsed(name, value, parse, dict)
    return value


def _parsed(name: str, value: str, parse: Callable[[str], Any], kind: type) -> Any:
    try:
        read = parse(value)
    except ValueError as exc:
        raise InvalidInput(f"{name}: {value!r} cannot be read: {exc}") from exc
    if not isinstance(read, kind):
        raise InvalidInput(f"{name} has to be a {kind.__name__}, not {value!r}.")
    return read


_PREPARE = {"str": _text, "path": _text, "int": _whole, "float": _number, "bool": _truth, "list": _list, "dict": _dict}
