# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report in its folder: written once, private, from whatever is left; and what happens when it cannot be written."""

import errno
import json
import os
import stat
import sys

import pytest
from ansible_collections.bomgar.appliance.plugins.modules.report import OPERATION

from tests.support import stories
from tests.support.journals import performed


@pytest.fixture
def folder(tmp_path):
    return stories.failed().write(tmp_path / "support_example_com")


def report(folder, **given):
    return performed(OPERATION, state_dir=str(folder), **given)


def test_the_report_is_private_and_written_once(folder):
    first, second = report(folder), report(folder)
    assert first["changed"] and not second["changed"] and first["report"]["state"] == "failed"
    assert [stat.S_IMODE(os.stat(path).st_mode) for path in first["files"]] == [0o600] * len(first["files"])
    assert json.loads((folder / "report.json").read_text())["site"] == "support_example_com"


def test_a_file_that_was_removed_is_written_again(folder):
    report(folder)
    (folder / "junit.xml").unlink()
    assert report(folder)["changed"] and (folder / "junit.xml").exists()


def test_check_mode_predicts_and_writes_nothing(folder):
    assert report(folder, check_mode=True)["changed"] and not (folder / "report.json").exists()
    report(folder)
    assert not report(folder, check_mode=True)["changed"]


def test_another_folder_gets_the_report(folder, tmp_path):
    report(folder, dest=str(tmp_path / "reports"))
    assert (tmp_path / "reports/report.json").exists() and not (folder / "report.json").exists()


def test_no_journal_is_a_report_too(tmp_path):
    assert report(tmp_path / "new", dest=str(tmp_path / "reports"))["report"]["state"] == "unfinished"


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "(Read-only file system)"), (errno.EACCES, "Permission denied")],
)
def test_a_disk_that_takes_nothing_is_a_sentence(folder, monkeypatch, number, said):
    def refuse(*given):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    failed = report(folder)
    assert failed["failed"] and said in failed["msg"]
    warned = report(folder, required=False)
    assert "failed" not in warned and warned["files"] == []
    assert warned["warnings"][0].startswith("The report of the upgrade was not written. ") and said in warned["warnings"][0]


def test_unusable_folder_is_one_sentence(folder):
    (folder / "file").write_text("")
    warned = report(folder, dest=str(folder / "file"), required=False)
    assert "is not a folder" in warned["warnings"][0] and warned["report"] == {}


def test_damaged_files_are_named_in_the_report(folder):
    (folder / "plan.json").write_text("{")
    with open(folder / "journal.jsonl", "a") as stream:
        stream.write("no JSON\n")
    made = report(folder)
    assert "plan.json is not JSON" in made["warnings"][0] and made["report"]["state"] == "failed"
    assert json.loads((folder / "report.json").read_text())["journal"]["state"] == "broken"


def test_a_zone_that_nobody_knows_is_a_sentence(folder):
    failed = report(folder, zone="Europe/Berlyn")
    assert failed["failed"] and "The time zone 'Europe/Berlyn' is unknown (report_zone)" in failed["msg"]


def test_without_jinja_the_data_is_written(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.setattr(OPERATION, "libraries", ())
    warned = report(folder, required=False)
    assert "Jinja2" in warned["warnings"][0] and (folder / "report.json").exists()


def test_another_language_writes_the_page_again(folder):
    report(folder)
    assert report(folder, language="de")["changed"] and '<html lang="de">' in (folder / "report.html").read_text()
