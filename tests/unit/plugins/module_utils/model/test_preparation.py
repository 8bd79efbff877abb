# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is ready before an upgrade, what is left, and what a person has to do."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.parts import ClientState, State
from ansible_collections.bomgar.appliance.plugins.module_utils.model.preparation import (
    Parts,
    approving,
    build_preparation,
    describe_preparation,
)

NODES = [{"name": "a", "guid": "A"}, {"name": "b", "guid": "B"}]
HOUR = {"seconds": 3600, "least": 900, "basis": "vendor"}
SYNC = {"number": 1, "title": "synchronize", "node": "a", "package": "", "estimate": HOUR, "disturbs": "", "window": None}
INSTALL = {**SYNC, "number": 2, "title": "install Base 6.2.0", "disturbs": "users and clients"}
BREAK = {**SYNC, "number": 3, "title": "break the relation", "window": {"seconds": 7200}}
PLAN = {"hash": "sha256:12", "steps": [SYNC, INSTALL, BREAK]}
SAVED = [{"guid": "A", "path": "/a.nsb", "appliance_time": 1000.0}, {"guid": "B", "path": "/b.nsb", "appliance_time": 400.0}]
COMMAND = "ansible-playbook bomgar.appliance.upgrade"


def built(state=None, **parts):
    return build_preparation(Parts(NODES, **{"document": PLAN, "command": COMMAND, "max_age": 600, **parts}), state or State())


def part(do, node="a", **more):
    return {"do": do, "node": node, **more}


def test_what_was_done_is_ready_with_its_file():
    state = State(backups=SAVED, certificates=[{"guid": "A"}], snapshots={"a": {"path": "/a.json", "sha256": "1"}})
    found = built(state, done=[part("preflight"), part("backup"), part("backup", "b"), part("snapshot")])
    assert found["ready"] == [
        "the preflight of a found nothing that forbids the upgrade; the upgrade checks again",
        "the backup of a: /a.nsb",
        "the backup of b: /b.nsb, without certificates and keys",
        "the snapshot of a: /a.json",
        "the plan sha256:12",
    ]


@pytest.mark.mission("M48")
def test_clients_and_consoles_are_named():
    kinds = {"jump_client_active": {"total": 40}, "jump_client_passive": {"total": None}, "jumpoint": {"total": 0}}
    consoles = [{"which": "present", "path": "/old.msi"}, {"which": "present", "path": "/p.msi"}, {"which": "next", "path": "/n.msi"}]
    found = built(
        State(clients=ClientState(counted={"before": {"kinds": kinds}, "after": None}, consoles=consoles)), done=[part("clients_recorded")]
    )
    assert found["ready"][:3] == [
        "the count of the clients: jump client active 40, jumpoint 0; the upgrade counts again",
        "the present console installer: /p.msi",
        "the next console installer: /n.msi",
    ]
    assert not any("console" in one for one in found["person"])


def test_windows_hold_only_disturbing_work():
    found = built()
    assert found["left"] == [
        "step 2: install Base 6.2.0 on a, 15-60 min (vendor), cuts off users and clients",
        "step 3: break the relation on a, 15-60 min (vendor)",
        "1 step that cuts nobody off",
    ]
    assert found["seconds"] == 3600


def test_outdated_backup_says_until_when():
    found = built(State(backups=SAVED))
    assert found["until"] == "1970-01-01T00:16:40+00:00"
    assert any(found["until"] in one for one in found["person"])
    assert built(State(backups=SAVED), max_age=0)["until"] == "" and built()["until"] == ""


def test_an_approved_plan_needs_no_approval():
    assert any("upgrade_approved_plan=sha256:12" in one for one in built()["person"])
    found = built(approved=True)
    assert found["ready"] == ["the plan sha256:12, which is approved"] and not any("approve" in one for one in found["person"])
    assert approving(Parts(NODES, document=PLAN, approved=True, command="go")) == "go"
    assert approving(Parts(NODES, command="go")) == ""


def test_without_a_plan_the_rest_is_still_told():
    found = built(document={}, failed=[part("plan", "", why="24.1.1 is not offered")], instructions=["1. Open the page."])
    assert (found["failed"], found["left"], found["person"]) == (["the plan: 24.1.1 is not offered"], [], ["1. Open the page."])


def test_a_prediction_claims_no_file():
    found = built(State(backups=SAVED), done=[part("preflight"), part("backup")], predicted=True)
    assert "would be made" in found["ready"][1] and found["until"] == ""


def test_ready_work_comes_before_the_rest():
    lines = describe_preparation({"ready": ["x"], "left": [], "person": ["y"], "failed": ["z"]})
    assert lines == ["Ready:", "  x", "Left to a person:", "  y", "NOT ready:", "  z"]
