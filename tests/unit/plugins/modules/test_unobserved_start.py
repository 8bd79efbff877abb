# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A version whose start nobody observed: the time since it was first read, a person's word, or the clients end the waiting."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.catch_up import OPERATION as WAIT

DAY = 86400
WORLD = """
schema: 1
name: unobserved
product: rs
clock: {start: "2026-03-01T00:00:00+00:00", speed: 0}
appliances: [{name: a, hostname: support.example.com, base: 6.2.0, version: VERSION}]
packages: [{id: next, name: BeyondTrust Remote Support 24.1.2, kind: site, version: 24.1.2}]
accounts:
  api: [{client_id: me, client_secret: canary, permissions: {perm_command: full_access, perm_backup: true, perm_configuration: true}}]
  appliance: [{username: admin, password: canary-web}]
  login: [{username: admin, password: canary-login}]
clients: {jump_clients: {active: 30, passive: 10, lost: 0}}
"""
ADA = {"version": "20.2.1", "since": "2025-03-01", "by": "Ada Example", "why": "ticket 4711"}


@pytest.fixture
def begun(given, tmp_path):
    """(bench, wait): wait(**options) asks with a journal that only knows that a run began, and that a backup was taken."""

    def start(version):
        bench = given(WORLD.replace("VERSION", version))
        journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
        journal.append("run_opened")
        bench.run(BACKUP, dest=str(tmp_path / "site" / "backups"), journal=journal.path)
        return bench, lambda **options: bench.run(WAIT, journal=journal.path, **options), journal

    return start


def test_old_version_waits_from_a_reading(begun):
    """The minimal wait counts from the first reading, and the error names what a person can do."""
    bench, wait, journal = begun("20.2.1")
    catch_up = wait()
    assert catch_up["state"] == "waiting" and catch_up["next_run_at"] == "2026-03-02T00:00:00+00:00"
    sentence = catch_up["reasons"][0]
    for part in ("the start of 20.2.1 was not observed", "24:00:00 after that", "running_since", "does not list them"):
        assert part in sentence
    assert sum(entry["event"] == "version_seen" for entry in journal.read()) == 1
    bench.running.advance(DAY + 1)
    assert wait()["state"] == "open" and journal.state().versions.catch_up is None
    assert wait()["state"] == "open", "what has passed once has passed"


def test_hold_waits_for_it_in_the_foreground(begun):
    bench, wait, _journal = begun("20.2.1")
    # Each interval varies by 10 percent, so the last one may end up to 10 percent late.
    assert wait(mode="hold", poll_interval=3000)["state"] == "open"
    assert DAY <= bench.seconds_asleep <= DAY + 3600


def test_declared_start_opens_at_once(begun):
    """It is recorded once, with the name."""
    _bench, wait, journal = begun("20.2.1")
    assert wait(running_since=ADA, check_mode=True)["state"] == "open" and journal.state().versions.catch_up is None
    assert not [entry for entry in journal.read() if entry["event"] == "version_seen"], "check mode notes nothing"
    assert wait(running_since=ADA)["state"] == "open"
    said = [entry["data"] for entry in journal.read() if entry["event"] == "start_declared"]
    assert [(one["by"], one["why"], one["when"]) for one in said] == [("Ada Example", "ticket 4711", "2025-03-01")]
    assert wait(running_since=ADA)["state"] == "open"
    assert sum(entry["event"] == "start_declared" for entry in journal.read()) == 1


def test_a_declared_start_shortens_the_wait(begun):
    """One that is declared for an hour ago leaves 23 hours to wait."""
    bench, wait, _journal = begun("20.2.1")
    catch_up = wait(running_since=dict(ADA, since="2026-02-28T23:00:00Z"))
    assert catch_up["state"] == "waiting" and catch_up["remaining_seconds"] == 23 * 3600


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"version": "22.1.4"}, "about 22.1.4, but the appliance runs 20.2.1"),
        ({"since": "2027-01-01"}, "in the future"),
        ({"since": "last year"}, "not a date"),
        ({"version": "20"}, "not a version"),
        ({"by": " "}, "lacks by"),
        ({"why": ""}, "lacks why"),
    ],
)
def test_a_declaration_that_cannot_be_true_is_refused(begun, changed, words):
    _bench, wait, journal = begun("20.2.1")
    with pytest.raises(InvalidInput, match=words):
        wait(running_since={**ADA, **changed})
    assert not [entry for entry in journal.read() if entry["event"] == "start_declared"]


def test_an_outdated_declaration_is_not_used(begun):
    """It is about a version that no longer runs, and the result says so."""
    _bench, wait, _journal = begun("20.2.1")
    catch_up = wait(running_since=dict(ADA, version="19.1.8"))
    assert catch_up["state"] == "waiting" and any("about 19.1.8, not about 20.2.1" in one for one in catch_up["reasons"])


@pytest.mark.parametrize("version", ["22.1.4", "26.1.1"])
def test_clients_prove_it_since_21_1(begun, version):
    """Also where the Command API tells JSON, which counts no Jump Clients."""
    _bench, wait, journal = begun(version)
    catch_up = wait()
    assert catch_up["state"] == "open" and catch_up["complete"] and catch_up["basis"] == "needs_update"
    assert f"the start of {version} was not observed, but 100 % of the clients run the new version" in catch_up["reasons"][0]
    assert journal.state().versions.catch_up is None


def test_clients_that_have_not_followed_prove_nothing(begun):
    bench, wait, _journal = begun("22.1.4")
    bench.machine.start_install("next", {})
    while bench.machine.version != "24.1.2":
        bench.running.advance(60)
    catch_up = wait()
    assert catch_up["state"] == "waiting" and "95 % are required" in catch_up["reasons"][0]
    bench.running.advance(5 * 3600)
    catch_up = wait(threshold=50, stragglers=0)
    assert catch_up["state"] == "waiting" and "one that does not was last seen" in catch_up["reasons"][0], "passive clients take longer"
    while wait()["state"] != "open":
        bench.running.advance(3600)
    assert bench.machine.clients.summary(bench.running.now())["passive_pending"] == 0


def test_incomplete_list_proves_nothing(begun, monkeypatch):
    """A list that shows fewer clients than are connected proves nothing."""
    bench, wait, _journal = begun("22.1.4")
    monkeypatch.setattr(
        "ansible_collections.bomgar.appliance.plugins.module_utils.appliance.Appliance.connected",
        lambda self: ({"pinned_client": 500}, [bench.machine.guid]),
    )
    catch_up = wait()
    assert catch_up["state"] == "waiting" and "the list has 40 of them and 500 are connected" in catch_up["reasons"][0]


def test_the_journal_of_another_appliance_is_refused(begun):
    bench, wait, journal = begun("22.1.4")
    bench.machine.guid = "f" * 32
    with pytest.raises(Unsafe, match="is of the appliance"):
        wait()


def test_check_mode_before_the_first_run(given, tmp_path):
    """There is no journal; the result says what would be in it."""
    bench = given(WORLD.replace("VERSION", "20.2.1"))
    catch_up = bench.run(WAIT, journal=str(tmp_path / "site" / "journal.jsonl"), check_mode=True)
    assert catch_up["state"] == "waiting" and not (tmp_path / "site").exists()
