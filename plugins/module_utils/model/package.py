# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A package as /appliance > Updates lists it, and the kind and version in its name."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from .version import Version, find_version

BASE, SITE, LICENCE, HOTFIX, OTHER = "base", "site", "licence", "hotfix", "other"
AVAILABLE, BLOCKED, INSTALLED = "available", "blocked", "installed"

# The words that name a kind. _is_known decides which other words a name may have.
VENDOR = r"bomgar|beyond ?trust"
PRODUCT = r"remote support|privileged (?:remote )?access"
NAME_START = rf"(?:base|{VENDOR}|{PRODUCT})"  # of names as the vendor writes them
_BASE = re.compile(r"\bbase\b")
_PRODUCT = re.compile(rf"\b(?:{PRODUCT}|rs|pra)\b")
_SITE = re.compile(rf"\b(?:{VENDOR}|{PRODUCT})\b")
_HOTFIX = re.compile(r"\bhot[ -]?fix\b|\bbt\d\d-\d\d\b|\bpatch\b|\bsecurity (?:fix|update)\b")
_LICENCE = re.compile(r"\blicen[cs]e|\blizenz|\badd-? ?on\b")
_FOR = re.compile(r"\b(?:for|für)\b.*$")
_SIGNS = re.compile(r"[®™©\u2120]|\((?:r|tm|c)\)", re.I)
_GLUED = re.compile(r"\b(support|access|trust|beyondtrust|bomgar|base)(?:tm|sm)\b")  # a trademark sign after Unicode normalization
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212]")
_NO_VERSION = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}\.\d{2}\.\d{2}\b|\b\d+(?:[.,]\d+)? ?[kmg]i?b\b")  # dates, sizes
_MODEL = re.compile(r"\b(?:(?:for|für) )?b ?\d{3}[a-z]?\b")  # 'for B300'
_VERSION = re.compile(r"(?<![\d.])(?:v\.? ?)?(\d+\.\d+(?:\.\d+)?)")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = frozenset(
    (
        "base",
        "bomgar",
        "beyond",
        "trust",
        "beyondtrust",
        "remote",
        "support",
        "privileged",
        "access",
        "rs",
        "pra",
        "software",
        "site",
        "system",
        "product",
        "appliance",
        "package",
        "update",
        "upgrade",
        "release",
        "version",
        "ver",
        "v",
        "paket",
        "aktualisierung",
        "build",
        "rev",
        "revision",
        "bit",
        "mb",
        "gb",
        "kb",
        "mib",
        "gib",
        "kib",
        "x",
    )
)


@dataclass(frozen=True)
class Package:
    """One row of the list. waits_for: names of packages that have to come first, by the row or a manifest."""

    name: str
    kind: str
    version: str | None
    state: str
    waits_for: tuple[str, ...] = ()
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return lists and dicts, for JSON."""
        return dict(asdict(self), waits_for=list(self.waits_for))


def fold(name: str | None) -> str:
    """Return the form in which package names are compared: without regard to case and white space."""
    return " ".join((name or "").split()).casefold()


def read_name(name: str | None) -> tuple[str, str | None]:
    """Return (kind, version) if a package's name is certain: ('base', '6.2.0'), ('hotfix', None); else ('other', None).

    Names are not documented. 'other' is a name with an unknown word, with two versions, or with the words of two kinds: a person has to
    state its kind before it is installed. Case, order, white space, dashes and trademark signs do not matter.
    """
    text = _plain(name)
    versions = {Version(one) for one in _VERSION.findall(_NO_VERSION.sub(" ", text))}
    add_on = HOTFIX if _HOTFIX.search(text) else LICENCE if _LICENCE.search(text) else None
    if add_on:
        return (OTHER if _VERSION.search(_NO_VERSION.sub(" ", _FOR.sub("", text))) else add_on), None
    kind = _kind(text)
    if kind == OTHER or len(versions) != 1 or not _is_known(text):
        return OTHER, None
    return kind, find_version(_NO_VERSION.sub(" ", text))


def _plain(name: str | None) -> str:
    """Return a name in lower case, without trademark signs, with plain dashes and single spaces."""
    return _GLUED.sub(r"\1", " ".join(_DASHES.sub("-", _SIGNS.sub("", name or "")).lower().split()))


def _kind(text: str) -> str:
    words = re.sub(r"[-_/:]", " ", text)
    words = " ".join(words.split())
    if _BASE.search(words):
        return OTHER if _PRODUCT.search(words) else BASE
    return SITE if _SITE.search(words) else OTHER


def _is_known(text: str) -> bool:
    """Whether every word is one of the names of Base and site packages, or a hexadecimal build number."""
    rest = re.sub(r"\b(?=[a-f]*\d)[0-9a-f]{6,}\b", " ", _MODEL.sub(" ", text))
    return all(word in _WORDS for word in _WORD.findall(rest))
