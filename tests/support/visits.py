# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A world with pages, and browsers that visit it."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels

WORLD = """
schema: 1
name: pages
product: rs
appliances:
  - {{name: a, hostname: support.example.com, base: {base}, version: {version}, layout: {layout}, language: {language}
     {more}}}
packages:
  - {{id: base-6.2.0, kind: base, version: 6.2.0, eula: "You agree to everything."}}
  - {{id: rs-22, name: BeyondTrust 22.1.4, kind: site, version: 22.1.4, requires: [base-6.2.0]}}
  - {{id: licence, name: Licence add-on 200 Jump Clients, kind: licence}}
rows_name_requirements: {named}
keep_installed_rows: true
accounts:
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}]
clients: {{jump_clients: {{active: 7}}, representatives: [{{name: Ada}}]}}
certificates: [{{name: site, default: true}}, {{name: old one, days_left: 3}}]
storage: {{percent_used: 61}}
jump_settings: {{max_concurrent: 20, bandwidth: 30, connection_rate: 40, automatic: cycle}}
web: {{session_minutes: 30, console_installers: true}}
"""


KINDS = [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")]


class Visit:
    """A running world and browsers for it that share one cache, as the tasks of a run do."""

    def __init__(self, running, **options):
        self.running, self._options, self._cache = running, options, MemoryCache()
        self._transport = Transport(running.url, ca_path=running.ca_file, sleep=lambda seconds: None)

    def browser(self, area="appliance", password=None):
        return Browser(
            self._transport, Labels(), self._cache, area=area, username="admin", password=password or f"{area}-password", **self._options
        )

    @property
    def writes(self):
        return [one["write"] for one in self.running.requests("write")]
