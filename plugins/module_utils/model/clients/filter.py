# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Filters clients by a JMESPath expression of the user."""

from __future__ import annotations

try:
    import jmespath
    from jmespath.exceptions import JMESPathError, JMESPathTypeError, UnknownFunctionError
except ImportError:  # reported by the module before anything is sent
    jmespath = None

from collections.abc import Callable
from typing import Any

from ...errors import InvalidInput


def client_filter(expression: str | None) -> Callable[[Any], bool]:
    """Return a function row -> bool for a JMESPath expression; an empty one accepts all rows. Raises InvalidInput if it is invalid."""
    if not expression:
        return lambda row: True
    try:
        compiled = jmespath.compile(expression)
    except JMESPathError as exc:
        raise _unusable("is no JMESPath expression", expression, exc) from exc
    _check_functions(compiled, expression)

    def matches(row: Any) -> bool:
        try:
            found = compiled.search(row)
        except JMESPathError as exc:
            raise _unusable("cannot be applied to a Jump Client", expression, exc) from exc
        return bool(found)

    return matches


def _check_functions(compiled: Any, expression: str) -> None:
    """Raise InvalidInput for an unknown function: the library finds it only in a call, which would come a day later."""
    try:
        compiled.search({})
    except UnknownFunctionError as exc:
        raise _unusable("is no JMESPath expression", expression, exc) from exc
    except JMESPathError:  # needs the fields of a real Jump Client
        return


def _unusable(why: str, expression: str, exc: Exception) -> InvalidInput:
    return InvalidInput(
        f"`client_filter` {why}: {expression} ({_reason(exc)}).", remedy="As in: connection_type=='active' && group=='Support'."
    )


def _reason(exc: Exception) -> str:
    """Return the first line of the library's text; the lines below it are a drawing."""
    if isinstance(exc, JMESPathTypeError):
        return f"{exc.function_name}() takes {' or '.join(exc.expected_types)}, not {exc.actual_type}"
    return str(exc).splitlines()[0].rstrip(":. ")
