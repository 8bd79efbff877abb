# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A run that lost its lock changes nothing more on an appliance, whichever module it uses, with or without a `journal` option."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import VARIABLE, Lock
from ansible_collections.bomgar.appliance.plugins.modules import (
    backup,
    certificate_export,
    failover_relation,
    failover_role,
    failover_sync,
    jump_client_settings,
    session_drain,
    update_install,
)

from tests.support.ansible import connection_of


def lose_the_lock(monkeypatch, folder):
    """This process belongs to a run; another one has taken its site."""
    path = str(folder / "locked" / "journal.jsonl")
    mine = Lock(path, "")
    mine.acquire()
    monkeypatch.setenv(VARIABLE, mine.token)
    mine.remove()
    Lock(path, "").acquire()


PAIRED = {
    "role by api": (failover_role, {"role": "primary"}),
    "role by web": (failover_role, {"role": "primary", "method": "web"}),
    "sync": (failover_sync, {}),
    "break": (failover_relation, {"state": "absent"}),
}


@pytest.mark.parametrize("name", PAIRED)
def test_a_lost_run_changes_nothing_on_a_pair(given, monkeypatch, name):
    bench = given("pair_one_hop")
    module, options = PAIRED[name]
    lose_the_lock(monkeypatch, bench.folder)
    node, peer = ("b", "a") if module is failover_role else ("a", "b")
    with pytest.raises(Unsafe, match="has lost the lock"):
        bench.on(module.OPERATION, node, peer, **options)
    assert bench.writes() == []


SINGLE = {
    "jump client settings": (jump_client_settings, {"max_concurrent": 3}),
    "drain": (session_drain, {"policy": "terminate", "reason": "a test", "wait_timeout": 0, "log_out": True}),
    "certificate export": (certificate_export, {"passphrase": "a passphrase", "dest": "{folder}/keys"}),
}


@pytest.mark.parametrize("name", SINGLE)
def test_a_lost_run_changes_nothing_on_one_appliance(given, monkeypatch, name):
    bench = given("pair_one_hop")
    module, options = SINGLE[name]
    options = {key: value.format(folder=bench.folder) if isinstance(value, str) else value for key, value in options.items()}
    lose_the_lock(monkeypatch, bench.folder)
    with pytest.raises(Unsafe, match="has lost the lock"):
        bench.run(module.OPERATION, **connection_of(bench.running, bench.folder, "a"), **options)
    assert bench.writes() == []


def test_a_lost_run_presses_no_install(given, monkeypatch):
    bench = given("pair_one_hop")
    saved = bench.run(backup.OPERATION, dest=str(bench.folder / "backups"))["backup"]["metadata"]
    lose_the_lock(monkeypatch, bench.folder)
    with pytest.raises(Unsafe, match="has lost the lock"):
        bench.run(update_install.OPERATION, package="base-6.2.0", backup=saved, keys_waiver="a test")
    assert bench.writes() == []


def test_lost_lock_stops_the_second_write(given, monkeypatch, tmp_path):
    """The session of the pages is open already, so only the press itself is left to refuse."""
    bench = given("pair_one_hop")
    login = connection_of(bench.running, bench.folder, "a")
    bench.run(jump_client_settings.OPERATION, **login, max_concurrent=5)
    before = bench.writes()
    lose_the_lock(monkeypatch, bench.folder)
    with pytest.raises(Unsafe, match="has lost the lock"):
        bench.run(jump_client_settings.OPERATION, **login, max_concurrent=9)
    assert bench.writes() == before


def test_lost_lock_error_says_nothing_done(given, monkeypatch):
    bench = given("pair_one_hop")
    lose_the_lock(monkeypatch, bench.folder)
    operation = failover_role.OPERATION
    peer = dict(connection_of(bench.running, bench.folder, "a"), name="a")
    options = dict(connection_of(bench.running, bench.folder, "b"), name="b", peer=peer, role="primary")
    told = operation.perform(bench.params(operation, **options), say=bench.lines.append)
    assert told["failed"] and told["outcome"] == "nothing_done" and "run the same command again" in told["msg"]


def test_held_lock_writes_and_beats(given, monkeypatch, tmp_path):
    bench = given("pair_one_hop")
    mine = Lock(str(tmp_path / "locked" / "journal.jsonl"), "")
    mine.acquire()
    monkeypatch.setenv(VARIABLE, mine.token)
    os.utime(mine.path, (0, 0))
    assert bench.on(failover_role.OPERATION, "b", "a", role="primary")["changed"]
    assert os.stat(mine.path).st_mtime > 0
