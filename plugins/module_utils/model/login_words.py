# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Recognizes that an interface refused a login. Most of the words are not documented; a refused secret is sent once only."""

from __future__ import annotations

import re

_CREDENTIALS = re.compile(
    r"\bcredentials?\b|\bpass(?:word|phrase)\b|\bauthenticat|\b(?:log|sign)[ -]?(?:in|on)\b|\buser ?name\b|\bunauthori[sz]ed\b"
    r"|\b(?:account|user)\b.{0,40}\b(?:locked|disabled|expired|inactive|suspended)\b|\banmeld|\b(?:kennwort|passwort|zugangsdaten)\b"
    r"|\bgesperrt\b|\bidentifiants?\b|\bmot de passe\b",
    re.I,
)
_LONGEST = 2000  # characters


def about_credentials(text: str) -> bool:
    """Whether the text of a refusal is about the credentials."""
    return bool(_CREDENTIALS.search(text[:_LONGEST]))
