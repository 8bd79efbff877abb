# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A generated installer of Jump Clients."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass
class Installer:
    """A generated Jump Client installer; an upgrade makes it invalid by moving `expires`."""

    id: int
    installer_id: str
    fields: dict
    expires: float
    key: str = ""  # the secret deployment key
    ready: float = -math.inf  # from when on it can be downloaded
    made: bool = False  # by somebody, after the world began
    downloads: int = 0

    def valid(self, now: float) -> bool:
        return now < self.expires
