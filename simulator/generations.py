# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a product of a given age can do (docs/vendor/authentication.md#three-generations, docs/vendor/command-api.md#reply,
docs/vendor/configuration-api.md, docs/vendor/versions.md). Worlds may override most of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .machine.packages import version_key

if TYPE_CHECKING:
    from .machine.appliance import Machine


_HTTP_BOMGAR = "http://www.bomgar.com/namespaces/API/command"  # recorded on RS 19.1.8
_HTTPS_BOMGAR = "https://www.bomgar.com/namespaces/API/command"  # docs of 16.x to 18.x
_BEYONDTRUST = "https://www.beyondtrust.com/namespaces/API/command"  # docs from 19.x on
_SRA = "http://www.beyondtrust.com/sra/namespaces/API/command"  # PRA, the twin of the observed reporting one

# From this product version on: the API version of RS and of PRA (None: not listed, the one before stays).
_API = (
    ("10.1", "1.0.0", None),
    ("10.2", "1.1.0", None),
    ("10.2.5", "1.1.1", None),
    ("10.3", "1.2.0", None),
    ("10.3.2", "1.2.1", None),
    ("10.3.4", "1.2.2", None),
    ("10.4", "1.3.0", None),
    ("10.4.1", "1.3.2", None),
    ("10.5", "1.4.0", None),
    ("10.5.1", "1.4.1", None),
    ("10.5.2", "1.4.2", None),
    ("10.6", "1.5.0", None),
    ("11.1", "1.6.0", None),
    ("12.1", "1.7.0", None),
    ("12.1.4", "1.7.1", None),
    ("12.2", "1.8.0", None),
    ("12.3", "1.9.0", None),
    ("13.1", "1.10.0", None),
    ("14.1", "1.11.0", None),
    ("14.2", "1.12.0", None),
    ("15.1", "1.13.0", "1.13.0"),
    ("15.2", "1.13.1", None),
    ("15.3", None, "1.14.0"),
    ("16.1", "1.15.0", "1.15.1"),
    ("16.2", "1.15.1", None),
    ("17.1", "1.16.0", "1.16.0"),
    ("18.1", None, "1.17.0"),
    ("18.2", "1.18.0", "1.18.0"),
    ("18.3", None, "1.19.0"),
    ("19.1", "1.19.0", "1.19.0"),
    ("19.2", "1.19.2", None),
    ("20.1", "1.19.2", "1.19.2"),
    ("21.1", "1.21.0", None),
    ("21.2", None, "1.21.1"),
    ("21.3", "1.21.1", None),
    ("22.1", "1.22.1", "1.22.1"),
    ("22.2", "1.22.2", "1.22.2"),
    ("23.1", "1.23.1", "1.22.3"),
    ("23.3", None, "1.23.1"),
    ("24.1", "1.24.1", "1.24.1"),
    ("25.1", "1.25.0", "1.25.0"),
)
_CONFIGURATION = (
    ("21.1", "1.6"),
    ("23.2", "1.7"),
    ("23.3", "1.8"),
    ("24.1", "1.9"),
    ("25.2", "1.10"),
    ("26.1", "1.12"),
)


class Generation:
    """The abilities of one machine, asked anew after each upgrade because they follow its version."""

    def __init__(self, machine: Machine) -> None:
        self.product, self.version = machine.product, version_key(machine.version)
        self._features, self._legacy_users = machine.features, bool(machine.accounts.legacy)

    def since(self, version: str) -> bool:
        return self.version >= version_key(version)

    def _feature(self, name: str, otherwise: Any) -> bool:
        chosen = self._features[name]
        return otherwise if chosen is None else chosen

    @property
    def oauth(self) -> bool:
        """API accounts, from 16.1."""
        return self._feature("oauth", self.since("16.1"))

    @property
    def legacy_login(self) -> bool:
        """User name and password on every call; later hidden, but kept where it was in use before 16.1."""
        return self._feature("legacy_login", self._legacy_users or not self.since("16.1"))

    @property
    def json_v2(self) -> bool:
        """The first version is UNKNOWN, between 25.3 and 26.1."""
        return self._feature("json_v2", self.since("26.1"))

    @property
    def configuration_api(self) -> bool:
        return self._feature("configuration_api", self.since("21.1"))

    @property
    def check_health(self) -> bool:
        return self.since("14.2" if self.product == "rs" else "16.1")

    @property
    def failover_role(self) -> bool:
        return self.since("14.2" if self.product == "rs" else "18.2")

    @property
    def client_lists(self) -> bool:
        """get_connected_client_list and its like; on PRA, with get_logged_in_reps, only from 21.2."""
        return self.since("14.1" if self.product == "rs" else "21.2")

    @property
    def logged_in_reps(self) -> bool:
        return self.product == "rs" or self.since("21.2")

    @property
    def company_name(self) -> bool:
        return not self.since("24.3")

    @property
    def namespace(self) -> str:
        if self._features["namespace"] is not None:
            return self._features["namespace"]
        if self.product == "pra" and self.since("24.1"):
            return _SRA
        if self.since("19.2"):
            return _BEYONDTRUST
        return _HTTP_BOMGAR if self.since("19.1") or not self.since("16.1") else _HTTPS_BOMGAR

    @property
    def reporting_namespace(self) -> str:
        """The twin of the Command API's; observed for most of the families."""
        return self.namespace.replace("/API/command", "/API/reporting")

    @property
    def api_version(self) -> str:
        column = 1 if self.product == "rs" else 2
        known = [api for row in _API if (api := row[column]) and self.since(row[0])]
        return known[-1] if known else "1.0.0"

    @property
    def configuration_version(self) -> str:
        known = [api for product, api in _CONFIGURATION if self.since(product)]
        return known[-1] if known else _CONFIGURATION[0][1]

    def configuration_since(self, version: str) -> bool:
        return version_key(self.configuration_version) >= version_key(version)

    @property
    def server_header(self) -> str:
        """Recorded: Apache on 19.1.8; old versions said Bomgar (scanner rules)."""
        return "Apache" if self.since("16.1") else "Bomgar"
