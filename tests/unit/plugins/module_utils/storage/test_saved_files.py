# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import saved_files

IDENTITY = {"guid": "ab" * 16, "host": "a.example.com", "hostname": "a", "version": "24.3.2", "build": "4711", "clock": 1700000000.0}
COUNTS = {"kind": "backup", "guid": IDENTITY["guid"], "now": IDENTITY["clock"] + 60, "max_age": 3600, "host": "a.example.com"}


def fetch(write):
    write(b"first ")
    write(b"second")
    return "text/plain"


def save(folder, verify=lambda download: {"format": "plain"}):
    return saved_files.save(str(folder / "new" / "file.nsb"), fetch, IDENTITY, kind="backup", verify=verify, method="api")


def test_metadata_is_written_beside_the_file(tmp_path):
    saved = save(tmp_path)
    described = json.loads((tmp_path / "new" / "file.nsb.json").read_text())
    assert (tmp_path / "new" / "file.nsb").read_bytes() == b"first second"
    assert dict(described, path=saved["path"], metadata=saved["metadata"]) == saved
    assert {"bytes": 12, "format": "plain", "appliance_time": 1700000000.0}.items() <= described.items()


def test_a_rejected_file_leaves_nothing_behind(tmp_path):
    def judge(download):
        raise NotUnderstood("a login page")

    with pytest.raises(NotUnderstood):
        save(tmp_path, judge)
    assert list((tmp_path / "new").iterdir()) == []


def test_receive_returns_what_fetch_returns(tmp_path, monkeypatch):
    beats = []
    monkeypatch.setattr(saved_files, "heartbeat", lambda: beats.append(1))
    with saved_files.PrivateDownload(str(tmp_path / "console.msi")) as download:
        assert saved_files.receive(download, fetch) == "text/plain"
        assert download.head == b"first second"
    assert beats == [1], "at most one heartbeat per second"


def test_a_saved_file_is_found_again(tmp_path):
    assert saved_files.read_verified(save(tmp_path)["metadata"], **COUNTS)["bytes"] == 12


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "certificate"}, "it is a backup"),
        ({"guid": "cd" * 16}, "it is of the appliance"),
        ({"now": IDENTITY["clock"] + 3601}, "3601 seconds ago"),
    ],
)
def test_a_foreign_or_old_file_does_not_count(tmp_path, changed, reason):
    with pytest.raises(Unsafe, match=reason):
        saved_files.read_verified(save(tmp_path)["metadata"], **{**COUNTS, **changed})


def test_a_changed_file_does_not_count(tmp_path):
    saved = save(tmp_path)
    (tmp_path / "new" / "file.nsb").write_bytes(b"other")
    with pytest.raises(Unsafe, match="SHA-256 differs"):
        saved_files.read_verified(saved["metadata"], **COUNTS)
