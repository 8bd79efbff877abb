# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of a simulated appliance, through the pages object."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.backup_file import verify_backup
from ansible_collections.bomgar.appliance.plugins.module_utils.model.certificate import inspect_p12
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificate_export
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import jump_clients as login_jump_clients
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import software as login_software
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import status as login_status


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
