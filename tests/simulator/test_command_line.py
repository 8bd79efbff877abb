# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""python -m simulator, as people and scripts run it."""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess
import sys

import pytest
import requests

ROOT = pathlib.Path(__file__).parents[2]


def start(*arguments):
    command = [sys.executable, "-m", "simulator", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def greeted(path, process):
    """(its first line, its ready file): the file is there before it says anything."""
    line = process.stdout.readline()
    assert line.startswith("World "), process.stderr.read()
    return line, json.loads(path.read_text())


@pytest.mark.parametrize("end", ["SIGTERM", "SIGINT", "POST"])
def test_it_prints_address_serves_and_ends(tmp_path, end):
    ready = tmp_path / "ready.json"
    process = start("--world", "already_current", "--ready-file", ready, "--tls-dir", tmp_path / "tls", "--speed", "0")
    _line, facts = greeted(ready, process)
    assert facts["pid"] == process.pid
    url = facts["appliances"][0]["url"]
    assert requests.get(url + "/check_health", verify=facts["ca_file"], timeout=60).status_code == 200
    assert requests.get(facts["control"] + "/clock", timeout=60).json()["speed"] == 0
    if end == "POST":
        requests.post(facts["control"] + "/stop", timeout=60)
    else:
        process.send_signal(getattr(signal, end))
    rest, errors = process.stdout.read(), process.stderr.read()
    assert (process.wait(timeout=300), errors) == (0, "")
    assert url in rest
    assert "admin / login-password" in rest
    assert not ready.exists()


def test_mistake_in_a_world_is_one_sentence(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("schema: 1\nname: mine\nproduct: rs\nappliance: []\n")
    process = start("--world", file)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "line 4, appliance: unknown key 'appliance' (did you mean 'appliances'?)" in err
    assert "Traceback" not in err


def test_the_keys_of_the_certificate_stay_in_memory(tmp_path):
    ready, folder = tmp_path / "ready.json", tmp_path / "tls"
    process = start("--ready-file", ready, "--tls-dir", folder)
    greeted(ready, process)
    process.terminate()
    process.wait(timeout=300)
    assert [path.name for path in folder.iterdir()] == ["ca.pem"]
    assert b"PRIVATE" not in (folder / "ca.pem").read_bytes()


def port_with_free_neighbours(distances):
    """A port that is free together with those at `distances` above it, all held at once while it looks."""
    for _attempt in range(100):
        with contextlib.ExitStack() as held:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                for distance in distances:
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port + distance))
            except (OSError, OverflowError):
                continue
            return port
    raise AssertionError("no free ports")


def greeted_on_free_ports(tmp_path):
    """(port, ready file, process); asks for other ports where someone took one between the look and the start."""
    ready = tmp_path / "ready.json"
    for _attempt in range(5):
        port = port_with_free_neighbours([1, 100])
        process = start("--world", "pair_one_hop", "--ready-file", ready, "--tls-dir", tmp_path / "tls", "--port", port)
        if process.stdout.readline().startswith("World "):
            return port, json.loads(ready.read_text()), process
        error = process.communicate(timeout=300)[1]
        assert "in use" in error, error
    raise AssertionError("each time a port was taken by someone else")


def test_public_name_is_100_ports_above(tmp_path):
    port, facts, process = greeted_on_free_ports(tmp_path)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=300)
    assert [one["url"] for one in (*facts["appliances"], *facts["pairs"])] == [f"https://127.0.0.1:{port + n}" for n in (0, 1, 100)]
