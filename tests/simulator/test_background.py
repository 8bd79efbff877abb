# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""python -m simulator.background: a simulator that outlives the command that started it."""

import json
import os
import subprocess

import pytest
import requests
from simulator import background


def call(capsys, *arguments):
    code = background.main([*map(str, arguments)])
    return code, capsys.readouterr()


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "site"
    background.stop(tmp_path / "site/ready.json")


def test_it_is_started_once_and_stopped_once(folder, capsys):
    assert call(capsys, "start", "--dir", folder, "--world", "already_current", "--speed", "0")[1].out == "started\n"
    facts = json.loads((folder / "ready.json").read_text())
    assert facts["pid"] != os.getpid()
    assert requests.get(facts["control"] + "/clock", timeout=60).json()["speed"] == 0
    assert (folder.stat().st_mode & 0o777, (folder / "simulator.log").stat().st_mode & 0o777) == (0o700, 0o600)
    assert call(capsys, "start", "--dir", folder)[1].out == "unchanged\n"
    assert json.loads((folder / "ready.json").read_text())["pid"] == facts["pid"]
    assert [call(capsys, "stop", "--dir", folder)[1].out for _time in range(2)] == ["stopped\n", "unchanged\n"]
    assert not (folder / "ready.json").exists()


def test_a_start_that_fails_says_why(folder, capsys):
    code, said = call(capsys, "start", "--dir", folder, "--world", "no_such_world")
    assert (code, said.out) == (1, "")
    assert "no_such_world" in said.err


def test_slow_start_leaves_no_process(folder, capsys, monkeypatch):
    children, popen = [], subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *command, **options: children.append(popen(*command, **options)) or children[0])
    code, said = call(capsys, "start", "--dir", folder, "--world", "already_current", "--timeout", "0")
    assert (code, said.out) == (1, "")
    assert said.err.startswith(
        "The simulator did not start: it was not ready after 0 seconds, and was ended. A busy machine needs a longer --timeout"
    )
    assert children[0].poll() is not None


def test_stale_ready_file_is_no_simulator(folder, capsys):
    """A ready file of a killed simulator does not count as a running one."""
    folder.mkdir()
    (folder / "ready.json").write_text('{"control": "http://127.0.0.1:9"}')
    assert call(capsys, "stop", "--dir", folder)[1].out == "unchanged\n"
    assert call(capsys, "start", "--dir", folder, "--world", "already_current")[1].out == "started\n"
