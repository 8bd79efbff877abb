# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One half of a pair whose relation is broken is not upgraded as an appliance that stands alone, unless a person says that it is none."""

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import preflight

from tests.support.ansible import connection_of


def half(given):
    """A pair whose relation is broken: each node says that it stands alone."""
    bench = given("pair_one_hop")
    pair = bench.running.pair()
    pair.break_relation(pair.primary)
    return bench


def found(bench, **more):
    login = connection_of(bench.running, bench.folder, "b")
    told = bench.run(preflight.OPERATION, **login, target_version="22.1.4", checks=["half_of_pair"], **more)
    return next(one for one in told["results"] if one["id"] == "half_of_pair")


def noted(bench, folder):
    """The journal of the pair's site, in its own folder."""
    path = bench.folder / "sites" / folder / "journal.jsonl"
    Journal(str(path)).append("run_opened", guids=[node.guid for node in bench.running.pair().nodes], origin="a")


def test_journal_beside_state_folder_stops(given):
    bench = half(given)
    state = str(bench.folder / "sites" / "b.example.com")
    assert found(bench, state_dir=state)["kind"] == "pass"
    noted(bench, "site")
    stopped = found(bench, state_dir=state)
    assert stopped["kind"] == "fail_upgrade" and "upgrade_standalone_reason" in stopped["remedy"]


def test_journal_in_state_folder_stops(given):
    """A declared reason lets the module continue."""
    bench = half(given)
    noted(bench, "site")
    state = str(bench.folder / "sites" / "site")
    assert found(bench, state_dir=state)["kind"] == "fail_upgrade"
    declared = found(bench, state_dir=state, standalone_reason="Ada Example: a is scrapped")
    assert declared["kind"] == "pass" and "a is scrapped" in declared["message"]


def test_a_data_sync_that_it_reports_stops_it(given):
    bench = half(given)
    bench.running.machine("b").synced_at = bench.running.now()
    assert found(bench)["kind"] == "fail_upgrade"
    assert bench.writes() == []
