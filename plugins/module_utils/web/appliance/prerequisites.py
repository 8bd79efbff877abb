# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads from its row which packages a blocked package waits for. A wrong name could stop a plan, a missing name cannot."""

from __future__ import annotations

import re

from ...model.package import NAME_START, OTHER, read_name
from ..html.text import fold

_NAMED = re.compile(rf"\b{NAME_START}\b(?: [A-Za-z&-]+){{0,4}}? v?\d+\.\d+(?:\.\d+)*(?!\.?\d)", re.I)
NEEDS = re.compile(
    r"\brequire|\bneed|\bprerequisite|\bdepend|\bwait|\bafter\b|\buntil\b|\bfirst\b|\bmust be installed|"
    r"\bblocked by\b|\bunlock|erforder|benötig|\bbraucht|voraus|zuerst|\bzunächst|vorher|\bnach\b|wartet|abhängig|"
    r"\berst\b|\bbis\b|\bhängt\b",
    re.I,
)
_NOT_NEEDED = re.compile(r"supports upgrade|upgrades? from|replaces|includes|ersetzt|enthält|unterstützt", re.I)
_THEN = re.compile(r"(?<=\S)\s+(?:before|bevor|vor (?:der|dem)|um)\b.*$", re.I)  # the words after it name what waits for this package
_OR = re.compile(r"\s+(?:or|oder)\s+", re.I)
_SENTENCE = re.compile(r"[.;!](?:\s|$)")


def required_packages(texts: list[str], own: str, offered: list[str]) -> tuple[str, ...]:
    """The names of packages that must be installed first, as the list spells them.

    texts: the texts of the row besides its name. own: its name. offered: all names of the list.
    """
    found = []
    for sentence in _sentences(texts):
        if NEEDS.search(sentence) and not _NOT_NEEDED.search(sentence):
            found += _names(_THEN.sub("", sentence), offered)
    return tuple(dict.fromkeys(name for name in found if fold(name) != fold(own) and not _same(name, own)))


def _sentences(texts: list[str]) -> list[str]:
    """The sentences of the texts; a single "Requires" or "Requires:" belongs to the next text."""
    joined: list[str] = []
    for text in texts:
        if joined and (
            joined[-1].endswith(":") or len(joined[-1].split()) <= 3 and NEEDS.search(joined[-1]) and not _NAMED.search(joined[-1])
        ):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    return [part for text in joined for part in _SENTENCE.split(text) if part]


def _names(sentence: str, offered: list[str]) -> list[str]:
    """Names in one sentence; of alternatives ("A or B") the first that is offered, none if none is offered."""
    parts = [_plain_names(part, offered) for part in _OR.split(sentence)]
    if len([names for names in parts if names]) < 2:
        return [name for names in parts for name in names]
    listed = {fold(name) for name in offered}
    return [name for names in parts for name in names if fold(name) in listed][:1]


def _plain_names(text: str, offered: list[str]) -> list[str]:
    found = [name for name in offered if _is_named_in(name, text)]
    for match in _NAMED.finditer(text):
        name = next((one for one in offered if _same(one, match.group(0))), match.group(0))
        found.append(name)
    return list(dict.fromkeys(found))


def _is_named_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(fold(name))}(?![.\d]*\d|\w)", fold(text)))


def _same(left: str, right: str) -> bool:
    """Whether two names mean one package: same kind and version ('Base 6.2.0' and 'Base Software 6.2.0 (123)')."""
    return read_name(left) == read_name(right) and read_name(left)[0] != OTHER and read_name(left)[1] is not None
