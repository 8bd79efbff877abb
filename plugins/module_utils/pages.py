# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What only the web pages of an appliance can tell or do: one method per operation, a browser for each of the two areas."""

from __future__ import annotations

import os
from datetime import datetime, timezone

from .errors import InvalidInput
from .files import private_folder, safe_name, write_private
from .web import (
    appliance_basics,
    appliance_certificates,
    appliance_install,
    appliance_storage,
    appliance_updates,
    login_account,
    login_failover,
    login_jump_clients,
    login_software,
    login_status,
)
from .web.browser import Browser
from .web.labels import Labels


class Pages:
    """The pages of /appliance and /login. Nothing is sent before the first method is called.

    params: the module's connection and web options. Raises the errors of web/: PageNotUnderstood (names page and
    label), AccessDenied, Refused; InvalidInput when the account for the pages is not given.
    """

    def __init__(self, transport, cache, params):
        self._transport, self._cache, self._params = transport, cache, params
        self._labels = Labels(params["web_labels"])  # a key that nobody knows is told before anything is sent
        self._browsers, self._basics = {}, None

    # --- /appliance

    def basics(self):
        """Status > Basics."""
        self._basics = appliance_basics.read(self._browser("appliance"))
        return self._basics

    def known_basics(self):
        """{label: text} of Status > Basics as it was read last in this task; empty if it was not."""
        return dict(self._basics.fields) if self._basics else {}

    def storage(self):
        """Storage > Status."""
        return appliance_storage.read(self._browser("appliance"))

    def updates(self, *, check):
        """Updates: the list; check presses Check for Updates first."""
        return appliance_updates.read(self._browser("appliance"), check=check)

    def progress(self):
        """Updates: how far an installation is."""
        return appliance_updates.progress(self._browser("appliance"))

    def press_install(self, name, *, contact, accept_eula):
        """Updates: Install This Update, sent once."""
        return appliance_install.install(self._browser("appliance"), name, contact, accept_eula=accept_eula)

    def upload(self, path, *, contact, accept_eula):
        """Updates: Manual Installation, sent once."""
        return appliance_install.upload(self._browser("appliance"), path, contact, accept_eula=accept_eula)

    def download_key(self):
        """Updates: Appliance Download Key."""
        return appliance_updates.download_key(self._browser("appliance"))

    def certificates(self):
        """Security > Certificates: the rows."""
        return appliance_certificates.list_all(self._browser("appliance"))

    def export_certificate(self, name, passphrase):
        """Security > Certificates: one certificate with key and chain, PKCS#12 bytes."""
        _file_name, content = appliance_certificates.export(self._browser("appliance"), name, passphrase)
        return content

    # --- /login

    def press_download_backup(self, write, password=None):
        """Management > Software: Download Backup."""
        return login_software.backup(self._browser("login"), write, password=password)

    def jump_settings(self):
        """Jump > Jump Clients: the upgrade settings."""
        return login_jump_clients.read(self._browser("login"))

    def check_jump_settings(self, values):
        """Jump > Jump Clients: raises what would keep these values from being entered. Sends nothing new."""
        login_jump_clients.check(self._browser("login"), values)

    def press_save_jump_settings(self, values):
        """Jump > Jump Clients: enter the values, Save, sent once for each form; what the page said."""
        return login_jump_clients.save(self._browser("login"), values)

    def site_status(self):
        """Status > Information."""
        return login_status.read(self._browser("login"))

    def failover(self):
        """Management > Failover: what it shows."""
        return login_failover.read(self._browser("login"))

    def press_sync(self):
        """Management > Failover: Sync Now, sent once."""
        return login_failover.press_sync(self._browser("login"))

    def press_break(self):
        """Management > Failover: Break Failover Relations, sent once."""
        return login_failover.press_break(self._browser("login"))

    def press_establish(self, peer_host, peer_port, own_host, own_port):
        """Management > Failover: Establish Relationship, sent once. This appliance becomes primary."""
        return login_failover.press_establish(self._browser("login"), peer_host, peer_port, own_host, own_port)

    def press_become(self, role, *, pull_sync, force=False):
        """Management > Failover: Become Primary or Become Backup, sent once."""
        return login_failover.press_become(self._browser("login"), role, pull_sync=pull_sync, force=force)

    # --- the representative console's installer

    def console_offer(self, which):
        """(words of the link or None, packages listed beside it): of the 'present' console on My Account, of the 'next' on Updates."""
        if which == "next":
            return appliance_updates.console_offer(self._browser("appliance"))
        return login_account.console_offer(self._browser("login")), ()

    def fetch_console(self, which, write):
        """Stream that installer into write(bytes); its content type."""
        if which == "next":
            return appliance_updates.fetch_console(self._browser("appliance"), write)
        return login_account.fetch_console(self._browser("login"), write)

    # --- the browsers

    def can_use(self, area):
        """Whether an account for 'appliance' or 'login' was given."""
        return bool(self._params["web_username" if area == "appliance" else "login_username"])

    def _browser(self, area):
        if area not in self._browsers:
            prefix = "web" if area == "appliance" else "login"
            if not self.can_use(area):
                raise InvalidInput(
                    f"This step uses the pages of /{area}, and no account for them was given.", host=self._transport.host,
                    remedy=f"Set `{prefix}_username` and `{prefix}_password` (in the playbooks bomgar_{prefix}_username and "
                           f"bomgar_{prefix}_password).")
            self._browsers[area] = Browser(
                self._transport, self._labels, self._cache, area=area,
                username=self._params[f"{prefix}_username"], password=self._params[f"{prefix}_password"],
                save_page=self._save_page if self._params["page_dir"] else None,
                accept_login_agreement=self._params["accept_login_agreement"])
        return self._browsers[area]

    def _save_page(self, name, html):
        folder = self._params["page_dir"]
        private_folder(folder)
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        path = os.path.join(folder, safe_name(f"{self._transport.host}-{name}-{stamp}") + ".html")
        write_private(path, html.encode())
        return path
