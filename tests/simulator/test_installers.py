# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Client installers: of many groups, expired, and not ready at once."""

import pytest
import requests

PATH = "/api/config/v1/jump-client/installer"


@pytest.fixture
def world(run, small):
    """world(settings, features) -> a running small world with three installers."""

    def make(settings="", features=""):
        text = small.replace("installers: 1\n", f"installers: 3\n  installer_settings: {{{settings}}}\n")
        return run(text + f"features: {{{features}}}\n")

    return make


def state(running):
    return requests.get(f"{running.control_url}/state", timeout=60).json()["appliances"][0]


def test_installers_are_spread_over_groups(world, caller):
    running = world("groups: 2, expired: 2")
    rows = caller(running).get(PATH).json()
    assert [row["jump_group_id"] for row in rows] == [1, 2, 1, 2, 1]
    assert [row["expiration_timestamp"] > "2026-03-01" for row in rows] == [True] * 3 + [False] * 2
    told = state(running)["installers"]
    assert [(one["group"], one["valid"], one["made"]) for one in told] == [
        (1, True, False),
        (2, True, False),
        (1, True, False),
        (2, False, False),
        (1, False, False),
    ]
    assert [one["installer_id"] for one in told] == [row["installer_id"] for row in rows]


@pytest.mark.parametrize(("settings", "status"), [("", 503), (", unready_status: 404", 404), (", unready_status: 500", 500)])
def test_a_new_installer_needs_its_seconds(world, caller, settings, status):
    """Then it can be downloaded; downloads are counted."""
    running = world(f"ready_seconds: 30{settings}")
    client = caller(running)
    made = client.call("POST", PATH, json={"jump_group_id": 7, "name": "New"}).json()
    download = f"{PATH}/{made['installer_id']}/windows-64-msi"
    assert client.get(download).status_code == status
    running.advance(29)
    assert client.get(download).status_code == status
    running.advance(1)
    assert [client.get(download).status_code for _time in range(2)] == [200, 200]
    told = state(running)
    assert told["installers"][-1] == {"installer_id": made["installer_id"], "name": "New", "group": 7, "valid": True, "made": True}
    assert list(told["downloads"].values()) == [0, 0, 0, 2]
    assert made["key_info"]["encodedInfo"] not in str(told)


def test_those_of_the_beginning_are_ready(world, caller):
    running = world("ready_seconds: 30")
    client = caller(running)
    first = client.get(PATH).json()[0]["installer_id"]
    assert client.get(f"{PATH}/{first}/mac-dmg").status_code == 200


def test_key_info_shows_its_secret_once(world, caller):
    client = caller(world("", "installer_key_info: by_platform"))
    made = client.call("POST", PATH, json={"jump_group_id": 1}).json()["key_info"]
    assert set(made["windows-64-msi"]) == {"encodedInfo", "filename", "installerPath"}
    assert made["mac-dmg"]["filename"].endswith(".dmg")
    listed = client.get(PATH).json()[-1]["key_info"]
    assert set(listed["windows-64-msi"]) == {"filename", "installerPath"}
