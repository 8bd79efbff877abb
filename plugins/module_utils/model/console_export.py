# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The list of Jump Clients that the representative console exports as CSV (M64 to M66), personal Jump Groups included. Pure.

The vendor says: sort by status details, every date must be later than the upgrade. Which columns the file has, how they are
called and how dates are written in it is published nowhere: all of that can be told, and what is not certain is refused.
"""

from __future__ import annotations

import codecs
import csv
import heapq
import io
from dataclasses import dataclass

from ..errors import InvalidInput
from .export_dates import DateReader
from .fields import iso

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
    """total, done: rows, and those whose date is later than the upgrade. newest: the latest date, None without any.

    stragglers: [{id, name, hostname, kind, group, last_seen}] of the others, the one seen last first, so many as wanted.
    """

    total: int
    done: int
    newest: float | None
    stragglers: tuple = ()


def check_columns(columns):
    """InvalidInput for `export_columns` that name something else than columns."""
    wrong = sorted(set(columns or {}) - set(_CANDIDATES)) if isinstance(columns or {}, dict) else [columns]
    if wrong or not all(isinstance(one, str) and one for one in (columns or {}).values()):
        raise InvalidInput(f"`export_columns` cannot be used: {columns!r}.",
                           remedy=f"Give a column's header for any of: {', '.join(_CANDIDATES)}.")  # fmt: skip


def count_export(content, *, since, columns=None, date_format=None, timezone="UTC", named=20, path="the export"):
    """The Export in the bytes of a file, counted for an upgrade at `since`; InvalidInput where it cannot be read for certain.

    columns: {name, status_details, group, hostname: header} where they are called otherwise; date_format: as for strptime, for
    dates that are neither ISO 8601 nor dd.mm.yyyy; timezone: IANA name for times without one.
    """
    check_columns(columns)
    dates = DateReader(date_format, timezone)
    total, done, newest, latest = 0, 0, None, []
    for line, cells in _rows(_text(content, path), columns or {}, path):
        total += 1
        seen = dates.read(cells["status_details"], f"line {line} of {path}")
        if seen is not None and (newest is None or seen > newest):
            newest = seen
        if seen is not None and seen > since:
            done += 1
            continue
        kept = (float("-inf") if seen is None else seen, -total, _named(cells, seen))
        if named:
            (heapq.heappush if len(latest) < named else heapq.heappushpop)(latest, kept)
    if not total:
        raise InvalidInput(f"{path} lists no Jump Client.", remedy=_AGAIN)
    return Export(total, done, newest, tuple(one[-1] for one in sorted(latest, key=lambda one: one[:2], reverse=True)))


def _named(cells, seen):
    return {"id": None, "name": cells["name"], "hostname": cells["hostname"], "kind": "", "group": cells["group"] or None,
            "last_seen": iso(seen)}  # fmt: skip


def _text(content, path):
    """The text of a file in UTF-8 or UTF-16."""
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


def _encoding(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content[1:2] == b"\x00":
        return "utf-16-le"
    return "utf-16-be" if content[:1] == b"\x00" else "utf-8-sig"


def _rows(text, columns, path):
    """(line, {column: text}) of each row below the header; a row that ends early has empty cells."""
    if text.lower().startswith("sep="):  # a line for Excel
        text = text.partition("\n")[2]
    delimiter, places = _header(text, columns, path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        next(reader, None)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, {name: cells[place].strip() if place is not None and place < len(cells) else ""
                                        for name, place in places.items()}  # fmt: skip
    except csv.Error as exc:
        raise InvalidInput(f"{path} is no CSV file: line {reader.line_num} cannot be read ({exc}).", remedy=_AGAIN) from exc


def _header(text, columns, path):
    """(delimiter, {column: its place, None where there is none}); the delimiter is the one that makes sense of the header."""
    found = {}
    for delimiter in _DELIMITERS:
        try:
            headers = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error as exc:
            raise InvalidInput(f"{path} is no CSV file: its first line cannot be read ({exc}).", remedy=_AGAIN) from exc
        places = {name: _place(headers, name, columns) for name in _CANDIDATES}
        if all(places[name] is not None for name in _NEEDED):
            return delimiter, places
        found[delimiter] = headers, places
    headers, places = max(found.values(), key=lambda one: len(one[0]))
    missing = [columns.get(name) or name for name in _NEEDED if places[name] is None]
    raise InvalidInput(f"{path} has no column {' and no column '.join(missing)}.", evidence=f"the columns {_shown(headers)}",
                       remedy="Say in `export_columns` how this version calls them, as in {name: ..., status_details: ...}; or export "
                       "the list of Jump Clients again with these columns shown.")  # fmt: skip


def _place(headers, name, columns):
    words = (_plain(columns[name]),) if name in columns else _CANDIDATES[name]
    plain = [_plain(one) for one in headers]
    return next((plain.index(word) for word in words if word in plain), None)


def _plain(text):
    return "".join(one for one in text.lower() if one.isalnum())


def _shown(headers):
    told = ", ".join(one.strip()[:40] for one in headers[:20])
    return f"{told}, ..." if len(headers) > 20 else told
