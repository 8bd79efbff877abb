# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One limit of Jump > Jump Clients as a text of the page: its number and its unit (interfaces 12.6). Pure parsing."""

from __future__ import annotations

import re

MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE, AUTOMATIC = "max_concurrent", "bandwidth", "connection_rate", "automatic"
KEYS = (MAX_CONCURRENT, BANDWIDTH, CONNECTION_RATE, AUTOMATIC)
STATES = ("disabled", "cycle", "enabled")
UNITS = {MAX_CONCURRENT: "", BANDWIDTH: "MiB/s", CONNECTION_RATE: "/s"}  # those that the vendor documents

NUMBER = re.compile(r"(?<!\w)-?\d+(?:[.,]\d+)?")
_PER = r"(?:\s*/\s*|\s*p(?=s\b)|(?:^|(?<=[\s(\[]))\s*(?:per|pro|a|je)\s+)"
_DATA = re.compile(
    r"(?<![A-Za-z])(?P<size>[KMGT]i?|kilo|mega|giga|tera|kibi|mebi|gibi|)-?(?P<what>bytes?|bits?|B|b)"
    rf"(?:(?P<per>{_PER})(?P<time>s|sec|seconds?|sek\w*|min|minutes?|minuten?|h|hours?|stunden?))?(?![A-Za-z])", re.I)  # fmt: skip
_TIME = re.compile(rf"{_PER}(?P<time>s|sec|seconds?|sek\w*|min|minutes?|minuten?|h|hours?|stunden?)(?![A-Za-z])", re.I)
_SIZES = {"kilo": "K", "mega": "M", "giga": "G", "tera": "T", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi"}


def find_unit(text):
    """The unit that a text names, in one spelling: 'MiB/s', 'KB/s', 'Mbit/s', '/s', '/min', '/h', '%'; '' for none."""
    match = _DATA.search(text or "")
    if match and (match["size"] or match["per"]):
        size = _SIZES.get(match["size"].lower(), match["size"][:1].upper() + match["size"][1:].lower())
        bits = match["what"].lower().startswith("bit") or match["what"] == "b"
        return f"{size}{'bit' if bits else 'B'}{_span(match['time'] or 's')}"
    match = _TIME.search(text or "")
    if match:
        return _span(match["time"])
    return "%" if re.search(r"\d\s*%|^\s*%", text or "") else ""


def _span(word):
    return "/" + {"s": "s", "m": "min", "h": "h"}.get(word.lower()[0] if not word.lower().startswith("st") else "h", "s")


def amount(text):
    """(number or None, unit) of '100 MiB/s', '12,5', 'Unlimited'; a whole number is an int."""
    match = NUMBER.search(text or "")
    if not match:
        return None, find_unit(text)
    return whole(float(match.group(0).replace(",", "."))), find_unit(text[: match.start()] + " " + text[match.end():])


def whole(number):
    """5 for 5.0; 12.5 stays."""
    return int(number) if float(number).is_integer() else number
