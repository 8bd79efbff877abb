# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Addresses: of an appliance as people write it, and those that an appliance names in its responses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from ..errors import InvalidInput

_REMEDY = "Give the host name alone, or https://HOST or https://HOST:PORT."


@dataclass(frozen=True)
class Address:
    """base: 'https://host[:port]' without a slash; host: the same without the scheme, for messages."""

    base: str
    host: str


def read_address(text: object) -> Address:
    """Return the Address of 'host', 'host:port' or 'https://host[:port][/]'. Raises InvalidInput for everything else.

    Plain HTTP is refused: API accounts need HTTPS (docs/vendor/authentication.md#three-generations), and a password must not travel in
    clear text. An error quotes the text only if it cannot hold a password.
    """
    given = text.strip() if isinstance(text, str) else ""
    if not given:
        raise InvalidInput("No address of an appliance was given.", remedy=_REMEDY)
    parts = _split(given)
    hostname = _checked_host(parts, given)
    name = f"[{hostname}]" if ":" in hostname else hostname
    host = name if parts.port in (None, 443) else f"{name}:{parts.port}"
    return Address(base=f"https://{host}", host=host)


def join(base: str, target: str) -> str:
    """Return the absolute address of a link, form or redirect; '' if it cannot be read (a bad port or IPv6 address)."""
    try:
        joined = urljoin(base, target)
        urlsplit(joined).port  # noqa: B018 (raises for a port that is no number)
    except ValueError:
        return ""
    return joined


def same_origin(one: str, other: str) -> bool:
    """Whether two absolute addresses have the same scheme, host and port; False if one cannot be read."""
    ours, theirs = _origin(one), _origin(other)
    return ours is not None and ours == theirs


def path_of(url: str) -> str:
    """Return path and query of an address, '/' if it has none."""
    parts = _parts(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def display_url(url: str) -> str:
    """Return an address for a message: without its parameters and credentials."""
    parts = _parts(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else "an address that cannot be read"


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        return (parts.scheme, parts.hostname, parts.port or 443) if parts.hostname else None
    except ValueError:
        return None


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _split(given: str) -> SplitResult:
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        parts.port  # noqa: B018 (raises for a port that is no number)
    except ValueError as exc:
        raise InvalidInput("The address of the appliance cannot be read.", remedy=_REMEDY) from exc
    return parts


def _checked_host(parts: SplitResult, given: str) -> str:
    """Return the host name. Raises InvalidInput for an address that is not one of an appliance."""
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
    return parts.hostname
