# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A wrong account, permission or token: one sentence, one try, and nothing is written."""

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.appliance_info import OPERATION as INFO
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.client_info import OPERATION as CLIENTS
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT
from ansible_collections.bomgar.appliance.plugins.modules.update_info import OPERATION as UPDATES
from simulator import acts

from tests.support.sentences import asked, performed, readable, sentence

TOKEN = "/oauth2/token"


@pytest.fixture
def bench(given):
    return given("modern_layout")


def act(bench, name, **order):
    acts.act(bench.running.simulation, {"do": name, **order})


def findings(bench, **given):
    """{id: message} of what blocks in a preflight; each of its lines must be readable too."""
    result = performed(bench, PREFLIGHT, **given)
    assert result["passed"] is False
    for line in result["blocking"]:
        readable(line)
    return {one["id"]: one["message"] for one in result["results"] if one["kind"] == "error"}


def sign_ins(bench, area):
    """How often a password was sent to the pages of an area."""
    return sum(entry["method"] == "POST" and entry["path"].startswith(f"/{area}/") for entry in bench.running.requests())


def test_a_wrong_client_secret_is_sent_once(bench):
    text = sentence(bench, INFO, client_secret="wrong-secret")
    assert "API account" in text and "client_secret" in text and "API Configuration" in text
    assert asked(bench, TOKEN) == 1 and bench.writes() == []


def test_a_preflight_sends_a_wrong_secret_once(bench):
    found = findings(bench, client_secret="wrong-secret")
    assert "was refused" in found["healthy"] and "was refused" in found["permissions"]
    assert asked(bench, TOKEN) == 1
    assert performed(bench, INFO)["appliance"]["version"] == bench.machine.version


def test_one_reason_is_reported_once(bench):
    result = performed(bench, PREFLIGHT, client_secret="wrong-secret")
    assert any("for the same reason as identity" in line for line in result["blocking"])
    assert sum("health could not be read" in line for line in result["blocking"]) == 1


@pytest.mark.parametrize("area", ["web", "login"])
def test_wrong_page_password_is_sent_once(bench, tmp_path, area):
    wrong = {f"{area}_username": "admin", f"{area}_password": "wrong-password"}
    operation, more = (UPDATES, {}) if area == "web" else (BACKUP, {"method": "web", "dest": str(tmp_path / "saved")})
    text = sentence(bench, operation, **wrong, **more)
    assert "'admin'" in text and "locks an account" in text and "incorrect" in text
    assert sign_ins(bench, "appliance" if area == "web" else area) == 1 and bench.writes() == []
    assert list((tmp_path / "saved").iterdir() if (tmp_path / "saved").exists() else []) == []


def test_a_wrong_page_password_is_sent_once(bench):
    """A preflight reads many pages, and must not lock the account."""
    found = findings(bench, web_password="wrong-password", login_username="admin", login_password="wrong-password")
    assert {"pages", "storage", "no_installation", "jump_client_upgrades"} <= found.keys()
    assert "for /login was not accepted" in found["jump_client_upgrades"]
    assert sign_ins(bench, "appliance") == sign_ins(bench, "login") == 1


def test_wrong_old_password_is_sent_once(given):
    """A wrong password of a user before 16.1 is sent once in a run, also by a task that reads much."""
    bench = given(OLD)
    wrong = {"client_id": None, "client_secret": None, "username": "api-user", "password": "wrong-password"}
    assert "'api-user'" in sentence(bench, INFO, **wrong)
    assert asked(bench, "/api/command") == 1
    findings(bench, **wrong)
    assert asked(bench, "/api/command") == 1
    findings(bench, **{**wrong, "password": "another-wrong-password"})
    assert asked(bench, "/api/command") == 2


OLD = """
schema: 1
name: old
product: rs
clock: {speed: 0}
appliances: [{name: a, hostname: support.example.com, base: 5.0.0, version: 15.2.2}]
packages: []
accounts:
  api: [{client_id: "0", client_secret: never-used}]
  legacy_users: [{username: api-user, password: api-password}]
  appliance: [{username: admin, password: appliance-password}]
"""


@pytest.mark.parametrize(
    "permission, denied, operation",
    [("perm_command", "deny", INFO), ("perm_backup", False, BACKUP), ("perm_configuration", False, CLIENTS)],
)
def test_missing_permission_names_its_place(bench, tmp_path, permission, denied, operation):
    act(bench, "set_permission", permission=permission, value=denied)
    more = {"dest": str(tmp_path / "saved")} if operation is BACKUP else {}
    text = sentence(bench, operation, **more)
    assert permission in text and "/login > Management > API Configuration" in text
    assert performed(bench, operation, **more)["permission"] == permission
    assert not (tmp_path / "saved").exists() or not list((tmp_path / "saved").iterdir())


def test_disabled_xml_api_is_other_cause(bench):
    act(bench, "enable_xml_api", enabled=False)
    text = sentence(bench, INFO)
    assert "perm_command" in text and "Enable XML API" in text and "/login > Management > API Configuration" in text


def test_a_disabled_account_is_said_to_look_at(bench):
    performed(bench, INFO)
    act(bench, "enable_account", enabled=False)
    assert "enabled" in sentence(bench, INFO)


def test_dead_token_is_renewed_once(bench):
    performed(bench, INFO)
    bench.running.advance(3700)  # the cache goes by this machine's clock and believes in the old one
    assert "failed" not in performed(bench, INFO)
    assert asked(bench, TOKEN) == 2


def test_displaced_token_is_renewed_once(bench):
    """An old token that thirty newer ones displaced is renewed once."""
    performed(bench, INFO)
    account = next(iter(bench.machine.accounts.api))
    for _number in range(30):
        bench.machine.tokens.issue(account, bench.machine.now())
    assert "failed" not in performed(bench, INFO)
    assert asked(bench, TOKEN) == 2


def test_unacceptable_token_is_renewed_only_once(bench):
    bench.running.fault("json_error", match={"path": "/api/*"}, times=None)
    assert "even with a fresh token" in sentence(bench, INFO)
    assert asked(bench, TOKEN) == 2
