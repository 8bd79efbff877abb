# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Refuses a secret with an odd character before it is sent: failed logins lock an account. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from ..errors import InvalidInput

# options with the account of a secret; both are sent together
NAMES = {"client_id": "client_secret", "username": "password", "web_username": "web_password", "login_username": "login_password"}
_REMEDY = (
    "Write the value again without it. `echo` adds a line break: use `printf %s`, or give `ansible-vault encrypt_string` the value "
    "as an argument or at its prompt."
)
_ENDS = {"\n": "a line break", "\r": "a line break", "\t": "a tab", "\ufeff": "a byte order mark"}
_INSIDE = ("Cc", "Zl", "Zp", "Cs")  # control characters, line and paragraph breaks, halves of characters


def refuse_odd_secrets(spec: Mapping[str, Any], params: Mapping[str, Any], where: str = "") -> None:
    """InvalidInput for a secret option, or the name of its account, with a line break, a control character or blanks at its ends.

    Suboptions are checked too. The message names the option and does not quote its value.
    """
    for name, option in spec.items():
        value = params.get(name)
        if option.get("options"):
            for number, one in enumerate(value if isinstance(value, list) else [value or {}], 1):
                of = f"{where}{name}[{number}]." if isinstance(value, list) else f"{where}{name}."
                refuse_odd_secrets(option["options"], one, of)
        elif isinstance(value, str) and (option.get("no_log") or name in NAMES):
            _check(where + name, value)
    for name, secret in NAMES.items():
        if secret in spec and params.get(name) and params.get(secret) == "":
            raise InvalidInput(f"{where}{secret} is empty.", remedy="Nothing was sent. Set it to the secret of the account.")


def _check(name: str, value: str) -> None:
    fault = _fault(value)
    if fault:
        raise InvalidInput(f"{name} {fault}.", remedy=f"Nothing was sent. {_REMEDY}")


def _fault(value: str) -> str:
    """What is odd about a value, as the rest of a sentence; '' for nothing."""
    for sign, verb in ((value[-1:], "ends"), (value[:1], "begins")):
        if sign and (sign.isspace() or sign in _ENDS or unicodedata.category(sign) in (*_INSIDE, "Cf")):
            return f"{verb} with {_ENDS.get(sign) or ('a blank' if sign.isspace() else 'a control character')}"
    odd = next((sign for sign in value if unicodedata.category(sign) in _INSIDE), "")
    return f"holds {_ENDS.get(odd, 'a control character')}" if odd else ""
