# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Answers of the Command API in XML."""

from __future__ import annotations

URL = "https://a.example.com/api/command"


GUID = "0123456789abcdef0123456789abcdef"


NAMESPACES = [
    "http://www.bomgar.com/namespaces/API/command",
    "https://www.bomgar.com/namespaces/API/command",
    "https://www.beyondtrust.com/namespaces/API/command",
    "http://www.beyondtrust.com/sra/namespaces/API/command",
    "urn:one:that:comes:later",
]


def give(answers, body, status=200, content_type="text/xml; charset=UTF-8"):
    answers.get(URL, body=body, status=status, content_type=content_type)
