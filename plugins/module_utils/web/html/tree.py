# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The type of a tag. bs4 is imported when the first page is parsed (markup.py), because most tasks read no page."""

from __future__ import annotations

from typing import Any

Tag = Any  # a bs4.Tag, or the whole tree of a page (bs4.BeautifulSoup)
