# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lists of the Configuration API as they are: what a site has, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import NotFound
from .configuration import Configuration

if TYPE_CHECKING:
    from ..http.transport import Transport
    from .configuration import Listing
    from .credentials import Credentials


class SiteLists:
    """The lists of one appliance (Appliance.site_lists). Appliances have the Configuration API since 21.1."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def rows(self, name: str) -> Listing:
        """The Listing of one of model.site_lists.LISTS; its iteration sends the requests.

        Raises NotFound for an account that cannot use the Configuration API, as its iteration does for an appliance without it.
        """
        if not self._credentials.is_api_account:
            raise NotFound("The Configuration API needs an API account, not a user with a password.", host=self._transport.host)
        return Configuration(self._transport, self._credentials).rows(name)
