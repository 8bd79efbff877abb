# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Client installers: the part of the Configuration API that makes something (interfaces 7.3)."""

from __future__ import annotations

from ..credentials import authorized
from ..errors import NotFound, NotUnderstood, Unavailable
from .configuration import INTERFACE
from .refusals import judged

_BASE = "/api/config/v1/jump-client/installer"


class Installers:
    """Makes and downloads installers; configuration.Configuration lists them."""

    def __init__(self, transport, credentials):
        self._transport, self._credentials = transport, credentials

    def create(self, fields):
        """The row of a new installer; the only answer that holds its deployment key. Sent once.

        So no text of a good answer is ever shown, not even when it is not understood. Raises Refused where the appliance
        turned it down; after any other error the list of installers tells whether it was made.
        """
        answer = authorized(
            self._transport, self._credentials, "POST", _BASE, json=fields, headers={"Accept": "application/json"})
        if answer.status not in (200, 201):
            judged(answer, INTERFACE, self._credentials)
        try:
            row = answer.json()
        except NotUnderstood:
            row = None
        if not isinstance(row, dict):
            raise NotUnderstood(f"{answer.request} did not bring the new installer (status {answer.status}; the text is not "
                                "shown, it may hold the deployment key).", host=answer.host) from None  # fmt: skip
        return row

    def download(self, installer_id, platform, write):
        """Pass the file piece by piece to write(bytes); the content type that it came with.

        NotFound and Unavailable may mean that it is not ready yet. A status of 200 proves nothing: the caller judges what came.
        """
        answer = authorized(self._transport, self._credentials, "GET", f"{_BASE}/{installer_id}/{platform}", stream=True)
        if answer.status == 404 and not answer.is_html:  # the list was read before, so the API is there
            raise NotFound(f"{answer.request}: there is no such file, or not yet.", host=answer.host, evidence=answer.evidence())
        judged(answer, INTERFACE, self._credentials)
        if answer.status != 200:
            raise Unavailable(f"{answer.request} brought no file.", host=answer.host, evidence=answer.evidence())
        for chunk in answer.iter_chunks():
            write(chunk)
        return answer.content_type
