# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A site that is worse after its upgrade than before: the run fails, and what people need then is there all the same."""

import json
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from simulator import acts
from simulator.testing import Running

from tests.chaos.cases import world_of
from tests.support.ansible import command, connection_of, program
from tests.support.appliances import Bench
from tests.support.upgrades import TARGET, Standalone, Stopped

pytestmark = pytest.mark.slow
BAD = "Another certificate is served"


def nearly_upgraded(running, folder):
    """The folder of a site whose run was stopped right after its last step."""

    def stop(number, moment, step):
        if (moment, step["action"]) == ("after", "catch_up") and number:
            raise Stopped({"msg": "stopped by the test"})

    run = Standalone(Bench(running, folder), trouble=stop)
    assert "stopped by the test" in run.result()["why"]
    return run.folder


def test_bad_difference_writes_reports_and_fails(tmp_path):
    """The list for the clients and the report are written, and the run fails."""
    with Running(world_of("standalone")) as running:
        site = nearly_upgraded(running, tmp_path)
        acts.act(running.simulation, {"do": "renew_certificate"})
        host = {f"bomgar_{name}": value for name, value in connection_of(running, tmp_path, "a").items()}
        known = {f"upgrade_{name}": value for name, value in {**TARGET, "state_dir": str(site)}.items()}
        known["ansible_python_interpreter"] = sys.executable
        (tmp_path / "hosts.json").write_text(json.dumps({"appliances": {"hosts": {"a": host}, "vars": known}}))
        asked = ["-i", str(tmp_path / "hosts.json"), "bomgar.appliance.upgrade_standalone"]
        done = command([program("ansible-playbook"), *asked], tmp_path, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 2 and BAD in said, said
    assert json.loads((site / "aftercare.json").read_text())["open"], "the list for the clients"
    report = json.loads((site / "report.json").read_text())
    assert report["state"] == "failed" and BAD in json.dumps(report)
    last = Journal(str(site / "journal.jsonl")).read()[-1]
    assert (last["event"], last["data"]["state"]) == ("run_ended", "failed") and BAD in last["data"]["why"]
