# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A run that never began its work says what state the site is in, as one that failed in the middle does. Findings name their node."""

import re

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from simulator import acts
from simulator.testing import Running

from tests.support.pair_inventory import run_on_pair


def shown(done):
    return " ".join((done.stdout + done.stderr).split())


def test_a_held_lock_is_described(tmp_path):
    """The hosts of a pair: the second one ends without a failure of its own."""
    with Running("pair_one_hop") as running:
        Lock(str(tmp_path / "site" / "journal.jsonl"), "").acquire()
        for name in ("report.json", "report.html", "junit.xml"):
            (tmp_path / "site" / name).write_text("of the run that holds the lock")
        done = run_on_pair(running, tmp_path, "upgrade")
        said = shown(done)
        assert done.returncode != 0 and "Another run locks this site" in said
        assert "a runs version 20.2.1 on Base 6.0.2; failover role primary." in said and "a serves: " in said
        assert "The failover relation exists." in said and " bomgar.appliance.upgrade" in said.partition("Next: Run: ")[2]
        assert running.requests("write") == [] and "is undefined" not in said
        kept = [(tmp_path / "site" / name).read_text() for name in ("report.json", "report.html", "junit.xml")]
        assert set(kept) == {"of the run that holds the lock"}


def test_locked_failover_is_refused_before_writing(tmp_path):
    with Running("pair_one_hop") as running:
        Lock(str(tmp_path / "site" / "journal.jsonl"), "").acquire()
        done = run_on_pair(running, tmp_path, "failover", "-e", "failover_primary=b")
        assert done.returncode != 0 and "Another run locks this site" in shown(done)
        assert running.requests("write") == []


def test_preflight_of_pair_names_the_node(tmp_path):
    with Running("pair_one_hop") as running:
        acts.act(running.simulation, {"do": "set_storage", "appliance": "b", "percent_used": 97})
        done = run_on_pair(running, tmp_path, "preflight")
        named = re.findall(r"\[([ab])\] \[[A-Z_ ]+\] storage: [^\n]*97", done.stdout + done.stderr)
        assert done.returncode != 0 and named == ["b"], shown(done)
