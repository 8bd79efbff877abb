# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The list of Jump Clients that the representative console exports as CSV, personal Jump Groups included (docs/mission.md#m65). Pure.

The vendor says: sort by status details, every date must be later than the upgrade. Columns, their names and the format of dates are not
published: options can state them, and an ambiguous file is refused.
"""

from __future__ import annotations

import codecs
import csv
import heapq
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import InvalidInput
from ..moments import iso
from .export_dates import DateReader

# Header words, in lower case and without blanks and signs.
_CANDIDATES = {
    "name": ("name", "jumpclient", "jumpclientname", "jumpitemname"),
    "status_details": ("statusdetails", "statusdetail", "detailsstatus", "detailszumstatus"),
    "group": ("jumpgroup", "jumpgruppe", "group", "gruppe"),
    "hostname": ("hostname", "hostnameip", "computername", "computer"),
}
_NEEDED = ("name", "status_details")
_DELIMITERS = (",", ";", "\t")
_AGAIN = "Export the list of Jump Clients from the representative console again, as CSV."


@dataclass(frozen=True)
class Export:
    """total, done: all rows, and rows with a date later than the upgrade. newest: the latest date, or None.

    stragglers: [{id, name, hostname, kind, group, last_seen}] of the other rows, the one seen last first.
    """

    total: int
    done: int
    newest: float | None
    stragglers: tuple[dict[str, Any], ...] = ()


def check_columns(columns: Any) -> None:
    """Raise InvalidInput for `export_columns` with unknown columns or without text."""
    wrong = sorted(set(columns or {}) - set(_CANDIDATES)) if isinstance(columns or {}, dict) else [columns]
    if wrong or not all(isinstance(one, str) and one for one in (columns or {}).values()):
        raise InvalidInput(
            f"`export_columns` cannot be used: {columns!r}.", remedy=f"Give a column's header for any of: {', '.join(_CANDIDATES)}."
        )


def count_export(
    content: bytes,
    *,
    since: float,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    timezone: str | None = "UTC",
    named: int = 20,
    path: str = "the export",
) -> Export:
    """Return the Export in the bytes of a file, counted for an upgrade at `since`. Raises InvalidInput if it is ambiguous.

    columns: {name, status_details, group, hostname: header} if they have other names; date_format: as for strptime, for
    dates that are neither ISO 8601 nor dd.mm.yyyy; timezone: IANA name for times without one; named: number of stragglers.
    """
    check_columns(columns)
    dates = DateReader(date_format, timezone)
    total, done = 0, 0
    newest: float | None = None
    latest: list[tuple[Any, ...]] = []
    for line, cells in _rows(_text(content, path), columns or {}, path):
        total += 1
        seen = dates.read(cells["status_details"], f"line {line} of {path}")
        if seen is not None and (newest is None or seen > newest):
            newest = seen
        if seen is not None and seen > since:
            done += 1
            continue
        entry = (float("-inf") if seen is None else seen, -total, _facts(cells, seen))
        if named:
            (heapq.heappush if len(latest) < named else heapq.heappushpop)(latest, entry)
    if not total:
        raise InvalidInput(f"{path} lists no Jump Client.", remedy=_AGAIN)
    return Export(total, done, newest, tuple(one[-1] for one in sorted(latest, key=lambda one: one[:2], reverse=True)))


def _facts(cells: Mapping[str, str], seen: float | None) -> dict[str, Any]:
    return {
        "id": None,
        "name": cells["name"],
        "hostname": cells["hostname"],
        "kind": "",
        "group": cells["group"] or None,
        "last_seen": iso(seen),
    }


def _text(content: bytes, path: str) -> str:
    """Return the text of a file in UTF-8 or UTF-16."""
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InvalidInput(f"{path} is empty.", remedy=_AGAIN)
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as exc:
        raise InvalidInput(f"{path} is no text in UTF-8 or UTF-16.", remedy=_AGAIN) from exc
    if text.lstrip("\ufeff \r\n\t").startswith("<") or "\x00" in text:
        what = "a web page or XML" if "\x00" not in text else "no text"
        raise InvalidInput(f"{path} is {what}, not a CSV file.", remedy=_AGAIN)
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content[1:2] == b"\x00":
        return "utf-16-le"
    return "utf-16-be" if content[:1] == b"\x00" else "utf-8-sig"


def _rows(text: str, columns: Mapping[str, str], path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, {column: text}) of each row below the header; a row that ends early has empty cells."""
    if text.lower().startswith("sep="):  # a line for Excel
        text = text.partition("\n")[2]
    delimiter, places = _header(text, columns, path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        next(reader, None)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield (
                    reader.line_num,
                    {name: cells[place].strip() if place is not None and place < len(cells) else "" for name, place in places.items()},
                )
    except csv.Error as exc:
        raise InvalidInput(f"{path} is no CSV file: line {reader.line_num} cannot be read ({exc}).", remedy=_AGAIN) from exc


def _header(text: str, columns: Mapping[str, str], path: str) -> tuple[str, dict[str, int | None]]:
    """Return (delimiter, {column: its index or None}) for the first delimiter that gives all needed columns. Raises InvalidInput."""
    found: dict[str, tuple[list[str], dict[str, int | None]]] = {}
    for delimiter in _DELIMITERS:
        try:
            headers = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error as exc:
            raise InvalidInput(f"{path} is no CSV file: its first line cannot be read ({exc}).", remedy=_AGAIN) from exc
        places = {name: _index(headers, name, columns) for name in _CANDIDATES}
        if all(places[name] is not None for name in _NEEDED):
            return delimiter, places
        found[delimiter] = headers, places
    headers, places = max(found.values(), key=lambda one: len(one[0]))
    missing = [columns.get(name) or name for name in _NEEDED if places[name] is None]
    raise InvalidInput(
        f"{path} has no column {' and no column '.join(missing)}.",
        evidence=f"the columns {_listed(headers)}",
        remedy="Say in `export_columns` how this version calls them, as in {name: ..., status_details: ...}; or export "
        "the list of Jump Clients again with these columns shown.",
    )


def _index(headers: list[str], name: str, columns: Mapping[str, str]) -> int | None:
    words = (_letters(columns[name]),) if name in columns else _CANDIDATES[name]
    plain = [_letters(one) for one in headers]
    return next((plain.index(word) for word in words if word in plain), None)


def _letters(text: str) -> str:
    return "".join(one for one in text.lower() if one.isalnum())


def _listed(headers: list[str]) -> str:
    names = ", ".join(one.strip()[:40] for one in headers[:20])
    return f"{names}, ..." if len(headers) > 20 else names
