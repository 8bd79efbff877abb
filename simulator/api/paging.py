# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Lists of the Configuration API, page by page: a bare array with Link and X-BT-Pagination-*."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from . import answers
from .checks import whole

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from .checks import Check


LEAST, MOST = 5, 100  # rows per page


def limits(low: Any, high: Any) -> Check:
    return lambda text: whole(low, high)(int(text) if text.isascii() and text.isdigit() else None)


PAGING = {"per_page": limits(LEAST, MOST), "current_page": limits(1, 2**31 - 1)}


def filtered(request: Request, listed: Any) -> list[dict[str, Any]]:
    """Text matches exactly but for case; several filters are joined by and."""
    wanted = {key: value.lower() for key, value in request.args.items() if key not in PAGING}
    return [row for row in listed if all(str(row.get(key, "")).lower() == value for key, value in wanted.items())]


def page(request: Request, listed: Any, shown: Any = lambda row: row) -> Response:
    """The page that was asked for; shown(row) is what of a row is sent."""
    size, current = (int(request.args.get(name, otherwise)) for name, otherwise in (("per_page", MOST), ("current_page", 1)))
    last = max(1, math.ceil(len(listed) / size))
    chosen = listed[(current - 1) * size : current * size]
    headers = {
        "Link": _links(request, current, last),
        "X-BT-Pagination-Current-Page": str(current),
        "X-BT-Pagination-Last-Page": str(last),
        "X-BT-Pagination-Per-Page": str(size),
        "X-BT-Pagination-Total": str(len(listed)),
    }
    return answers.as_json([shown(row) for row in chosen], headers=headers)


def _links(request: Request, current: Any, last: Any) -> str:
    """RFC 5988: first and last always, previous and next where there are such pages."""
    pages = {"first": 1, "previous": current - 1, "next": current + 1, "last": last}
    kept = {name: page for name, page in pages.items() if name in ("first", "last") or 1 <= page <= last}
    return ", ".join(f'<{_address(request, page)}>; rel="{name}"' for name, page in kept.items())


def _address(request: Request, page: Any) -> str:
    query = urlencode({**request.args, "current_page": page})
    return f"{request.base_url}?{query}"
