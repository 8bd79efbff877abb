# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The journal: what a kill at any byte leaves, what damage is, what several writers do to each other."""

import errno
import json
import math
import multiprocessing
import os
import platform
import pwd
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import journal
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import who as who_acts
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.folder import make_private_folder
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal, save_support_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NOON = 1_772_452_800.0
BASE = {"package": "Base 6.2.0", "kind": "base", "version": "6.2.0"}
SITE = {"package": "Bomgar 19.1.8", "kind": "site", "version": "19.1.8"}


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "site" / "journal.jsonl")


@pytest.fixture
def book(path):
    return Journal(path, clock=lambda: NOON)


def content(path):
    with open(path, "rb") as stream:
        return stream.read()


def put(path, data):
    with open(path, "wb") as stream:
        stream.write(data)


def keep_head(path, entries):
    """The file beside the journal as it was after the last of these entries."""
    head = {"entries": len(entries), "sum": entries[-1]["sum"]} if entries else {"entries": 0, "sum": ""}
    put(f"{path}.head", json.dumps(head).encode())


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_reading_what_is_not_there_is_an_empty_journal_and_makes_nothing(book, path):
    assert book.read() == [] and book.state().versions.catch_up is None
    assert not os.path.exists(os.path.dirname(path))


def test_an_entry_tells_when_by_which_run_and_is_checked_by_its_sum(book, path):
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


def test_data_may_use_any_name_also_those_of_the_entry_itself(book, path):
    book.append("backup_taken", path="/x", sha256="00", schema=7, time="then", event="e", run="r")
    assert book.read()[0]["data"]["schema"] == 7 and book.state().backups[0]["path"] == "/x"


def test_folder_and_file_are_for_the_owner_only_whatever_the_umask(book, path):
    before = os.umask(0)
    try:
        book.append("note", text="x")
    finally:
        os.umask(before)
    assert (mode(os.path.dirname(path)), mode(path)) == (0o700, 0o600)
    os.chmod(path, 0o644)
    book.append("note", text="y")
    assert mode(path) == 0o600


def test_a_journal_that_is_a_link_is_refused(book, path, tmp_path):
    make_private_folder(os.path.dirname(path))
    target = tmp_path / "target"
    target.touch()
    os.symlink(target, path)
    with pytest.raises(ApplianceError):
        book.append("note", text="x")
    assert target.read_bytes() == b""


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


# --- a kill at any byte

EVENTS = [
    ("run_opened", {"guid": "ab" * 16}),
    ("step_begun", BASE),
    ("step_done", BASE),
    ("step_begun", SITE),
    ("step_done", dict(SITE, appliance_time=NOON)),
    ("note", {"text": "ünïcödé\nand a second line"}),
]


def written(path):
    book = Journal(path, clock=lambda: NOON)
    for event, data in EVENTS:
        book.append(event, **data)
    return content(path)


@pytest.mark.slow
def test_after_a_kill_at_any_byte_all_whole_entries_stand_and_the_next_one_follows(book, path):
    whole = written(path)
    entries = book.read()
    ends = [number for number, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        put(path, whole[:cut])
        keep_head(path, entries[: max(0, sum(cut > end for end in ends) - cut % 2)])  # a kill may leave it one entry behind
        expected = sum(cut >= end for end in ends)  # a line that lacks nothing but its end counts
        assert book.read() == entries[:expected], f"cut at byte {cut}"
        assert content(path) == whole[:cut]  # reading mends nothing
        after = book.append("note", text="after the kill")
        assert after["seq"] == expected + 1
        assert book.read() == [*entries[:expected], after]
        for name in os.listdir(os.path.dirname(path)):
            os.unlink(os.path.join(os.path.dirname(path), name))


def test_the_torn_bytes_are_kept_beside_the_journal(book, path):
    whole = written(path)
    put(path, whole[:-30])
    book.append("note", text="after")
    torn = f"{path}.torn-{len(EVENTS)}"
    assert content(torn) == whole[:-30].splitlines()[-1]
    assert mode(torn) == 0o600


def test_a_kill_while_the_torn_line_is_set_aside_is_mended_too(book, path, monkeypatch):
    whole = written(path)
    put(path, whole[:-30])

    def killed(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(journal.os, "ftruncate", killed)
    with pytest.raises(KeyboardInterrupt):
        book.append("note", text="never")
    monkeypatch.undo()
    book.append("note", text="after")
    assert [entry["data"].get("text") for entry in book.read()][-1] == "after"
    assert len(book.read()) == len(EVENTS)


def test_zeros_that_a_power_cut_leaves_at_the_end_are_a_torn_line(book, path):
    put_back = written(path)
    put(path, put_back + b"\0" * 200)
    assert len(book.read()) == len(EVENTS)
    book.append("note", text="after")
    assert len(book.read()) == len(EVENTS) + 1


def test_a_full_disk_takes_back_what_it_wrote_of_the_line_and_says_so(book, path, monkeypatch):
    whole, real = written(path), os.write

    def half(descriptor, data):
        if len(data) < 60:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, bytes(data)[:50])

    monkeypatch.setattr(journal.os, "write", half)
    with pytest.raises(ApplianceError, match=r"disk is full: .*journal.jsonl could not be written; it needs \d+ bytes"):
        book.append("note", text="x" * 100)
    monkeypatch.undo()
    assert content(path) == whole


def test_an_entry_is_on_the_disk_before_append_returns(book, path, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(os.fstat(descriptor)), real(descriptor)))
    book.append("note", text="first")
    first = [stat.S_ISDIR(found.st_mode) for found in synced]
    assert sorted(first) == [False, True], "the new file and its folder"
    book.append("note", text="second")
    assert synced[-1].st_size == len(content(path)) and len(synced) == 3


# --- other damage


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_other_changed_byte_is_an_error_that_names_the_line_and_the_way_out(tmp_path, data):
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


def test_a_line_that_was_removed_or_moved_is_noticed(book, path):
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


def test_a_changed_line_with_a_right_sum_breaks_the_chain_behind_it(book, path):
    lines = written(path).splitlines(keepends=True)
    entry = json.loads(lines[1])
    entry["data"]["package"] = "Base 5.9.9"
    entry["sum"] = journal.checksum({name: value for name, value in entry.items() if name != "sum"})
    put(path, b"".join([lines[0], journal.canonical(entry) + b"\n", *lines[2:]]))
    with pytest.raises(Unsafe, match="line 3 does not follow the line before it"):
        book.append("note", text="x")


def test_a_line_with_other_bytes_for_the_same_values_is_noticed(book, path):
    whole = written(path)
    put(path, whole.replace(b'"run":1', b'"run": 1', 1))
    with pytest.raises(Unsafe, match="line 1 does not match its checksum"):
        book.read()


@pytest.mark.parametrize("left", range(1, len(EVENTS)))
def test_an_end_that_was_cut_off_is_noticed_by_the_head_beside_it(book, path, left):
    lines = written(path).splitlines(keepends=True)
    put(path, b"".join(lines[:left]))
    with pytest.raises(Unsafe, match=f"its end was cut off: 6 entries were written, {left} are there"):
        book.append("note", text="x")
    assert book.content().chain["state"] == "broken"


def test_a_journal_that_was_written_again_from_its_first_line_is_noticed_by_the_head(book, path):
    written(path)
    entries = book.read()
    again(path, [*entries[:2], *entries[3:], entries[2]])
    with pytest.raises(Unsafe, match="line 6 is another one than was written"):
        book.read()


def test_a_head_that_is_gone_or_nonsense_stops_nobody(book, path):
    written(path)
    for nonsense in (b"", b"\0" * 50, b"[]", b'{"entries": -1, "sum": ""}', b'{"entries": "6", "sum": 1}'):
        put(f"{path}.head", nonsense)
        assert len(book.read()) == len(EVENTS)
    os.unlink(f"{path}.head")
    book.append("note", text="x")
    assert json.loads(content(f"{path}.head"))["entries"] == len(EVENTS) + 1 and mode(f"{path}.head") == 0o600


def test_readers_are_shown_what_can_be_read_of_a_damaged_journal(book, path):
    lines = written(path).splitlines(keepends=True)
    put(path, b"".join([*lines[:2], b"not JSON\n", *lines[3:]]))
    shown = book.content()
    assert [entry["seq"] for entry in shown.entries] == [1, 2, 4, 5, 6]
    assert shown.faults == ["line 3 is not JSON", "line 4 does not follow the line before it: a line was removed, added, changed or moved"]


def test_a_person_accepts_damage_and_its_waiting_starts_again(book, path):
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


# --- who


def test_each_entry_says_who_wrote_it_and_with_what(book, monkeypatch):
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "somebody-else")  # an environment can say anything; the account's number cannot
    who = book.append("note", text="x")["who"]
    galaxy = (Path(__file__).parents[5] / "galaxy.yml").read_text()
    assert who["user"] == pwd.getpwuid(os.geteuid()).pw_name and who["host"] == socket.gethostname()
    assert f"version: {who['collection']}\n" in galaxy and who["python"] == platform.python_version()
    assert who["process"] and who["run_id"] == ""


def test_behind_sudo_it_is_the_person_and_the_account(book, monkeypatch):
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


def test_a_journal_of_a_later_collection_is_not_guessed_at(book, path):
    book.append("note", text="x")
    entry = dict(book.read()[0], schema=3)
    del entry["sum"]
    put(path, journal.canonical(dict(entry, sum=journal.checksum(entry))) + b"\n")
    with pytest.raises(ApplianceError, match="schema 3"):
        book.read()


# --- several writers


def _write_many(path, number):
    for count in range(20):
        Journal(path).append("note", text=f"{number}-{count}")


def test_several_processes_lose_nothing_and_keep_the_numbers_in_order(book, path):
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write_many, args=(path, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries = book.read()
    assert [entry["seq"] for entry in entries] == list(range(1, 81))
    assert len({entry["data"]["text"] for entry in entries}) == 80


def test_a_writer_that_never_lets_go_is_named_after_a_while(book, path, monkeypatch):
    book.append("note", text="x")
    monkeypatch.setattr(journal, "_LOCK_SECONDS", 0.01)
    with book._opened(), pytest.raises(ApplianceError, match=r"is locked by process \d+ \(python"):
        Journal(path).append("note", text="y")


# --- what may be said twice, and what may not


def test_what_runs_is_noted_only_when_it_is_news(book):
    seen = {"guid": "aa", "host": "a", "version": "19.1.8", "build": "1-ab", "serves": True}
    book.see(seen, 1000.0)
    book.see(seen, lambda: pytest.fail("no clock is read for what is known"))
    assert [entry["data"]["appliance_time"] for entry in book.read()] == [1000.0]
    assert book.see(dict(seen, build="2-cd"), 2000.0, write=False)[-1]["data"]["build"] == "2-cd"
    assert len(book.read()) == 1
    book.see(dict(seen, build="2-cd"), 2000.0)
    assert book.state().versions.catch_up["since"] == 2000.0


@pytest.mark.parametrize("content", [None, b""])
def test_a_journal_that_is_not_there_or_empty_knows_nothing_of_time(book, path, content):
    if content is not None:
        os.makedirs(os.path.dirname(path))
        put(path, content)
    with pytest.raises(InvalidInput, match="There is no journal"):
        book.known()


def test_the_end_of_a_step_is_noted_once_so_that_its_catch_up_keeps_its_date(book):
    first = book.append("step_done", **SITE, appliance_time=1000.0)
    assert book.append("step_done", **SITE, appliance_time=9000.0) == first
    assert book.state().versions.catch_up["since"] == 1000.0
    book.append("step_begun", **SITE)
    assert book.append("step_done", **SITE, appliance_time=9000.0) != first


def test_no_step_begins_while_the_end_of_another_is_unknown(book):
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


def test_a_support_text_lies_beside_the_journal_and_is_noted(book, path):
    book.append("step_begun", **BASE)
    kept = save_support_text(book, "Model: B300\n")
    assert os.path.dirname(kept) == os.path.dirname(path) and content(kept) == b"Model: B300\n" and mode(kept) == 0o600
    assert kept in book.read()[-1]["data"]["text"]
    assert save_support_text(book, None) is None


# --- the number of the step that a task belongs to


@pytest.mark.parametrize(("value", "step"), [("7", 7), ("", None), ("seven", None), ("-1", None)])
def test_an_entry_carries_the_number_of_the_step(tmp_path, monkeypatch, value, step):
    monkeypatch.setenv("BOMGAR_APPLIANCE_STEP", value)
    assert Journal(str(tmp_path / "site/journal.jsonl")).append("note", text="x")["data"].get("step") == step
