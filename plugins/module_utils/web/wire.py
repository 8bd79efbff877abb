# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The transport as the pages see it. The caller passes it in: nothing in web/ imports http/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Transport(Protocol):
    """The part of http.transport.Transport that the pages use."""

    host: str
    base: str
    timeout: float

    def request(
        self,
        method: str,
        path: str,
        *,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        cookies: Mapping[str, str] | None = None,
        stream: bool = False,
        repeatable: bool | None = None,
        follow: bool = False,
        timeout: float | None = None,
    ) -> Any:
        """An http.response.Response, or a StreamedResponse with stream=True."""
