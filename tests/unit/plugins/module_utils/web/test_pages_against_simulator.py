# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of the simulated appliance in both layouts and both languages, over HTTPS.

Neither side is made for the other: what is read here was written from the same reference by other hands.
"""

from __future__ import annotations

import json
import urllib.request

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import AccessDenied, Refused, Unsafe, may_have_happened
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import basics as appliance_basics
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificate_export
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import install as appliance_install
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import SignedOut

acts = pytest.importorskip("simulator.acts")

CONTACT = {"name": "Ada", "email": "ada@example.com", "title": "Admin"}


@pytest.mark.parametrize(("base", "version"), [("6.0.2", "21.1.2"), ("4.2.1", "16.2.1"), ("3.3.2", "15.1.2")])
def test_basics_and_storage_are_found_in_every_menu(visit, base, version):
    browser = visit(base=base, version=version).browser()
    basics = appliance_basics.read(browser)
    assert (basics.base_version, basics.model, basics.hostname) == (base, "B300", "support.example.com")
    assert len(basics.guid) == 32
    assert basics.serial
    assert basics.system_time
    assert appliance_storage.read(browser)["percent_used"] == 61.0


@pytest.mark.mission("M8")
@pytest.mark.parametrize("named", ["true", "false"])
def test_the_list_tells_kinds_states_and_needs(visit, named):
    one = visit(named=named)
    updates = appliance_updates.read(one.browser())
    found = {p.name: (p.kind, p.state, p.waits_for) for p in updates.packages}
    assert found == {
        "Base 6.2.0": ("base", "available", ()),
        "BeyondTrust 22.1.4": ("site", "blocked", ("Base 6.2.0",) if named == "true" else ()),
        "Licence add-on 200 Jump Clients": ("licence", "available", ()),
    }
    assert updates.console_installers_url
    assert not updates.installing
    assert one.writes == []


@pytest.mark.parametrize("state", ["unreachable", "build_failed"])
def test_an_update_server_error_is_no_empty_list(visit, state):
    one = visit()
    acts.act(one.running.simulation, {"do": "set_update_server", "state": state})
    updates = appliance_updates.read(one.browser())
    assert "Aktualisierung" in updates.message or "update" in updates.message.lower()
    assert one.writes == []


def test_an_installation_is_sent_once_and_verified(visit):
    one = visit()
    browser = one.browser()
    with pytest.raises(Refused, match="accept_eula") as caught:
        appliance_install.install(browser, "Base 6.2.0", CONTACT)
    assert "You agree to everything." in caught.value.facts["agreement"]
    assert one.writes == []
    appliance_install.install(browser, "Base 6.2.0", CONTACT, accept_eula=True)
    assert appliance_updates.progress(browser).running
    assert appliance_updates.read(one.browser()).installing
    with pytest.raises(Unsafe):
        appliance_install.install(one.browser(), "Licence add-on 200 Jump Clients", CONTACT, accept_eula=True)
    one.running.advance(4 * 3600)
    states = {p.name: p.state for p in appliance_updates.read(one.browser()).packages}
    assert (states["Base 6.2.0"], states["BeyondTrust 22.1.4"]) == ("installed", "available")
    assert not appliance_updates.progress(one.browser()).running
    assert appliance_basics.read(one.browser()).base_version == "6.2.0"
    assert one.writes == ["install base-6.2.0"]


def test_a_package_without_agreement_is_installed_at_once(visit):
    one = visit()
    appliance_install.install(one.browser(), "Licence add-on 200 Jump Clients")
    assert one.writes == ["install licence"]


def test_fetched_file_is_uploaded(visit, tmp_path):
    one = visit()
    key = appliance_updates.download_key(one.browser())
    package = tmp_path / "base.nss"
    with urllib.request.urlopen(f"{one.running.control_url}/packages/base-6.2.0?key={key}") as answer:
        package.write_bytes(answer.read())
    appliance_install.upload(one.browser(), package, CONTACT, accept_eula=True)
    assert len(one.writes) == 1
    assert appliance_updates.progress(one.browser()).running


def test_a_login_agreement_needs_acceptance(visit):
    one = visit(more=", login_agreement: Only for owners", accept_login_agreement=True)
    assert appliance_basics.read(one.browser()).base_version == "6.0.2"
    one.running.advance(3600)
    assert appliance_updates.read(one.browser()).packages
    two = visit(more=", login_agreement: Only for owners")
    with pytest.raises(Refused, match="Only for owners"):
        appliance_basics.read(two.browser())


def test_an_expired_password_stops_with_a_sentence(visit):
    with pytest.raises(AccessDenied, match="must be changed"):
        appliance_basics.read(visit(more=", password_expired: true").browser())


def test_a_wrong_password_is_sent_once(visit):
    one = visit()
    browser = one.browser(password="wrong")
    for _attempt in range(3):
        with pytest.raises(AccessDenied, match="was not accepted"):
            appliance_basics.read(browser)
    assert len([entry for entry in one.running.requests() if entry["method"] == "POST"]) == 1


def test_ended_session_leaves_press_open(visit):
    one = visit()
    browser = one.browser()
    appliance_updates.read(browser)
    one.running.advance(3600)
    assert appliance_updates.read(browser).packages
    one.running.fault("expire_session", match={"method": "POST", "path": "*"})
    with pytest.raises(SignedOut) as caught:
        appliance_install.install(browser, "Licence add-on 200 Jump Clients")
    assert may_have_happened(caught.value) and one.writes == []
    appliance_install.install(browser, "Licence add-on 200 Jump Clients")
    assert one.writes == ["install licence"]


def test_second_task_repeats_no_login(visit):
    one = visit()
    appliance_updates.read(one.browser(), check=False)
    before = len(one.running.requests())
    appliance_updates.read(one.browser(), check=False)
    assert len(one.running.requests()) == before + 1


def test_no_secret_of_ours_is_in_the_log(visit):
    one = visit()
    certificate_export.export(one.browser(), "site", "a long passphrase")
    log = json.dumps(one.running.requests(), default=str)
    assert "passphrase" not in log
    assert "appliance-password" not in log
