# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Backup API: /api/backup (docs/vendor/backup-api.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput
from .credentials import send_authorized
from .refusals import Interface, require_data

if TYPE_CHECKING:
    from ..http.response import StreamedResponse
    from ..http.transport import Transport
    from .credentials import Credentials

INTERFACE = Interface("Backup API", "perm_backup")
_PATH = "/api/backup"
_TIMEOUT = 600  # seconds; the vendor does not document how long an appliance takes before it sends the first byte


class Backup:
    """Downloads the configuration of an appliance as one file."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def download(self, write_chunk: Callable[[bytes], Any], password: str | None = None) -> Mapping[str, str]:
        """Write the file piece by piece with write_chunk(bytes); return the headers of the response.

        password: encrypts the file. It is sent as JSON by POST (the method is inferred). The body is streamed to `write`.
        A status of 200 does not prove a good file: the caller verifies it (model/backup_file.py).
        Raises PermissionMissing, AccessDenied, NotFound, Unavailable, and Unreachable where the file ends too early.
        """
        response = self._request(password)
        require_data(response, INTERFACE, self._credentials)
        for chunk in response.iter_chunks() if response.status == 200 else (response.body,):
            write_chunk(chunk)
        return response.headers

    def _request(self, password: str | None) -> StreamedResponse:
        timeout = max(_TIMEOUT, self._transport.timeout)
        options = {"stream": True, "repeatable": True, "timeout": timeout}
        if not password:
            return send_authorized(self._transport, self._credentials, "GET", _PATH, **options)
        if not self._credentials.is_api_account:
            raise InvalidInput(
                "A backup with a password needs an API account.",
                host=self._transport.host,
                remedy="Set client_id and client_secret, or omit the password of the backup.",
            )
        return send_authorized(self._transport, self._credentials, "POST", _PATH, json={"password": password}, **options)
