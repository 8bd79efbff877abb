# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Narrowing clients by a JMESPath expression that the user gives."""

from __future__ import annotations

try:
    import jmespath
    from jmespath.exceptions import JMESPathError, JMESPathTypeError, UnknownFunctionError
except ImportError:  # reported by the module before anything is sent
    jmespath = None

from ..errors import InvalidInput


def client_filter(expression):
    """A function row -> bool for a JMESPath expression; all rows when it is empty. InvalidInput when it is none."""
    if not expression:
        return lambda row: True
    try:
        compiled = jmespath.compile(expression)
    except JMESPathError as exc:
        raise _unusable("is no JMESPath expression", expression, exc) from exc
    _check_functions(compiled, expression)

    def keep(row):
        try:
            found = compiled.search(row)
        except JMESPathError as exc:
            raise _unusable("cannot be applied to a Jump Client", expression, exc) from exc
        return bool(found)
    return keep


def _check_functions(compiled, expression):
    """The library finds an unknown function only when it is called: call it now, and not on a night a day later."""
    try:
        compiled.search({})
    except UnknownFunctionError as exc:
        raise _unusable("is no JMESPath expression", expression, exc) from exc
    except JMESPathError:  # a type that only a real Jump Client has
        return


def _unusable(why, expression, exc):
    return InvalidInput(f"`client_filter` {why}: {expression} ({_reason(exc)}).",
                        remedy="As in: connection_type=='active' && group=='Support'.")


def _reason(exc):
    """The library's own words: the first line alone, below it stands a drawing."""
    if isinstance(exc, JMESPathTypeError):
        return f"{exc.function_name}() takes {' or '.join(exc.expected_types)}, not {exc.actual_type}"
    return str(exc).splitlines()[0].rstrip(":. ")
