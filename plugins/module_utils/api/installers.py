# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Creates and downloads Jump Client installers by the Configuration API (docs/vendor/configuration-api.md#installers)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..errors import NotFound, NotUnderstood, Unavailable
from .configuration import INTERFACE
from .credentials import send_authorized
from .refusals import require_data

if TYPE_CHECKING:
    from ..http.transport import Transport
    from .credentials import Credentials

_BASE = "/api/config/v1/jump-client/installer"


class Installers:
    """Creates and downloads installers; configuration.Configuration lists them."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def create(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Create an installer; return its row, the only response with its deployment key. Sent once.

        For the same reason no text of a successful response is shown, even if it is not understood. Raises Refused if the
        appliance refused; after any other error the list of installers shows whether the installer exists.
        """
        response = send_authorized(self._transport, self._credentials, "POST", _BASE, json=fields, headers={"Accept": "application/json"})
        if response.status not in (200, 201):
            require_data(response, INTERFACE, self._credentials)
        try:
            row = response.json()
        except NotUnderstood:
            row = None
        if not isinstance(row, dict):
            raise NotUnderstood(
                f"{response.request} did not return the new installer (status {response.status}; the text is not "
                "shown, it may hold the deployment key).",
                host=response.host,
            ) from None
        return row

    def download(self, installer_id: Any, platform: str, write: Callable[[bytes], Any]) -> str:
        """Write the file piece by piece with write(bytes); return its content type.

        NotFound and Unavailable may mean that the file is not ready yet. A status of 200 does not prove a good file: the
        caller verifies it.
        """
        response = send_authorized(self._transport, self._credentials, "GET", f"{_BASE}/{installer_id}/{platform}", stream=True)
        if response.status == 404 and not response.is_html:  # the list was read before, so the API is there
            raise NotFound(f"{response.request}: the file does not exist, or not yet.", host=response.host, evidence=response.evidence())
        require_data(response, INTERFACE, self._credentials)
        if response.status != 200:
            raise Unavailable(f"{response.request} returned no file.", host=response.host, evidence=response.evidence())
        for chunk in response.iter_chunks():
            write(chunk)
        return response.content_type
