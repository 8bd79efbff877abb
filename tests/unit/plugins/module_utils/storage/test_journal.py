# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The journal: what a kill at any byte leaves, what damage is, what several writers do to each other."""

import json
import math
import os
import platform
import pwd
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import who as who_acts
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.disk import content, mode
from tests.support.entries import BASE, SITE
from tests.support.journal_files import EVENTS, put, written


def test_reading_missing_journal_creates_nothing(book, path):
    assert book.read() == [] and book.state().versions.catch_up is None
    assert not os.path.exists(os.path.dirname(path))


def test_an_entry_has_time_run_and_sum(book, path):
    book.append("run_opened", guid="ab" * 16)
    entry = book.append("note", text="Grüße", numbers=(1, 2.5))
    assert entry == book.read()[1] == json.loads(content(path).splitlines()[1])
    assert {key: entry[key] for key in ("schema", "seq", "time", "run", "event", "data")} == {
        "schema": 2,
        "seq": 2,
        "time": "2026-03-02T12:00:00+00:00",
        "run": 1,
        "event": "note",
        "data": {"text": "Grüße", "numbers": [1, 2.5]},
    }
    assert len(entry["sum"]) == 64


def test_data_may_use_names_of_entry(book, path):
    book.append("backup_taken", path="/x", sha256="00", schema=7, time="then", event="e", run="r")
    assert book.read()[0]["data"]["schema"] == 7 and book.state().backups[0]["path"] == "/x"


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("step_bgun", BASE),
        ("step_begun", {"package": "Base 6.2.0"}),
        ("step_done", SITE),
        ("step_done", dict(SITE, appliance_time=math.nan)),
        ("version_seen", SITE),
        ("start_declared", {"version": "19.1.8", "since": "now", "by": "Ada", "why": "x"}),
        ("note", {"text": object()}),
        ("note", {"text": math.inf}),
    ],
)
def test_what_nobody_could_use_later_is_not_written(book, path, event, data):
    with pytest.raises(InvalidInput):
        book.append(event, **data)
    assert book.read() == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_other_changed_byte_is_an_error(tmp_path, data):
    """It names the line, and what a person can do."""
    path = str(tmp_path / f"{os.urandom(8).hex()}" / "journal.jsonl")
    whole = written(path)
    last_line = whole[:-1].rindex(b"\n") + 1
    place = data.draw(st.integers(0, last_line - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    put(path, whole[:place] + bytes([byte]) + whole[place + 1 :])
    for attempt in (Journal(path).read, lambda: Journal(path).append("note", text="x")):
        with pytest.raises(Unsafe, match=r"damaged: line \d .*state: accepted"):
            attempt()
    assert content(path)[place] == byte


def test_removed_or_moved_line_is_noticed(book, path):
    lines = written(path).splitlines(keepends=True)
    for changed in (lines[1:], [lines[0], *lines[2:]], [lines[1], lines[0], *lines[2:]], [lines[0], *lines]):
        put(path, b"".join(changed))
        with pytest.raises(Unsafe, match="a line was removed, added or moved"):
            book.read()


def again(path, entries):
    """The lines as somebody writes them who knows the format: numbered and summed anew from the first one on."""
    previous, lines = "", []
    for number, entry in enumerate(entries, 1):
        rest = {name: value for name, value in dict(entry, seq=number, previous=previous).items() if name != "sum"}
        previous = journal.checksum(rest)
        lines.append(journal.canonical(dict(rest, sum=previous)) + b"\n")
    put(path, b"".join(lines))


def test_changed_line_breaks_the_chain_after(book, path):
    lines = written(path).splitlines(keepends=True)
    entry = json.loads(lines[1])
    entry["data"]["package"] = "Base 5.9.9"
    entry["sum"] = journal.checksum({name: value for name, value in entry.items() if name != "sum"})
    put(path, b"".join([lines[0], journal.canonical(entry) + b"\n", *lines[2:]]))
    with pytest.raises(Unsafe, match="line 3 does not follow the line before it"):
        book.append("note", text="x")


def test_other_bytes_are_noticed(book, path):
    whole = written(path)
    put(path, whole.replace(b'"run":1', b'"run": 1', 1))
    with pytest.raises(Unsafe, match="line 1 does not match its checksum"):
        book.read()


@pytest.mark.parametrize("left", range(1, len(EVENTS)))
def test_a_cut_off_end_is_noticed(book, path, left):
    """By the file beside the journal, which holds the last sum."""
    lines = written(path).splitlines(keepends=True)
    put(path, b"".join(lines[:left]))
    with pytest.raises(Unsafe, match=f"its end was cut off: 6 entries were written, {left} are there"):
        book.append("note", text="x")
    assert book.content().chain["state"] == "broken"


def test_a_rewritten_journal_is_noticed(book, path):
    """By the file beside it, which holds the last sum."""
    written(path)
    entries = book.read()
    again(path, [*entries[:2], *entries[3:], entries[2]])
    with pytest.raises(Unsafe, match="line 6 is another one than was written"):
        book.read()


def test_damaged_head_stops_nobody(book, path):
    written(path)
    for nonsense in (b"", b"\0" * 50, b"[]", b'{"entries": -1, "sum": ""}', b'{"entries": "6", "sum": 1}'):
        put(f"{path}.head", nonsense)
        assert len(book.read()) == len(EVENTS)
    os.unlink(f"{path}.head")
    book.append("note", text="x")
    assert json.loads(content(f"{path}.head"))["entries"] == len(EVENTS) + 1 and mode(f"{path}.head") == 0o600


def test_damaged_journal_shows_its_readable_part(book, path):
    lines = written(path).splitlines(keepends=True)
    put(path, b"".join([*lines[:2], b"not JSON\n", *lines[3:]]))
    shown = book.content()
    assert [entry["seq"] for entry in shown.entries] == [1, 2, 4, 5, 6]
    assert shown.faults == ["line 3 is not JSON", "line 4 does not follow the line before it: a line was removed, added, changed or moved"]


def test_accepted_damage_starts_the_wait_again(book, path):
    lines = written(path).splitlines(keepends=True)
    put(path, b"".join([*lines[:2], *lines[3:]]))
    damage = book.content()
    book.append("damage_accepted", digest=damage.digest, faults=damage.faults, reason="the disk", by="Ada Example")
    book.append("note", text="goes on")
    assert book.state().versions.served is None and book.content().chain["state"] == "intact"
    put(path, content(path).replace(b"Base 6.2.0", b"Base 6.2.1", 1))
    with pytest.raises(Unsafe, match="line 1 |line 2 "):
        book.read()


def test_an_auditor_needs_ten_lines_of_python(book, path, tmp_path):
    """The program of the guide, run as it stands there."""
    written(path)
    guide = Path(__file__).parents[5] / "docs" / "guides" / "record.md"
    program = guide.read_text().split("```python\n")[1].split("```")[0]
    assert len(program.splitlines()) <= 12

    def audit():
        return subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)

    assert audit().stdout.strip() == f"intact: 6 entries, head {book.read()[-1]['sum']}"
    lines = content(path).splitlines(keepends=True)
    put(path, b"".join([*lines[:2], *lines[3:]]))
    assert audit().stderr.strip() == "broken at line 3" and audit().returncode == 1


def test_entry_names_its_author_and_tool(book, monkeypatch):
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "somebody-else")  # an environment can say anything; the account's number cannot
    who = book.append("note", text="x")["who"]
    galaxy = (Path(__file__).parents[5] / "galaxy.yml").read_text()
    assert who["user"] == pwd.getpwuid(os.geteuid()).pw_name and who["host"] == socket.gethostname()
    assert f"version: {who['collection']}\n" in galaxy and who["python"] == platform.python_version()
    assert who["process"] and who["run_id"] == ""


def test_sudo_names_person_and_account(book, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "ada")
    who = book.append("note", text="x")["who"]
    assert (who["user"], who["account"]) == ("ada", pwd.getpwuid(os.geteuid()).pw_name)


def test_an_account_without_a_name_is_its_number(book, monkeypatch):
    def nameless(*_args):
        raise KeyError("no such uid")

    monkeypatch.setattr(who_acts.pwd, "getpwuid", nameless)
    monkeypatch.setattr(who_acts.getpass, "getuser", nameless)
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert book.append("note", text="x")["who"]["user"] == str(os.geteuid())


def test_later_journal_is_not_guessed(book, path):
    book.append("note", text="x")
    entry = dict(book.read()[0], schema=3)
    del entry["sum"]
    put(path, journal.canonical(dict(entry, sum=journal.checksum(entry))) + b"\n")
    with pytest.raises(ApplianceError, match="schema 3"):
        book.read()


def test_unchanged_version_is_not_recorded_again(book):
    seen = {"guid": "aa", "host": "a", "version": "19.1.8", "build": "1-ab", "serves": True}
    book.see(seen, 1000.0)
    book.see(seen, lambda: pytest.fail("no clock is read for what is known"))
    assert [entry["data"]["appliance_time"] for entry in book.read()] == [1000.0]
    assert book.see(dict(seen, build="2-cd"), 2000.0, write=False)[-1]["data"]["build"] == "2-cd"
    assert len(book.read()) == 1
    book.see(dict(seen, build="2-cd"), 2000.0)
    assert book.state().versions.catch_up["since"] == 2000.0


@pytest.mark.parametrize("content", [None, b""])
def test_empty_journal_knows_no_time(book, path, content):
    if content is not None:
        os.makedirs(os.path.dirname(path))
        put(path, content)
    with pytest.raises(InvalidInput, match="There is no journal"):
        book.known()


def test_the_end_of_a_step_is_recorded_once(book):
    """So its catch-up keeps its date."""
    first = book.append("step_done", **SITE, appliance_time=1000.0)
    assert book.append("step_done", **SITE, appliance_time=9000.0) == first
    assert book.state().versions.catch_up["since"] == 1000.0
    book.append("step_begun", **SITE)
    assert book.append("step_done", **SITE, appliance_time=9000.0) != first


def test_open_step_prevents_the_next(book):
    """No step begins while the end of another one is unknown."""
    book.append("step_begun", **BASE)
    book.append("step_unverified", package="Base 6.2.0", why="time-out")
    with pytest.raises(Unsafe, match="'Base 6.2.0' was begun at .* and is not verified"):
        book.append("step_begun", **SITE)
    book.append("step_begun", **BASE)  # the same one may be tried anew, when the appliance says that it never ran
    book.append("step_released", package="Base 6.2.0", reason="case 1234")
    book.append("step_begun", **SITE)
    assert book.step_is_open("Bomgar 19.1.8") and not book.step_is_open("Base 6.2.0")


def test_what_was_done_is_remembered(book):
    assert not book.step_was_done("Base 6.2.0")
    book.append("step_begun", **BASE)
    assert book.step_is_open("Base 6.2.0") and not book.step_was_done("Base 6.2.0")
    book.append("step_done", **BASE)
    assert book.step_was_done("Base 6.2.0") and not book.step_is_open("Base 6.2.0")


@pytest.mark.parametrize(("value", "step"), [("7", 7), ("", None), ("seven", None), ("-1", None)])
def test_an_entry_carries_the_number_of_the_step(tmp_path, monkeypatch, value, step):
    monkeypatch.setenv("BOMGAR_APPLIANCE_STEP", value)
    assert Journal(str(tmp_path / "site/journal.jsonl")).append("note", text="x")["data"].get("step") == step
