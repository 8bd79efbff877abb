# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two inventions of the same pages, by the names that world files use."""

from __future__ import annotations

from .layout_classic import CLASSIC
from .layout_modern import MODERN

LAYOUTS = {"classic": CLASSIC, "modern": MODERN}
