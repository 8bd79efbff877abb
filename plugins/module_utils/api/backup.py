# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Backup API: /api/backup (interfaces 6)."""

from __future__ import annotations

from ..credentials import authorized
from ..errors import InvalidInput
from .refusals import Interface, judged

INTERFACE = Interface("Backup API", "perm_backup")
_PATH = "/api/backup"
_SILENCE = 600  # seconds: how long an appliance packs before the first byte is not documented


class Backup:
    """The configuration of an appliance as one file."""

    def __init__(self, transport, credentials):
        self._transport, self._credentials = transport, credentials

    def download(self, write_chunk, password=None):
        """Pass the file piece by piece to write_chunk(bytes) and return the reply's headers.

        password: encrypts the file; sent as JSON by POST (the method is inferred). Nothing is kept in memory.
        A status of 200 proves nothing: the caller judges what came (model/backup_file.py). Raises PermissionMissing,
        AccessDenied, NotFound, Unavailable, and Unreachable where the file ends too early.
        """
        answer = self._ask(password)
        judged(answer, INTERFACE, self._credentials)
        for chunk in answer.iter_chunks() if answer.status == 200 else (answer.body,):
            write_chunk(chunk)
        return answer.headers

    def _ask(self, password):
        timeout = max(_SILENCE, self._transport.timeout)
        options = {"stream": True, "repeatable": True, "timeout": timeout}
        if not password:
            return authorized(self._transport, self._credentials, "GET", _PATH, **options)
        if not self._credentials.modern:
            raise InvalidInput(
                "A password on the backup needs an API account.",
                host=self._transport.host,
                remedy="Give client_id and client_secret, or leave out the password of the backup.",
            )
        return authorized(self._transport, self._credentials, "POST", _PATH, json={"password": password}, **options)
