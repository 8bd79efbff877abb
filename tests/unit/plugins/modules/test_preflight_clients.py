# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the preflight says about the clients, from the pages of a simulated appliance to its results."""

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.console_installer import OPERATION as CONSOLE
from ansible_collections.bomgar.appliance.plugins.modules.preflight import OPERATION as PREFLIGHT

WORLD = """
schema: 1
name: preflight
product: rs
appliances: [{{name: a, hostname: support.example.com, base: 6.2.0, version: 21.1.2, layout: {layout}, language: {language}}}]
packages: [{{id: rs-22, name: BeyondTrust 22.1.4, kind: site, version: 22.1.4}}]
accounts:
  api:
    - {{name: upgrades, client_id: cccc, client_secret: ssss,
        permissions: {{perm_command: read_only, perm_backup: true, perm_configuration: true}}}}
  appliance: [{{username: admin, password: appliance-password}}]
  login: [{{username: admin, password: login-password}}]
clients: {{jump_clients: {{active: {clients}}}}}
jump_settings: {{max_concurrent: 20, bandwidth: 30, connection_rate: 40, automatic: {automatic}}}
"""
LOGIN = {"login_username": "admin", "login_password": "login-password"}
LAYOUTS = [("classic", "en"), ("classic", "de"), ("modern", "en"), ("modern", "de")]


def world(layout="classic", language="en", automatic="enabled", clients=7):
    return WORLD.format(layout=layout, language=language, automatic=automatic, clients=clients)


def looked(bench, **options):
    result = bench.run(PREFLIGHT, **{**LOGIN, "checks": ["all", "!clock", "!state_durable"], **options})
    return result, {one["id"]: one for one in result["results"]}


@pytest.mark.mission("M52")
@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_disabled_automatic_upgrades_stop_preflight(given, layout, language):
    """Automatic upgrades that are permanently disabled stop the preflight."""
    bench = given(world(layout, language, "disabled"))
    result, found = looked(bench)
    assert not result["passed"] and found["jump_client_upgrades"]["kind"] == "fail_upgrade"
    assert [line for line in result["blocking"] if "permanently disabled" in line] and bench.writes() == []
    for automatic in ("cycle", "enabled"):
        bench.machine.save_jump_settings(automatic=automatic)
        assert looked(bench)[1]["jump_client_upgrades"]["kind"] == "pass"


@pytest.mark.mission("M51")
@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_many_jump_clients_block_nothing(given, layout, language):
    """The finding has the limits of the page."""
    result, found = looked(given(world(layout, language, clients=300)))
    assert found["jump_client_load"]["kind"] == "post" and result["passed"]
    assert all(words in found["jump_client_load"]["message"] for words in ("300 Jump Clients", "20 at a time and 30 MiB/s"))


@pytest.mark.mission("M48")
def test_an_old_console_is_an_item_until_saved(given, tmp_path):
    bench = given(world())
    folder = tmp_path / "site"
    folder.mkdir(mode=0o700)
    result, found = looked(bench, state_dir=str(folder))
    assert found["console_msi"]["kind"] == "post" and "console_installer" in found["console_msi"]["remedy"] and result["passed"]
    page = "<nav><a href=/login/status>Status</a><a href=/login/me>My Account</a><a href=/login/out>Logout</a></nav>"
    page += "<h1>My Account</h1><a href=/login/console>Download Representative Console</a>"
    for path, body, kind in (("/login/login", page, "text/html"), ("/login/me", page, "text/html"), ("/login/console", "MZ\0", "x/y")):
        bench.running.fault("body", times=None, match={"path": path}, body=body, content_type=kind)
    kept = bench.run(CONSOLE, **LOGIN, dest=str(folder / "consoles"), cache_dir=str(tmp_path / "other"))
    assert kept["state"] == "saved"
    bench.running.simulation.faults.clear()
    assert looked(bench, state_dir=str(folder))[1]["console_msi"]["kind"] == "pass"
    bench.machine.version = "21.2.1"
    assert looked(bench, state_dir=str(folder))[1]["console_msi"]["kind"] == "post"


@pytest.mark.mission("M39")
def test_rebuilt_package_waits_for_a_person(given):
    """Only if it is on the path."""
    bench = given(world())
    manifest = {"packages": [{"name": "BeyondTrust 22.1.4", "rebuilt": True, "soak_hours": 48}]}
    result, found = looked(bench, manifest=manifest)
    assert found["rebuilt_package_certificates"]["kind"] == "manual" and not result["passed"]
    assert looked(bench, manifest=manifest, confirmed=["rebuilt_package_certificates"])[0]["passed"]
    assert looked(bench)[0]["passed"]
