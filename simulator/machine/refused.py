# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a machine says when it does not do something."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The appliance does not do it. code is for pages that word it themselves; the text is English."""

    def __init__(self, code: Any, text: str) -> None:
        super().__init__(text)
        self.code = code
