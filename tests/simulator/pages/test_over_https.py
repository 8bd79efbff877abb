# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages behind the real server: the request log, the times when the appliance is away, scripted faults."""

from __future__ import annotations

import pytest
import requests
from bs4 import BeautifulSoup
from simulator.testing import Running

WORLD = """
schema: 1
name: pages
product: rs
clock: {start: "2024-10-12T14:58:35", speed: 0}
appliances: [{name: a, base: 6.2.0, version: 22.1.1}]
packages: [{id: rs-23.1.1, kind: site, version: 23.1.1}]
accounts:
  appliance: [{username: admin, password: appliance secret}]
"""
SIGN_IN = {"login[username]": "admin", "login[password]": "appliance secret", "login[submit]": "Login"}


@pytest.fixture
def running():
    with Running(WORLD) as world:
        yield world


@pytest.fixture
def browser(running):
    with requests.Session() as session:
        session.verify = running.ca_file
        session.trust_env = False
        session.post(f"{running.url}/appliance/login.ns", data=SIGN_IN, timeout=60)
        yield session


def press(browser, running, path, name, value=""):
    return browser.post(f"{running.url}{path}", data={name: value}, timeout=60)


def test_the_restart_trap_is_logged(running, browser):
    """As a write of the account; then the appliance is away."""
    press(browser, running, "/appliance/status_basics.ns", "restart", "Restart")
    (entry,) = running.requests(effect="write")
    assert (entry["write"], entry["account"], entry["kind"]) == ("restart", "admin", "page")
    with pytest.raises(requests.ConnectionError):
        browser.get(f"{running.url}/appliance/login.ns", timeout=60)
    running.advance(3600)
    page = browser.get(f"{running.url}/appliance/status_basics.ns", timeout=60)
    assert "Log into the Appliance" in page.text


def test_signing_in_looking_checking_and_exporting_are_reads(running, browser):
    press(browser, running, "/appliance/updates.ns", "check")
    browser.get(f"{running.url}/appliance/storage_status.ns", timeout=60)
    export = {"certificate[]": "1", "export[certificate]": "1", "export[key]": "1", "export[passphrase]": "hush hush"}
    answer = browser.post(f"{running.url}/appliance/security_certificates_export.ns", data={**export, "export[submit]": ""}, timeout=60)
    assert answer.headers["Content-Type"] == "application/x-pkcs12"
    assert {entry["effect"] for entry in running.requests()} == {"read"}
    assert len(running.requests()) >= 5


def test_no_secret_of_a_page_reaches_the_log(running, browser):
    browser.get(f"{running.url}/appliance/updates.ns", timeout=60)
    assert "secret" not in str(running.requests())


def test_appliance_pages_survive_the_site_outage(running, browser):
    """The pages of /appliance respond until the reboot."""
    press(browser, running, "/appliance/updates.ns", "install[rs-23.1.1]")
    assert [entry["write"] for entry in running.requests("write")] == ["install rs-23.1.1"]
    running.advance(15 * 60)
    page = browser.get(f"{running.url}/appliance/updates_progress.ns", timeout=60)
    assert "60% complete" in BeautifulSoup(page.text, "html.parser").get_text()
    with pytest.raises(requests.ConnectionError):
        browser.get(f"{running.url}/login", timeout=60)
    running.advance(11 * 60)
    with pytest.raises(requests.ConnectionError):
        browser.get(f"{running.url}/appliance/updates_progress.ns", timeout=60)


def test_scripted_expiry_shows_the_login_page(running, browser):
    running.fault("expire_session", match={"path": "/appliance/updates.ns", "method": "POST"})
    answer = press(browser, running, "/appliance/updates.ns", "install[rs-23.1.1]")
    assert answer.status_code == 200
    assert "Log into the Appliance" in answer.text
    assert running.requests("write") == []
