# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import saved_consoles

MSI = bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100
IDENTITY = {"guid": "a" * 32, "host": "a.example.com", "hostname": "a", "version": "24.3.1", "build": "1", "clock": 1.7e9}


def save(folder, content=MSI):
    def fetch(write):
        write(content)
        return "application/octet-stream"

    stem = saved_consoles.stem_of(IDENTITY, "present", "24.3.1")
    return saved_consoles.save(str(folder), stem, fetch, IDENTITY, which="present", version="24.3.1", label="MSI")


def find(folder):
    return saved_consoles.find_saved(str(folder), saved_consoles.stem_of(IDENTITY, "present", "24.3.1"))


def test_a_saved_console_is_found_again(tmp_path):
    saved = save(tmp_path / "dest")
    assert saved["new"] and saved["format"] == "msi" and find(tmp_path / "dest")["sha256"] == saved["sha256"]
    assert not save(tmp_path / "dest")["new"]


def test_another_content_gets_another_name(tmp_path):
    first, second = save(tmp_path / "dest"), save(tmp_path / "dest", MSI + b"y")
    assert first["path"] != second["path"] and os.path.exists(first["path"])


def test_a_changed_file_is_not_found(tmp_path):
    path = save(tmp_path / "dest")["path"]
    with open(path, "ab") as stream:
        stream.write(b"z")
    assert find(tmp_path / "dest") is None and len(saved_consoles.list_saved(str(tmp_path / "dest"))) == 1


def test_a_page_leaves_no_file(tmp_path):
    with pytest.raises(NotUnderstood):
        save(tmp_path / "dest", b"<html>")
    assert os.listdir(tmp_path / "dest") == []


def test_damaged_descriptions_are_ignored(tmp_path):
    (tmp_path / "x.msi.json").write_text("{")
    (tmp_path / "y.msi.json").write_text('{"kind": "backup"}')
    assert saved_consoles.list_saved(str(tmp_path)) == [] == saved_consoles.list_saved(str(tmp_path / "none"))
