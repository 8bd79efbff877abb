# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A run that never began its work says what state the site is in, as one that failed in the middle does."""

import json
import sys

from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock
from simulator.testing import Running

from tests.support.ansible import command, connection_of, program


def test_a_run_that_meets_a_lock_says_who_holds_it_and_what_state_the_site_is_in(tmp_path):
    """The hosts of a pair: the second one ends without a failure of its own."""
    with Running("pair_one_hop") as running:
        state = tmp_path / "site"
        Lock(str(state / "journal.jsonl"), "").acquire()
        hosts = {node: {f"bomgar_{name}": value for name, value in connection_of(running, tmp_path, node).items()} for node in ("a", "b")}
        known = {
            "ansible_python_interpreter": sys.executable,
            "upgrade_site": "site",
            "upgrade_mode": "asynchronous",
            "upgrade_public_url": running.public_url(),
            "upgrade_state_dir": str(state),
            "upgrade_target_version": "22.1.4",
            "upgrade_data_gap": "accept",
        }
        inventory = tmp_path / "inventory.json"
        inventory.write_text(json.dumps({"all": {"children": {"appliances": {"children": {"site": {"hosts": hosts, "vars": known}}}}}}))
        done = command([program("ansible-playbook"), "-i", str(inventory), "bomgar.appliance.upgrade"], tmp_path, check=False)
        said = " ".join((done.stdout + done.stderr).split())
        assert done.returncode != 0 and "Another run locks this site" in said
        assert "a runs version 20.2.1 on Base 6.0.2; failover role primary." in said and "a serves: " in said
        assert "The failover relation exists." in said and "bomgar.appliance.upgrade --limit site" in said
        assert running.requests("write") == [] and "is undefined" not in said
