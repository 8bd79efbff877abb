# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One row of the list of certificates: its name, and whether it is the default certificate."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..html.structure import column_label
from ..html.text import fold, pieces, shorten, text_of

if TYPE_CHECKING:
    from ..html.fields import Field
    from ..html.tree import Tag

_NAME_COLUMNS = (
    "name",
    "certificate name",
    "friendly name",
    "certificate friendly name",
    "certificate",
    "zertifikat",
    "zertifikatsname",
    "zertifikatsanzeigename",
    "anzeigename",
    "bezeichnung",
)
_NO = {"no", "nein", "false", "0", "off", "set default", "make default", "als standard festlegen"}
_DEFAULT = ("default", "standard")
_NAMING = ("aria-label", "title", "alt")
_DASHES = re.compile(r"^[-–—✗✘×✕☐○]+$")


@dataclass(frozen=True)
class CertificateRow:
    """name: as the list shows it. text: the whole row. default: whether it is the default certificate."""

    name: str
    text: str
    default: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def is_default_box(box: Field) -> bool:
    return column_label(box.element) in _DEFAULT or "default" in box.name.lower()


def read_row(tags: list[Tag]) -> CertificateRow:
    found = [(text, tag) for one in tags for text, tag in pieces(one) if fold(text)]
    named = [text for text, tag in found if column_label(tag) in _NAME_COLUMNS]
    name = (named or [text for text, _tag in found] or [""])[0]
    return CertificateRow(name, shorten(" ".join(text for text, _tag in found)), _is_default(tags, found))


def _is_default(tags: list[Tag], found: list[tuple[str, Tag]]) -> bool:
    if any(fold(text) in _DEFAULT for text, _tag in found):
        return True
    for cell in [cell for tag in tags for cell in tag.find_all("td") if column_label(cell) in _DEFAULT]:
        hints = [text_of(cell, skip=cell.find_all("button"))]
        hints += [str(tag.get(key, "")) for tag in cell.find_all(["span", "i", "img", "svg"]) for key in _NAMING]
        if any(text and fold(text) not in _NO and not _DASHES.match(text) for text in hints):
            return True
    for box in [box for tag in tags for box in tag.find_all("input", checked=True)]:
        if column_label(box) in _DEFAULT:
            return True
    return any("default" in str(image.get("alt", "")).lower() for tag in tags for image in tag.find_all("img"))
