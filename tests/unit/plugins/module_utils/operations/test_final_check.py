# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Right before an installation: what runs is read again, and a journal that waits for clients refuses."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.catch_up import OPERATION as WAIT
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from simulator.acts import act
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.sentences import performed
from tests.support.upgrades import Standalone

TWO_HOPS = """
schema: 1
name: twohops
product: rs
company: Example Ltd
appliances: [{name: a, hostname: a.example.com, base: 7.0.0, version: 20.2.1}]
accounts:
  api: [{client_id: me, client_secret: canary-api, permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}}]
  appliance: [{username: admin, password: canary-web}]
  login: [{username: admin, password: canary-login}]
clients: {jump_clients: {active: 18, passive: 12, lost: 0}}
packages:
  - {id: rs-22.1.4, name: BeyondTrust Remote Support 22.1.4, kind: site, version: 22.1.4}
  - {id: hot-1, name: Hotfix BT24-10-ONPREM1, kind: hotfix, requires: [rs-22.1.4]}
  - {id: rs-23.2.1, name: BeyondTrust Remote Support 23.2.1, kind: site, version: 23.2.1, requires: [rs-22.1.4]}
"""
ADA = {"name": "Ada", "email": "ada@example.com", "title": "Administrator"}
FIRST, SECOND = "BeyondTrust Remote Support 22.1.4", "BeyondTrust Remote Support 23.2.1"
REQUEST = {"target_version": "23.2.1", "target_base": "7.0.0"}


@pytest.fixture
def bench(tmp_path):
    with Running(TWO_HOPS) as running:
        yield Bench(running, tmp_path)


def install(bench, package, **more):
    """As somebody's own pipeline does it, with a journal and nothing else of ours around it."""
    site = bench.folder / "site"
    saved = bench.run(BACKUP, dest=str(site / "backups"), journal=str(site / "journal.jsonl"))["backup"]["metadata"]
    return bench.run(
        INSTALL,
        package=package,
        backup=saved,
        keys_waiver="kept elsewhere",
        journal=str(site / "journal.jsonl"),
        accept_eula=True,
        contact=ADA,
        poll_interval=300,
        **more,
    )


def site_packages(bench):
    return [entry for entry in bench.writes() if entry.startswith("install rs-")]


def test_a_closed_catch_up_refuses_a_site_package(bench):
    journal = Journal(str(bench.folder / "site" / "journal.jsonl"))
    install(bench, FIRST)
    assert install(bench, "Hotfix BT24-10-ONPREM1")["state"] == "installed", "a hotfix brings clients no new version"
    for check_mode in (False, True):
        with pytest.raises(Unsafe, match="clients have not caught up with 22.1.4 yet"):
            install(bench, SECOND, check_mode=check_mode)
    refused = performed(
        bench, INSTALL, package=SECOND, journal=journal.path, backup=journal.state().backups[-1]["path"] + ".json", keys_waiver="x"
    )
    assert refused["outcome"] == "nothing_done"
    assert site_packages(bench) == ["install rs-22.1.4"] and journal.state().open_step is None
    assert bench.run(WAIT, journal=journal.path, mode="hold", poll_interval=3600)["state"] == "open"
    install(bench, SECOND)
    assert bench.machine.version == "23.2.1" and bench.machine.clients.skipped == 0


def test_waiver_with_reason_passes_and_is_recorded(bench):
    install(bench, FIRST)
    install(bench, SECOND, catch_up_waiver="Ada: the clients are test machines")
    entries = Journal(str(bench.folder / "site" / "journal.jsonl")).read()
    assert [entry["data"]["why"] for entry in entries if entry["event"] == "catch_up_waived"] == ["Ada: the clients are test machines"]
    assert bench.machine.version == "23.2.1"


def test_a_foreign_installation_stops_the_request(bench, monkeypatch):
    """Between the reading and the request: it is recorded, and nothing is sent."""
    journal = Journal(str(bench.folder / "site" / "journal.jsonl"))
    journal.see(
        {"guid": bench.machine.guid, "host": "a", "version": "20.2.1", "build": bench.machine.build, "serves": True},
        bench.running.now() - 200_000,
    )
    journal.append("catch_up_passed", package="site version 20.2.1")
    bench.run(BACKUP, dest=str(bench.folder / "site" / "backups"), journal=journal.path)
    act(bench.running.simulation, {"do": "install_package", "package": "rs-22.1.4"})
    while bench.machine.version != "22.1.4":
        bench.running.advance(300)
    with pytest.raises(Unsafe, match="not caught up with 22.1.4"):
        install(bench, SECOND)
    catch_up = journal.state().versions.catch_up
    assert (catch_up["version"], catch_up["start"]) == ("22.1.4", "seen") and site_packages(bench) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_second_administrator_strands_no_client(bench, moment):
    """If somebody acts between the last read and the press, no client is stranded."""

    class Disturbed(Standalone):
        def install(self, node, package, **more):
            if "22.1.4" in package and bench.machine.version == "20.2.1":
                act(bench.running.simulation, {"do": "install_package", "package": "rs-22.1.4"})
                if moment == "before":
                    bench.running.advance(7200)
            super().install(node, package, **more)

    while (ended := Disturbed(bench, request=REQUEST).result())["outcome"] != "reached":
        bench.running.advance(3600)
    assert bench.machine.version == "23.2.1" and bench.machine.clients.skipped == 0, ended
    assert site_packages(bench) == ["install rs-23.2.1"]
