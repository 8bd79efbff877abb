# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A run has the checksum of its rehearsal exactly if what decides is the same. Secrets are not returned."""

import json

from tests.support.ansible import play

TASKS = [
    {"bomgar.appliance.rehearsal_variables": {"nodes": ["{{ inventory_hostname }}"]}, "register": "rehearsed"},
    {"bomgar.appliance.role_arguments": {"role": "upgrade"}, "register": "real"},
    {"ansible.builtin.debug": {"msg": "{{ {'found': [rehearsed.checksum, real.checksum], 'nodes': rehearsed.nodes} | to_json }}"}},
]
HOST = "appliance ansible_connection=local other=24.1.2 backup_password=canary-of-a-test bomgar_web_username=person-of-a-test"


def found(tmp_path, target, state):
    done = play(TASKS, tmp_path, hosts=f"{HOST} upgrade_target_version={target} upgrade_state_dir={state}")
    text = done.stdout.partition('"msg": ')[2].partition("\n}")[0].strip()
    shown = json.loads(text)
    return json.loads(shown) if isinstance(shown, str) else shown


def test_a_run_records_the_checksum_of_its_rehearsal(tmp_path):
    folder = tmp_path / "state/rehearsal"
    folder.mkdir(parents=True)
    (folder / "rehearsal.json").write_text("{}")
    target = "\"{{ hostvars['appliance'].other }}\""  # names another host, as in many inventories
    shown = found(tmp_path, target, folder.parent)
    assert shown["found"][0] == shown["found"][1] and shown["found"][0].startswith("sha256:")
    (node,) = shown["nodes"]
    assert node["upgrade_target_version"] == "24.1.2" and node["backup_password"] == "given"
    assert "canary-of-a-test" not in str(shown) and "person-of-a-test" not in str(shown)


def test_a_site_that_was_not_rehearsed_costs_nothing(tmp_path):
    assert found(tmp_path, "newest", tmp_path / "state")["found"][1] == ""
