# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A package as /appliance > Updates lists it, and the reading of its name."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from .version import find_version

BASE, SITE, LICENCE, HOTFIX, OTHER = "base", "site", "licence", "hotfix", "other"
AVAILABLE, BLOCKED, INSTALLED = "available", "blocked", "installed"

_HOTFIX = re.compile(r"\bhot[\s-]?fix\b|\bBT\d\d-\d\d\b|\bpatch\b|\bsecurity (?:fix|update)\b", re.I)
_LICENCE = re.compile(r"\blicen[cs]e\b|\blizenz|\badd-?on\b", re.I)


@dataclass(frozen=True)
class Package:
    """One row of the list. `waits_for`: names of packages that the row (or a manifest) says come first."""

    name: str
    kind: str
    version: str | None
    state: str
    waits_for: tuple = ()
    note: str = ""

    def as_dict(self):
        return dict(asdict(self), waits_for=list(self.waits_for))


def read_name(name):
    """The kind and the version that a package's name tells: ('base', '6.2.0'), ('hotfix', None) ...

    Names are not documented, so the reading is tolerant: hotfix and licence words win, then the
    prefixes Base, Bomgar and BeyondTrust with the first X.Y(.Z); anything else is 'other'.
    """
    text = " ".join((name or "").split())
    if _HOTFIX.search(text):
        return HOTFIX, None
    if _LICENCE.search(text):
        return LICENCE, None
    prefix, version = text.split(" ", maxsplit=1)[0].lower(), find_version(text)
    if version and prefix == "base":
        return BASE, version
    if version and prefix in ("bomgar", "beyondtrust"):
        return SITE, version
    return OTHER, None
