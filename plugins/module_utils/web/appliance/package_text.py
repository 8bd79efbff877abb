# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the texts of a package's row: its name among all others (names are not documented, see model/package.py)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...model.package import NAME_START, OTHER, read_name
from ..html.controls import is_off
from ..html.structure import column_label
from ..html.text import fold, pieces, squash

if TYPE_CHECKING:
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.tree import Tag

PREFIX = re.compile(r"^(?:package|update|paket|aktualisierung)\s*:\s*", re.I)
_NAME = re.compile(rf"^{NAME_START}\b(?: [a-z&-]+){{0,5}} v?\d+\.\d+(?:\.\d+)*(?![\d.]*\w)(?P<rest>.*)$", re.I)
_SENTENCE = re.compile(
    r"\b(?:is|are|must|first|require[sd]?|needs?|has|have|was|will|can|not|ist|sind|muss|zuerst|"
    r"erforderlich|benötigt|wird|kann|nicht|vorher|installed|installiert)\b",
    re.I,
)
_BARE = re.compile(rf"^{NAME_START}(?: [a-z&-]+){{0,5}}$", re.I)
_VERSION_ONLY = re.compile(r"^v?\d+\.\d+(?:\.\d+)*(?: \(.*\))?$")
_KIND_ONLY = {
    "base",
    "site",
    "licence",
    "license",
    "lizenz",
    "hotfix",
    "base software",
    "site software",
    "system",
    "site package",
    "base package",
    "add on",
    "add-on",
    "addon",
    "new",
    "neu",
    "update",
    "package",
    "paket",
}
NAME_COLUMN = {
    "package",
    "name",
    "update",
    "software",
    "package name",
    "update name",
    "title",
    "paket",
    "aktualisierung",
    "bezeichnung",
    "paketname",
    "titel",
}
_NO_NAMES = (
    _KIND_ONLY
    | NAME_COLUMN
    | {
        "available",
        "blocked",
        "unavailable",
        "not available",
        "installed",
        "status",
        "state",
        "action",
        "size",
        "version",
        "verfügbar",
        "gesperrt",
        "nicht verfügbar",
        "installiert",
        "zustand",
        "aktion",
        "größe",
        "release notes",
    }
)
_FIGURES = re.compile(r"^[\d\W]+(?:[KMG]i?B)?$")  # dates, sizes, versions


@dataclass
class Row:
    """One package. tags: its tags on the page. texts: its texts besides the name.

    control: what to press, or None. choice: (form, field, option value or None) to choose first.
    """

    name: str
    tags: list
    texts: list
    control: Any = None
    choice: Any = None
    name_tag: Any = None

    @property
    def available(self) -> bool:
        return self.control is not None and self.control.enabled and (self.choice is None or self.choice[1].enabled)


def is_name(text: str) -> bool:
    """True for 'Base 6.2.0', 'Bomgar 21.1.2 (64 bit), 300 MB', 'Hotfix BT24-10'; not for 'Base 6.2.0 must be first'."""
    text = PREFIX.sub("", squash(text))
    match = _NAME.match(text)
    if match:
        return len(match.group("rest")) <= 60 and not _SENTENCE.search(match.group("rest"))
    return len(text) <= 80 and not text.endswith(".") and not _SENTENCE.search(text) and read_name(text)[0] != OTHER


def make_row(tags: list[Tag], control: Control | None = None, choice: tuple[Form, Field, str | None] | None = None) -> Row:
    """The Row of an entry."""
    found = _texts(tags, control)
    index, name = _name_index(found)
    if index is None or name is None:
        return Row("", tags, [text for text, _tag in found], control, choice)
    texts = [_with_column(text, tag) for number, (text, tag) in enumerate(found) if number != index]
    return Row(name, tags, texts, control, choice, found[index][1])


def _texts(tags: list[Tag], control: Control | None) -> list[tuple[str, Tag]]:
    skip = [control.element] if control is not None else []
    return [piece for tag in tags for piece in _pieces_of(tag, skip) if fold(piece[0])]


def _pieces_of(tag: Tag, skip: list[Tag]) -> list[tuple[str, Tag]]:
    if any(tag is one for one in skip):
        return []
    buttons = [one for one in tag.find_all("button") if not is_off(one)]
    return pieces(tag, skip=[*skip, *buttons, *tag.find_all("nav")])


def _name_index(found: list[tuple[str, Tag]]) -> tuple[int, str] | tuple[None, None]:
    """(index, name) of the text that names the package: the first with a known kind, else the first of all."""
    for index, (text, tag) in enumerate(found):
        if column_label(tag) in NAME_COLUMN and fold(text) not in _KIND_ONLY:
            return index, _joined(found, index)
    for index, (text, _tag) in enumerate(found):
        joined = _joined(found, index)
        if fold(text) not in _KIND_ONLY and read_name(PREFIX.sub("", joined))[0] != OTHER:
            return index, PREFIX.sub("", joined)
        if joined != text:
            return index, joined
    for index, (text, _tag) in enumerate(found):
        if len(text) > 3 and fold(text) not in _NO_NAMES and not _FIGURES.match(text):
            return index, text
    return None, None


def _joined(found: list[tuple[str, Tag]], index: int) -> str:
    """'Bomgar' with '21.1.2' in the next cell is 'Bomgar 21.1.2'."""
    text = found[index][0]
    if _BARE.match(text) and index + 1 < len(found) and _VERSION_ONLY.match(found[index + 1][0]):
        return f"{text} {found[index + 1][0]}"
    return text


def _with_column(text: str, tag: Tag) -> str:
    label = column_label(tag)
    return f"{label}: {text}" if label and label not in NAME_COLUMN else text
