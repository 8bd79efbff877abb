# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words on the pages: every label that this collection looks for, in English and German. The files labels_*.py hold them.

The HTML behind the login is not published, so pages are driven by what a person sees. Each key holds the wordings per
language; both languages are tried at once. The comment after a list names its source: D documented by the vendor,
I inferred (also a wording of the vendor that no public text confirms). If a page uses another wording, the user
overrides the key: bomgar_web_labels: {install: "Install now"}.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from ..errors import InvalidInput
from .html.text import fold
from .labels_appliance import LABELS as APPLIANCE
from .labels_failover import LABELS as FAILOVER
from .labels_sign_in import LABELS as SIGN_IN
from .labels_site import LABELS as SITE
from .labels_updates import LABELS as UPDATES

LABELS = {**SIGN_IN, **APPLIANCE, **UPDATES, **FAILOVER, **SITE}


class Labels:
    """The wordings of each key: the user's own first, then English and German.

    overrides: {key: text or list of texts}, as in `bomgar_web_labels`. Raises InvalidInput for an unknown key.
    """

    def __init__(self, overrides: Mapping[str, Any] | None = None) -> None:
        self._own = {key: _as_list(key, value) for key, value in dict(overrides or {}).items()}
        for key in self._own:
            if key not in LABELS:
                raise InvalidInput(f"bomgar_web_labels has the unknown key {key!r}.", remedy=_suggest(key))

    def of(self, key: str) -> tuple[str, ...]:
        """All wordings of a key in the order in which they are tried."""
        built_in = LABELS[key]
        return tuple(dict.fromkeys(self._own.get(key, []) + built_in["en"] + built_in["de"]))

    def folded(self, key: str) -> tuple[str, ...]:
        """The same, folded by text.fold() for comparison."""
        return tuple(dict.fromkeys(fold(text) for text in self.of(key)))

    def match(self, key: str, text: str) -> bool:
        """Whether the whole text is a wording of the key."""
        return fold(text) in self.folded(key)


def _as_list(key: str, value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, (list, tuple)) or not texts or not all(isinstance(t, str) and fold(t) for t in texts):
        raise InvalidInput(f"bomgar_web_labels: the value of {key!r} must be a text or a list of texts.")
    return list(texts)


def _suggest(key: str) -> str:
    near = difflib.get_close_matches(str(key), LABELS, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {', '.join(near)}?"
    return f"Known keys: {', '.join(sorted(LABELS))}."
