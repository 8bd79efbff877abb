# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A page, a label, a target or an option that does not fit: one sentence, and nothing is pressed."""

import stat
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.module import LIBRARIES
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.catch_up import OPERATION as WAIT
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as CLIENTS
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT
from ansible_collections.bomgar.appliance.plugins.modules.rehearsal import OPERATION as REHEARSE
from ansible_collections.bomgar.appliance.plugins.modules.report import OPERATION as REPORT
from ansible_collections.bomgar.appliance.plugins.modules.update_info import OPERATION as UPDATES
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from ansible_collections.bomgar.appliance.plugins.modules.upgrade_plan import OPERATION as PLAN
from simulator.pages import words

from tests.support.sentences import performed, readable, sentence

TOKEN = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA1"
NEW_LOOK = f"""<html><head><title>New look</title></head><body>
<ul><li>Status</li><li>Updates</li></ul><a href="/appliance/logout">Logout</a>
<form action="/x"><input type="hidden" name="csrf" value="{TOKEN}"><input type="password" name="p" value="appliance-password">
<label>Licence <input name="k" value="{TOKEN}"></label></form><p>key {TOKEN}</p></body></html>"""


@pytest.fixture
def bench(given):
    return given()


# --- pages and labels


def test_strange_page_is_saved_without_secrets(bench, tmp_path):
    performed(bench, UPDATES)  # signed in, as in the middle of a run
    bench.running.fault("body", match={"path": "/appliance/*"}, body=NEW_LOOK, status=200, times=None)
    folder = tmp_path / "pages"
    text = sentence(bench, UPDATES, page_dir=str(folder))
    (kept,) = folder.iterdir()
    assert "'New look'" in text and "bomgar_web_labels" in text and str(kept) in text
    assert "base_version" in text and "Status > Basics" in text
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    html = kept.read_text()
    assert "Licence" in html and TOKEN not in html and "appliance-password" not in html
    assert bench.writes() == []


def test_missing_label_is_fixed_by_web_labels(bench, monkeypatch):
    for texts in words.labels().values():
        if texts["en"][0] == "Updates":
            monkeypatch.setitem(texts, "en", ["Patches", "INFERRED"])
    text = sentence(bench, UPDATES)
    assert "menu_updates" in text and "'Updates'" in text
    found = performed(bench, UPDATES, web_labels={"menu_updates": "Patches"})
    assert found["packages"][0]["name"] == "Base 6.0.2"


@pytest.mark.parametrize("operation", [UPDATES, PREFLIGHT, INFO], ids=["update_info", "preflight", "appliance_info"])
def test_an_unknown_label_key_names_near_ones(bench, operation):
    """Before anything is sent."""
    result = performed(bench, operation, web_labels={"menu_updatess": "Patches"})
    assert result["failed"] and "'menu_updatess'" in result["msg"] and "menu_updates" in result["msg"]
    readable(result["msg"])
    assert bench.running.requests() == []


def test_an_ended_session_is_opened_again(bench):
    performed(bench, UPDATES)
    fault = bench.running.fault("expire_session", match={"path": "/appliance/*"}, skip=1)
    found = performed(bench, UPDATES)
    assert fault.hits == 1 and "failed" not in found and found["packages"]
    assert bench.writes() == []


def test_session_is_renewed_before_the_press(bench, tmp_path):
    """The button is pressed once. A session that ends at the press itself is no reason to press again (test_update_install)."""
    backup = performed(bench, BACKUP, dest=str(tmp_path / "saved"))["backup"]["metadata"]
    fault = bench.running.fault("expire_session", match={"method": "GET", "path": "/appliance/*"}, skip=4)  # in the middle of the reads
    found = performed(
        bench,
        INSTALL,
        package="Base 6.0.2",
        backup=backup,
        keys_waiver="vault",
        poll_interval=300,
        accept_eula=True,
        contact={"name": "Ada", "email": "ada@example.com", "title": "Admin"},
    )
    assert fault.hits == 1 and found["changed"] and found["evidence"] == {"base_version": "6.0.2"}
    assert bench.writes() == ["install base-6.0.2"]


def test_a_running_installation_is_waited_for(bench, tmp_path):
    """It is named if it does not end."""
    bench.machine.start_install("base-6.0.2", {})
    text = sentence(bench, INSTALL, package="Base 6.2.0", poll_interval=300, wait_timeout=300, stable=1)
    assert "installation under way" in text and "Base 6.0.2" in text and "again later" in text
    assert bench.writes() == []


def test_base_trouble_says_one_action(given, tmp_path):
    bench, journal = given("base_stuck"), tmp_path / "state" / "journal.jsonl"
    backup = performed(bench, BACKUP, dest=str(tmp_path / "saved"))["backup"]["metadata"]
    text = sentence(
        bench,
        INSTALL,
        package="Base 6.2.0",
        backup=backup,
        keys_waiver="vault",
        journal=str(journal),
        poll_interval=1800,
        wait_timeout=3600,
    )
    assert "DO NOT RESTART" in text and "60 %" in text and "technical support" in text
    assert "same command again" not in text
    assert bench.running.url.rpartition("/")[2] not in journal.read_text().split('"why":')[1]


# --- targets and options


@pytest.mark.parametrize("target, words", [("99.9", ["99.9", "offered"]), ("10.1", ["10.1", "19.1.8", "downgraded"])])
def test_unreachable_target_lists_the_offers(bench, target, words):
    found = performed(bench, PREFLIGHT, target_version=target)
    (line,) = [line for line in found["blocking"] if "target_path" in line]
    assert all(word in line for word in words)
    readable(line)
    seen, offer = performed(bench, INFO)["appliance"], performed(bench, UPDATES)
    site = {"nodes": [dict(seen, name=seen["host"])], "offers": {seen["host"]: offer}}
    text = sentence(bench, PLAN, target_version=target, mode="standalone", site=site)
    assert all(word in text for word in words)
    assert bench.writes() == []


@pytest.mark.mission("M5")
def test_missing_package_lists_the_offers(bench):
    text = sentence(bench, INSTALL, package="Bomgar 99.1")
    assert "'Bomgar 99.1'" in text and "Base 6.0.2" in text


def test_wrong_manifest_key_has_suggestion(bench):
    text = sentence(bench, PREFLIGHT, manifest={"packages": [{"name": "Base 6.0.2", "sha265": "x"}]})
    assert "'sha265'" in text and "'sha256'" in text and "Base 6.0.2" in text
    assert bench.running.requests() == []


@pytest.mark.parametrize("expression", ["name ==", "name[", "unknown(name)"])
def test_a_broken_client_filter_fails_at_once(given, expression):
    """Not a day later, when the clients are counted."""
    bench = given("modern_layout")
    for operation, more in ((CLIENTS, {}), (WAIT, {"since": bench.running.simulation.clock.now(), "mode": "hold"})):
        text = sentence(bench, operation, client_filter=expression, **more)
        assert "JMESPath" in text and expression in text
    assert bench.seconds_asleep == 0


def test_useless_client_filter_is_reported(given):
    assert "length(id)" in sentence(given("modern_layout"), CLIENTS, client_filter="length(id)")


# --- libraries and nested errors


class Hidden:
    """An import hook: this library is not installed."""

    def __init__(self, name):
        self._name = name

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == self._name:
            raise ImportError(f"No module named {self._name!r}")


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_missing_library_names_its_installation(bench, monkeypatch, library):
    operation = {"jmespath": WAIT, "cryptography": PREFLIGHT, "bs4": INSTALL, "jinja2": REPORT, "yaml": REHEARSE}.get(library, INFO)
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Hidden(library), *sys.meta_path])
    result = operation.perform({})
    assert result["failed"] and LIBRARIES[library] in result["msg"]
    assert f"{sys.executable} -m pip install {LIBRARIES[library]}" in result["msg"]


def test_nested_error_keeps_host_and_text():
    """An error inside another one keeps one host and what it reported."""
    inner = ApplianceError("It was slow.", host="a.example.com", evidence="503", remedy="Wait.")
    outer = ApplianceError(f"The update did not prove itself. {inner.summary}", host="a.example.com", remedy="Call support.")
    assert str(outer) == "a.example.com: The update did not prove itself. It was slow. It answered: 503. Call support."
    assert str(InvalidInput("No such name.", evidence="a, b").with_host("x").with_host("y")) == "x: No such name. Found: a, b."
