# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The maintenance window of a step by the appliance's clock, and right before the request."""

import datetime

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.final_check import FinalCheck
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.window import StepWindow, WindowClosed
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL
from ansible_collections.bomgar.appliance.plugins.modules.window import OPERATION as WINDOW


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp()


OPEN, CLOSED = at("2026-03-07T22:00"), at("2026-03-07T23:30")
NIGHT = {"list": [{"start": "22:00", "end": "24:00"}], "margin": 600, "zone": "UTC"}


def test_waiting_step_reads_only_the_clock():
    """A step waits with its margin, and only the clock is read."""
    window = StepWindow(NIGHT, 3600, "install x")
    assert window.waiting(lambda: OPEN) is None
    waits = window.waiting(lambda: CLOSED)
    assert (waits["state"], waits["next_run_at"]) == ("waiting", "2026-03-08T22:00:00+00:00")
    assert "install x waits: the window is open until Sun 2026-03-08 00:00 UTC" in waits["message"]


def test_margin_may_be_used_before_request():
    window = StepWindow(NIGHT, 3600, "install x")
    window.check(lambda: at("2026-03-07T23:00"))
    with pytest.raises(WindowClosed, match="Nothing was sent") as closed:
        window.check(lambda: at("2026-03-07T23:00:01"))
    assert closed.value.result["state"] == "waiting"


def test_without_windows_no_clock_is_read():
    window = StepWindow({}, 3600, "x")
    assert window.waiting(None) is None and window.check(None) is None


def test_a_step_that_never_fits_fails():
    with pytest.raises(InvalidInput, match="never fits"):
        StepWindow(NIGHT, 86400, "x").waiting(lambda: OPEN)


# --- on a simulated appliance


def around(running, minutes):
    """A window that was open for an hour and closes in so many minutes, and another one a day later."""
    now, form = running.now(), "%Y-%m-%d %H:%M"
    spans = [(now - 3600, now + minutes * 60), (now + 86400, now + 93600)]
    return {"list": [{"start": text(start, form), "end": text(end, form)} for start, end in spans], "margin": 600}


def text(moment, form):
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime(form)


@pytest.fixture
def bench(given):
    return given()


def test_appliance_clock_decides(bench, tmp_path):
    """And the wait is recorded."""
    path = str(tmp_path / "site/journal.jsonl")
    assert bench.run(WINDOW, windows=around(bench.running, 90), window_seconds=3600, journal=path)["state"] == "open"
    assert Journal(path).read() == []
    waits = bench.run(WINDOW, windows=around(bench.running, 60), window_seconds=3600, what="install x", journal=path)
    (entry,) = Journal(path).read()
    assert waits["state"] == "waiting" and entry["event"] == "window_waiting"
    assert (entry["data"]["until"], entry["data"]["why"]) == (waits["next_run_at"], waits["message"])
    bench.run(WINDOW, windows=around(bench.running, 60), window_seconds=3600, journal=path, check_mode=True)
    assert len(Journal(path).read()) == 1 and bench.writes() == []


def test_an_installation_outside_of_a_window_sends_nothing(bench, tmp_path):
    path = str(tmp_path / "site/journal.jsonl")
    result = bench.run(INSTALL, package="Base 6.0.2", windows=around(bench.running, 60), window_seconds=3600, journal=path)
    assert (result["state"], result["changed"]) == ("waiting", False) and bench.writes() == []
    assert [entry["event"] for entry in Journal(path).read()] == ["window_waiting"]


def test_closing_window_withdraws_the_step(bench, tmp_path, monkeypatch):
    path = str(tmp_path / "site/journal.jsonl")
    saved = bench.run(BACKUP, dest=str(tmp_path / "saved"))["backup"]["metadata"]
    windows = around(bench.running, 75)
    monkeypatch.setattr(FinalCheck, "check", lambda *_self, **_write: bench.running.advance(1800))
    given = {"backup": saved, "keys_waiver": "in a vault", "accept_eula": True}
    contact = {"name": "Ada", "email": "ada@example.com", "title": "Admin"}
    result = bench.run(INSTALL, package="Base 6.0.2", windows=windows, window_seconds=3600, journal=path, contact=contact, **given)
    assert result["state"] == "waiting" and bench.writes() == []
    assert [entry["event"] for entry in Journal(path).read()] == ["step_begun", "step_withdrawn", "window_waiting"]
