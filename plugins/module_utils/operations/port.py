# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What operations need of an appliance. The facade in appliance.py has it, and so have the stand-ins of the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from ..model.health import ApiInfo, Health, LoggedIn, Member

_Found = TypeVar("_Found")


class Appliance(Protocol):
    """One appliance; appliance.Appliance says what each method does.

    pages: the operations of its web pages; clients, site_lists: what the Configuration API lists.
    request_sent: whether a request that changes the appliance was sent.
    """

    host: str
    pages: Any
    clients: Any
    site_lists: Any
    say: Callable[[str], None]
    clock: Callable[[], float]
    request_sent: bool

    def with_connection(self, params: Mapping[str, Any]) -> Appliance:
        pass

    def wait_until(self, probe: Callable[[], _Found], **how: Any) -> _Found:
        pass

    def info(self) -> ApiInfo:
        pass

    def health(self) -> Health:
        pass

    def members(self) -> tuple[Member, ...]:
        pass

    def product(self) -> str:
        pass

    def describe_interfaces(self) -> str:
        pass

    def probe_health(self) -> tuple[bool, str]:
        pass

    def observe(self, *, members: bool = False) -> dict[str, Any]:
        pass

    def client_counts(self) -> dict[str, int]:
        pass

    def connected(self) -> tuple[dict[str, int], list[str]]:
        pass

    def logged_in(self) -> tuple[LoggedIn, ...]:
        pass

    def support_teams(self) -> tuple[tuple[str, str], ...] | None:
        pass

    def sessions(self) -> tuple[str, ...]:
        pass

    def terminate_session(self, lsid: str) -> None:
        pass

    def logout(self, user_id: str) -> None:
        pass

    def download_backup(self, write: Callable[[bytes], Any], password: str | None = None) -> Mapping[str, str]:
        pass

    def certificate(self, name: str = "") -> bytes:
        pass

    def tls_version(self) -> str:
        pass

    @property
    def validates_certificates(self) -> bool:
        pass

    def distrust(self, name: str) -> str:
        pass

    def set_failover_role(self, role: str, *, data_sync_first: bool, force: bool = False) -> str:
        pass
