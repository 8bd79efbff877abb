# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Answers of the Command API v2."""

from __future__ import annotations

BASE = "https://a.example.com/api/command/v2"


GUID = "0123456789abcdef0123456789abcdef"


def give(answers, path, body, status=200):
    answers.get(BASE + path, body=body, status=status, content_type="application/json")
