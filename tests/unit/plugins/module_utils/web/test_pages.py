# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of a simulated appliance, through the pages object."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.model.backup_file import verify_backup
from ansible_collections.bomgar.appliance.plugins.module_utils.model.certificate import inspect_p12
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import MemoryCache
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificate_export
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import Browser
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import Labels
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as login_jump_clients
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import software as login_software
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import status as login_status

testing, acts = pytest.importorskip("simulator.testing"), pytest.importorskip("simulator.acts")
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


@pytest.fixture(params=KINDS, ids="-".join)
def kind(request):
    return request.param


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


@pytest.fixture
def visit(kind):
    """visit(base='6.0.2', more=', login_agreement: x') -> Visit"""
    running = []

    def start(*, more="", base="6.0.2", version="21.1.2", named="true", **options):
        world = WORLD.format(layout=kind[0], language=kind[1], more=more, base=base, version=version, named=named)
        running.append(testing.Running(world))
        return Visit(running[-1], **options)

    yield start
    for one in running:
        one.stop()


def test_certificates_are_listed_and_exported_whole(visit):
    one = visit()
    browser = one.browser()
    rows = appliance_certificates.list_all(browser)
    assert [(row.name, row.default) for row in rows] == [("site", True), ("old one", False)]
    now = one.running.simulation.clock.now()
    for row in rows:
        name, data = certificate_export.export(browser, row.name, "a long passphrase")
        found = inspect_p12(data, "a long passphrase", now=now if isinstance(now, (int, float)) else now.timestamp())
        assert name.endswith(".p12")
        assert found["problems"] == []
    assert one.writes == []


@pytest.mark.parametrize("version", ["21.1.2", "15.1.2"])
def test_the_pages_of_login_are_read(visit, version):
    one = visit(version=version)
    browser = one.browser("login")
    information = login_status.read(browser)
    assert information.version == version
    assert information.build
    assert 7 in information.by_kind.values()
    settings = login_jump_clients.read(browser)
    assert (settings.max_concurrent, settings.bandwidth, settings.connection_rate) == (20, "30 MiB/s", 40)
    assert settings.automatic == "cycle"


@pytest.mark.parametrize("password", [None, "secret of the backup"])
def test_a_backup_is_downloaded(visit, password):
    one = visit()
    content = bytearray()
    login_software.backup(one.browser("login"), content.extend, password)
    verify_backup(bytes(content[:4096]), len(content))
    assert one.writes == []
