# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The address of an appliance as people write it, read into the one form that requests are sent to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import InvalidInput

_REMEDY = "Give the host name alone, or https://HOST or https://HOST:PORT."


@dataclass(frozen=True)
class Address:
    """base: 'https://host[:port]' without a slash; host: the same without the scheme, for messages."""

    base: str
    host: str


def read_address(text):
    """Accept 'host', 'host:port' and 'https://host[:port][/]'; everything else is InvalidInput.

    Plain HTTP is refused: API accounts need HTTPS (interfaces 2.1), and a password must not travel in clear text.
    The given text is quoted only where it cannot hold a password.
    """
    given = (text or "").strip() if isinstance(text, str) else ""
    if not given:
        raise InvalidInput("No address of an appliance was given.", remedy=_REMEDY)
    parts = _split(given)
    _check(parts, given)
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    host = name if parts.port in (None, 443) else f"{name}:{parts.port}"
    return Address(base=f"https://{host}", host=host)


def _split(given):
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        parts.port  # noqa: B018 (reading it is the check: it raises for a port that is no number)
    except ValueError as exc:
        raise InvalidInput("The address of the appliance cannot be read.", remedy=_REMEDY) from exc
    return parts


def _check(parts, given):
    if parts.username is not None or parts.password is not None:
        raise InvalidInput(
            "The address of the appliance holds a user name or a password.",
            host=parts.hostname or "",
            remedy="Give credentials by their own options. " + _REMEDY,
        )
    if parts.scheme != "https":
        raise InvalidInput(
            f"The address {given!r} does not use HTTPS.",
            remedy="The API accounts of the appliance work over HTTPS only. " + _REMEDY,
        )
    if not parts.hostname or any(sign.isspace() for sign in parts.netloc):
        raise InvalidInput(f"The address {given!r} names no host.", remedy=_REMEDY)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InvalidInput(f"The address {given!r} names a page, not an appliance.", remedy=_REMEDY)
