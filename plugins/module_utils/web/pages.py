# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The operations of the web pages of an appliance: one method per operation, one browser for each of the two areas."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput
from ..storage.files import safe_name, write_private
from ..storage.folder import make_private_folder
from .appliance import basics as appliance_basics
from .appliance import certificate_export, next_console
from .appliance import certificates as appliance_certificates
from .appliance import install as appliance_install
from .appliance import storage as appliance_storage
from .appliance import updates as appliance_updates
from .browser import Browser
from .change import Change
from .labels import Labels
from .login import account as login_account
from .login import failover as login_failover
from .login import failover_buttons
from .login import jump_clients as login_jump_clients
from .login import software as login_software
from .probe import AREAS, Probed, probe_area, skipped

if TYPE_CHECKING:
    from ..model.package import Package
    from ..storage.secret_cache import Cache
    from .appliance.certificate_rows import CertificateRow
    from .appliance.progress import Progress
    from .wire import Transport


class Pages:
    """The pages of /appliance and /login. The first method that is called sends the first request.

    params: the connection and web options of the module. Raises PageNotUnderstood (names page and label), AccessDenied,
    Refused; InvalidInput if no account for the pages is set.
    """

    def __init__(self, transport: Transport, cache: Cache, params: Mapping[str, Any]) -> None:
        self._transport, self._cache, self._params = transport, cache, params
        self._labels = Labels(params["web_labels"])  # raises InvalidInput for an unknown key before anything is sent
        self._browsers: dict[str, Browser] = {}
        self._basics: appliance_basics.Basics | None = None

    # --- /appliance

    def basics(self) -> appliance_basics.Basics:
        """Status > Basics."""
        self._basics = basics = appliance_basics.read(self._browser("appliance"))
        return basics

    def known_basics(self) -> dict[str, str]:
        """{label: text} of Status > Basics as this task read it last; empty if it did not."""
        return dict(self._basics.fields) if self._basics else {}

    def storage(self) -> dict[str, Any]:
        """Storage > Status."""
        return appliance_storage.read(self._browser("appliance"))

    def updates(self, *, check: bool) -> appliance_updates.Updates:
        """Updates: the list of packages; check presses Check for Updates first."""
        return appliance_updates.read(self._browser("appliance"), check=check)

    def progress(self) -> Progress:
        """Updates: the progress of an installation."""
        return appliance_updates.progress(self._browser("appliance"))

    # Changes are sent once; ready() is called right before each of their requests (web/change.py).

    def install_update(self, name: str, *, contact: dict[str, Any] | None, accept_eula: bool, guid: str, ready: Callable[[], Any]) -> str:
        """Updates: Install This Update, on the appliance with that GUID."""
        browser = self._browser("appliance")
        return appliance_install.install(browser, name, contact, accept_eula=accept_eula, guid=guid, change=Change(ready))

    def upload(self, path: str, *, contact: dict[str, Any] | None, accept_eula: bool, guid: str, ready: Callable[[], Any]) -> str:
        """Updates: Manual Installation, on the appliance with that GUID."""
        browser = self._browser("appliance")
        return appliance_install.upload(browser, path, contact, accept_eula=accept_eula, guid=guid, change=Change(ready))

    def download_key(self) -> str:
        """Updates: Appliance Download Key."""
        return appliance_updates.download_key(self._browser("appliance"))

    def certificates(self) -> tuple[CertificateRow, ...]:
        """Security > Certificates: the rows."""
        return appliance_certificates.list_all(self._browser("appliance"))

    def export_certificate(self, name: str, passphrase: str) -> bytes:
        """Security > Certificates: one certificate with key and chain, PKCS#12 bytes."""
        _file_name, content = certificate_export.export(self._browser("appliance"), name, passphrase)
        return content

    # --- /login

    def download_backup(self, write: Callable[[bytes], Any], password: str | None = None) -> dict[str, Any]:
        """Management > Software: Download Backup."""
        return login_software.backup(self._browser("login"), write, password=password)

    def jump_settings(self) -> login_jump_clients.JumpSettings:
        """Jump > Jump Clients: the upgrade settings."""
        return login_jump_clients.read(self._browser("login"))

    def check_jump_settings(self, values: Mapping[str, Any]) -> None:
        """Jump > Jump Clients: raise what would prevent these values. Sends no change."""
        login_jump_clients.check(self._browser("login"), values)

    def save_jump_settings(self, values: Mapping[str, Any], before: Mapping[str, Any] | None, ready: Callable[[], Any]) -> tuple[str, ...]:
        """Jump > Jump Clients: enter the values if the page shows those of `before`, save each form; return the page's messages."""
        return login_jump_clients.save(self._browser("login"), values, before, ready)

    def failover(self) -> login_failover.FailoverPage:
        """Management > Failover: what the page shows."""
        return login_failover.read(self._browser("login"))

    def start_sync(self, ready: Callable[[], Any]) -> tuple[str, ...]:
        """Management > Failover: Sync Now."""
        return failover_buttons.start_sync(self._browser("login"), Change(ready))

    def break_relation(self, ready: Callable[[], Any]) -> tuple[str, ...]:
        """Management > Failover: Break Failover Relations."""
        return failover_buttons.break_relation(self._browser("login"), Change(ready))

    def establish_relation(self, peer_host: str, peer_port: int, own_host: str, own_port: int, ready: Callable[[], Any]) -> tuple[str, ...]:
        """Management > Failover: Establish Relationship. This appliance becomes primary."""
        return failover_buttons.establish_relation(self._browser("login"), peer_host, peer_port, own_host, own_port, Change(ready))

    def change_role(self, role: str, *, pull_sync: bool, ready: Callable[[], Any], force: bool = False) -> tuple[str, ...]:
        """Management > Failover: Become Primary or Become Backup."""
        return failover_buttons.change_role(self._browser("login"), role, pull_sync=pull_sync, force=force, change=Change(ready))

    # --- the representative console's installer

    def console_offer(self, which: str) -> tuple[str | None, tuple[Package, ...]]:
        """(words of the link or None, packages listed next to it): 'present' console on My Account, 'next' on Updates."""
        if which == "next":
            return next_console.console_offer(self._browser("appliance"))
        return login_account.console_offer(self._browser("login")), ()

    def fetch_console(self, which: str, write: Callable[[bytes], Any]) -> str:
        """Write that installer with write(bytes); return its content type."""
        if which == "next":
            return next_console.fetch_console(self._browser("appliance"), write)
        return login_account.fetch_console(self._browser("login"), write)

    # --- before an upgrade

    def probe(self, *, pair: bool) -> list[Probed]:
        """Each step that uses a page, with the labels that were found. Reads only."""
        found = [probe_area(self._browser(one), one, pair=pair) if self.can_use(one) else skipped(one, pair=pair) for one in AREAS]
        return [probed for area in found for probed in area]

    def wordings(self, key: str) -> tuple[str, ...]:
        """The wordings of a label that are tried."""
        return self._labels.of(key)

    # --- the browsers

    def can_use(self, area: str) -> bool:
        """Whether an account for 'appliance' or 'login' is set."""
        return bool(self._params["web_username" if area == "appliance" else "login_username"])

    def _browser(self, area: str) -> Browser:
        if area not in self._browsers:
            prefix = "web" if area == "appliance" else "login"
            if not self.can_use(area):
                raise InvalidInput(
                    f"This step uses the pages of /{area}, and no account for them is set.",
                    host=self._transport.host,
                    remedy=f"Set `{prefix}_username` and `{prefix}_password` (in the playbooks bomgar_{prefix}_username and "
                    f"bomgar_{prefix}_password).",
                )
            self._browsers[area] = Browser(
                self._transport,
                self._labels,
                self._cache,
                area=area,
                username=self._params[f"{prefix}_username"],
                password=self._params[f"{prefix}_password"],
                save_page=self._save_page if self._params["page_dir"] else None,
                accept_login_agreement=self._params["accept_login_agreement"],
            )
        return self._browsers[area]

    def _save_page(self, name: str, html: str) -> str:
        folder = self._params["page_dir"]
        make_private_folder(folder)
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        path = os.path.join(folder, safe_name(f"{self._transport.host}-{name}-{stamp}") + ".html")
        write_private(path, html.encode())
        return path
