# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""console_installer: the old MSI is kept, the new one fetched where it is offered, and nothing that is no installer is taken for one."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.console_installer import OPERATION as CONSOLE

from tests.support.sentences import performed

WORLD = """
schema: 1
name: consoles
product: rs
appliances: [{{name: a, hostname: support.example.com, base: 6.2.0, version: 21.1.2, layout: {layout}, language: {language}}}]
packages:
  - {{id: rs-22, name: BeyondTrust 22.1.4, kind: site, version: 22.1.4}}
  - {{id: rs-23, name: BeyondTrust 23.2.1, kind: site, version: 23.2.1, requires: [rs-22]}}
accounts:
  api: [{{name: upgrades, client_id: cccc, client_secret: ssss, permissions: {{perm_command: read_only}}}}]
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}]
web: {{session_minutes: 30, console_installers: {offered}}}
"""
LOGIN = {"login_username": "admin", "login_password": "login-password"}
LAYOUTS = [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")]
MSI = "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"
MENU = '<nav><a href="/login/status">Status</a><a href="{account}">My Account</a><a href="/login/logout">Logout</a></nav>'
ACCOUNT = "<html><body>" + MENU + "<h1>My Account</h1>{body}</body></html>"
LINK = '<p><a href="/login/console.msi">Representative Console Installer (MSI)</a></p>'


def world(layout="classic", language="en", offered="true"):
    return WORLD.format(layout=layout, language=language, offered=offered)


@pytest.fixture
def bench(given):
    return given(world())


def keep(bench, folder, **options):
    return performed(bench, CONSOLE, **{**LOGIN, "dest": str(folder / "consoles"), **options})


def account(bench, body, file="MZ\u0000the console", **answer):
    """What My Account shows, and what its link brings."""
    path = "/login/my_account"
    page = ACCOUNT.format(account=path, body=body)
    bench.running.fault("body", times=None, match={"method": "GET", "path": "/login/login"}, body=page, content_type="text/html")
    bench.running.fault("body", times=None, match={"path": "/login/my_account"}, body=page, content_type="text/html")
    return bench.running.fault(
        "body", times=None, match={"path": "/login/console*"}, **{"body": file, "content_type": "application/x-msi", **answer}
    )


def files(folder):
    return sorted(os.listdir(folder / "consoles")) if (folder / "consoles").exists() else []


@pytest.mark.mission("M44", "M45")
@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_next_console_is_fetched_once(given, tmp_path, layout, language):
    bench, journal = given(world(layout, language)), Journal(tmp_path / "site" / "journal.jsonl")
    result = keep(bench, tmp_path, which="next", journal=str(journal.path))
    console = result["console"]
    content = Path(console["path"]).read_bytes()
    assert (result["changed"], result["state"], console["version"]) == (True, "saved", "22.1.4")
    assert os.path.basename(console["path"]) == "support.example.com-console-22.1.4-next.msi"
    assert hashlib.sha256(content).hexdigest() == console["sha256"] and len(content) == console["bytes"] > 0
    assert stat.S_IMODE(os.stat(console["path"]).st_mode) == 0o600
    assert json.loads(Path(console["metadata"]).read_text())["sha256"] == console["sha256"]
    (noted,) = journal.state().clients.consoles
    assert noted == {name: console[name] for name in ("which", "path", "sha256", "version")}
    fetched = len([one for one in bench.running.requests() if "msi" in one["path"]])
    again = keep(bench, tmp_path, which="next", journal=str(journal.path))
    assert not again["changed"] and again["console"]["sha256"] == console["sha256"] and len(journal.state().clients.consoles) == 1
    assert len([one for one in bench.running.requests() if "msi" in one["path"]]) == fetched and bench.writes() == []


@pytest.mark.mission("M45")
def test_no_link_succeeds_with_instructions(given, tmp_path):
    result = keep(given(world(offered="false")), tmp_path, which="next")
    assert (result["state"], result["changed"], files(tmp_path)) == ("not_offered", False, []) and "Updates" in result["why"]
    assert "extractable console" in " ".join(result["instructions"])


def test_check_mode_downloads_nothing(bench, tmp_path):
    result = bench.run(CONSOLE, check_mode=True, which="next", dest=str(tmp_path / "consoles"))
    assert result["changed"] and result["console"]["path"].endswith("-console-22.1.4-next.msi") and files(tmp_path) == []
    assert not [one for one in bench.running.requests() if "msi" in one["path"]]


@pytest.mark.parametrize(("which", "area"), [("present", "login"), ("next", "appliance")])
def test_without_an_account_the_reason_names_the_area(bench, tmp_path, which, area):
    result = performed(bench, CONSOLE, which=which, dest=str(tmp_path / "c"), web_username=None, web_password=None)
    assert result["state"] == "not_offered" and f"/{area}" in result["why"] and bench.running.requests() == []


def test_a_saved_console_is_found_without_a_page(bench, tmp_path):
    account(bench, LINK, MSI)
    result = keep(bench, tmp_path)
    assert result["changed"] and files(tmp_path) == [f"support.example.com-console-21.1.2-present.msi{end}" for end in ("", ".json")]
    pages = len([one for one in bench.running.requests() if one["path"].startswith("/login")])
    again = keep(bench, tmp_path)
    assert not again["changed"] and again["outcome"] == "unchanged"
    assert len([one for one in bench.running.requests() if one["path"].startswith("/login")]) == pages


@pytest.mark.mission("M48")
def test_an_older_console_is_kept(bench, tmp_path):
    account(bench, LINK, "MZ\u0000old")
    keep(bench, tmp_path)
    bench.machine.version = "22.1.4"
    keep(bench, tmp_path)
    assert [name for name in files(tmp_path) if name.endswith(".msi")] == [
        "support.example.com-console-21.1.2-present.msi",
        "support.example.com-console-22.1.4-present.msi",
    ]


def test_other_content_gets_another_name(bench, tmp_path):
    account(bench, LINK, "MZ\u0000new")
    (tmp_path / "consoles").mkdir(mode=0o700)
    old = tmp_path / "consoles" / "support.example.com-console-21.1.2-present.msi"
    old.write_bytes(b"MZ\0somebody's own")
    result = keep(bench, tmp_path)
    assert result["changed"] and old.read_bytes() == b"MZ\0somebody's own"
    assert os.path.basename(result["console"]["path"]) == f"{old.stem}-{result['console']['sha256'][:8]}.msi"
    assert not keep(bench, tmp_path)["changed"] and len(files(tmp_path)) == 3


def test_a_file_without_metadata_is_recognized_by_content(bench, tmp_path):
    account(bench, LINK, "MZ\u0000new")
    first = keep(bench, tmp_path)["console"]
    os.unlink(first["metadata"])
    second = keep(bench, tmp_path)["console"]
    assert second["path"] == first["path"] and len(files(tmp_path)) == 2


def test_damaged_file_is_fetched_beside_it(bench, tmp_path):
    account(bench, LINK, "MZ\u0000new")
    path = keep(bench, tmp_path)["console"]["path"]
    with open(path, "ab") as stream:
        stream.write(b"x")
    again = keep(bench, tmp_path)
    assert again["changed"] and again["console"]["path"] != path


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>Not now</body></html>", "text/html"),
        ("<html><body>Not now</body></html>", "application/x-msi"),
        ('<?xml version="1.0"?><error>no</error>', "application/octet-stream"),
        ('{"message": "no"}', "application/json"),
        ('{"message": "no"}', "application/octet-stream"),
        ("", "application/x-msi"),
        ("Invalid credentials", "text/plain"),
    ],
)
def test_an_error_with_status_200_leaves_no_file(bench, tmp_path, body, kind):
    account(bench, LINK, body, content_type=kind)
    result = keep(bench, tmp_path)
    assert (result["state"], result["changed"]) == ("not_offered", False) and result["why"] and files(tmp_path) == []
    assert result["instructions"]


def test_a_refused_link_is_no_failure(bench, tmp_path):
    account(bench, LINK, "<html>no</html>", status=403, content_type="text/html")
    assert keep(bench, tmp_path)["state"] == "not_offered" and files(tmp_path) == []


def test_an_interrupted_download_fails_and_leaves_no_file(bench, tmp_path):
    bench.running.fault("truncate", keep=10, times=None, match={"path": "*msi*"})
    result = keep(bench, tmp_path, which="next")
    assert result["failed"] and result["error"] == "Unreachable" and files(tmp_path) == []


def test_a_page_without_the_link_is_reported(bench, tmp_path):
    account(bench, '<p><a href="/login/console.dmg">Representative Console (Mac OS X)</a> <a href="/login/x">Delete console</a></p>')
    result = keep(bench, tmp_path)
    assert result["state"] == "not_offered" and "My Account" in result["why"] and bench.writes() == []


def test_a_wrong_password_is_an_error(bench, tmp_path):
    result = keep(bench, tmp_path, login_password="wrong-password")
    assert result["failed"] and result["error"] == "AccessDenied"


def test_a_journal_of_another_appliance_is_refused(bench, tmp_path):
    journal = Journal(tmp_path / "site" / "journal.jsonl")
    journal.append("run_opened", guid="f" * 32)
    with pytest.raises(ApplianceError, match="is of the appliance"):
        bench.run(CONSOLE, **LOGIN, dest=str(tmp_path / "c"), journal=str(journal.path))


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_the_simulator_offers_the_present_console(given, tmp_path, layout, language):
    bench = given(world(layout, language))
    kept = keep(bench, tmp_path)
    assert (kept["state"], kept["changed"]) == ("saved", True), kept.get("why")
    assert b"21.1.2" in Path(kept["console"]["path"]).read_bytes() and kept["console"]["path"].endswith("-console-21.1.2-present.msi")
    assert keep(bench, tmp_path)["changed"] is False


def test_a_simulator_without_a_console_is_no_failure(given, tmp_path):
    made = keep(given(world().replace("web: {", "web: {my_account_installer: false, ")), tmp_path)
    assert made["state"] == "not_offered" and made["instructions"]
