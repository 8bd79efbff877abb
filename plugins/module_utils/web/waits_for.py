# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a blocked package waits for, as far as its row says so. A wrong name could stop a plan, a missing one not."""

from __future__ import annotations

import re

from ..model.package import OTHER, read_name
from .text import fold

_NAMED = re.compile(r"\b(?:Base|Bomgar|BeyondTrust)\b(?: [A-Za-z&-]+){0,4}? v?\d+\.\d+(?:\.\d+)*(?!\.?\d)", re.I)
NEEDS = re.compile(
    r"\brequire|\bneed|\bprerequisite|\bdepend|\bwait|\bafter\b|\buntil\b|\bfirst\b|\bmust be installed|"
    r"\bblocked by\b|\bunlock|erforder|benötig|\bbraucht|voraus|zuerst|\bzunächst|vorher|\bnach\b|wartet|abhängig|"
    r"\berst\b|\bbis\b|\bhängt\b", re.I)
_NOT_NEEDED = re.compile(r"supports upgrade|upgrades? from|replaces|includes|ersetzt|enthält|unterstützt", re.I)
_THEN = re.compile(r"(?<=\S)\s+(?:before|bevor|vor (?:der|dem)|um)\b.*$", re.I)  # what follows waits for this package
_OR = re.compile(r"\s+(?:or|oder)\s+", re.I)
_SENTENCE = re.compile(r"[.;!](?:\s|$)")


def names_in(texts, own, offered):
    """The names of packages that must come first, as the list spells them where it lists them.

    texts: what the row says besides its name; own: its name; offered: all names of the list.
    """
    found = []
    for sentence in _sentences(texts):
        if NEEDS.search(sentence) and not _NOT_NEEDED.search(sentence):
            found += _names(_THEN.sub("", sentence), offered)
    return tuple(dict.fromkeys(name for name in found if fold(name) != fold(own) and not _same(name, own)))


def _sentences(texts):
    """Sentences; a lone "Requires" or "Requires:" goes with what follows it."""
    joined = []
    for text in texts:
        if joined and (joined[-1].endswith(":") or len(joined[-1].split()) <= 3 and NEEDS.search(joined[-1])
                       and not _NAMED.search(joined[-1])):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    return [part for text in joined for part in _SENTENCE.split(text) if part]


def _names(sentence, offered):
    """Names in one sentence; of alternatives ("A or B") the first that is offered, none if none is."""
    parts = [_plain_names(part, offered) for part in _OR.split(sentence)]
    if len([names for names in parts if names]) < 2:
        return [name for names in parts for name in names]
    listed = {fold(name) for name in offered}
    return [name for names in parts for name in names if fold(name) in listed][:1]


def _plain_names(text, offered):
    found = [name for name in offered if _stands_in(name, text)]
    for match in _NAMED.finditer(text):
        name = next((one for one in offered if _same(one, match.group(0))), match.group(0))
        found.append(name)
    return list(dict.fromkeys(found))


def _stands_in(name, text):
    return bool(re.search(rf"(?<!\w){re.escape(fold(name))}(?![.\d]*\d|\w)", fold(text)))


def _same(left, right):
    """Two spellings of one package: the same kind and version ('Base 6.2.0' and 'Base Software 6.2.0 (123)')."""
    return read_name(left) == read_name(right) and read_name(left)[0] != OTHER and read_name(left)[1] is not None
