# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads number and unit of a limit on the page Jump > Jump Clients (docs/vendor/pages.md#jump-client-upgrade-settings)."""

from __future__ import annotations

import re

MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE, AUTOMATIC = "max_concurrent", "bandwidth", "connection_rate", "automatic"
KEYS = (MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE, AUTOMATIC)
STATES = ("disabled", "cycle", "enabled")
UNITS = {MAX_CONCURRENT: "", BANDWIDTH: "MiB/s", CONNECTION_RATE: "/s"}  # documented by the vendor

NUMBER = re.compile(r"(?<!\w)-?\d+(?:[.,]\d+)?")
_PER = r"(?:\s*/\s*|\s*p(?=s\b)|(?:^|(?<=[\s(\[]))\s*(?:per|pro|a|je)\s+)"
_DATA = re.compile(
    r"(?<![A-Za-z])(?P<size>[KMGT]i?|kilo|mega|giga|tera|kibi|mebi|gibi|)-?(?P<what>bytes?|bits?|B|b)"
    rf"(?:(?P<per>{_PER})(?P<time>s|sec|seconds?|sek\w*|min|minutes?|minuten?|h|hours?|stunden?))?(?![A-Za-z])",
    re.I,
)
_TIME = re.compile(rf"{_PER}(?P<time>s|sec|seconds?|sek\w*|min|minutes?|minuten?|h|hours?|stunden?)(?![A-Za-z])", re.I)
_SIZES = {"kilo": "K", "mega": "M", "giga": "G", "tera": "T", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi"}


def find_unit(text: str | None) -> str:
    """Return the unit in a text, in one spelling: 'MiB/s', 'KB/s', 'Mbit/s', '/s', '/min', '/h', '%'; '' if there is none."""
    match = _DATA.search(text or "")
    if match and (match["size"] or match["per"]):
        size = _SIZES.get(match["size"].lower(), match["size"][:1].upper() + match["size"][1:].lower())
        bits = match["what"].lower().startswith("bit") or match["what"] == "b"
        return f"{size}{'bit' if bits else 'B'}{_time_unit(match['time'] or 's')}"
    match = _TIME.search(text or "")
    if match:
        return _time_unit(match["time"])
    return "%" if re.search(r"\d\s*%|^\s*%", text or "") else ""


def _time_unit(word: str) -> str:
    return "/" + {"s": "s", "m": "min", "h": "h"}.get(word.lower()[0] if not word.lower().startswith("st") else "h", "s")


def amount(text: str | None) -> tuple[int | float | None, str]:
    """Return (number or None, unit) of '100 MiB/s', '12,5', 'Unlimited'; a whole number is an int."""
    text = text or ""
    match = NUMBER.search(text)
    if not match:
        return None, find_unit(text)
    return whole(float(match.group(0).replace(",", "."))), find_unit(text[: match.start()] + " " + text[match.end() :])


def whole(number: float) -> int | float:
    """Return 5 for 5.0, and 12.5 for 12.5."""
    return int(number) if float(number).is_integer() else number
