# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Narrowing clients by a JMESPath expression that the user gives."""

from __future__ import annotations

try:
    import jmespath
    from jmespath.exceptions import JMESPathError
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
        raise InvalidInput(f"`client_filter` is no JMESPath expression: {expression!r}.", evidence=str(exc)) from exc

    def keep(row):
        try:
            found = compiled.search(row)
        except JMESPathError as exc:
            raise InvalidInput(f"`client_filter` cannot be applied to a Jump Client: {expression!r}.",
                               evidence=str(exc)) from exc
        return bool(found)
    return keep
