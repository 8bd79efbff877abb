# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Errors of the operating system."""

import errno
import os
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files

from tests.support.disk import content, refuse_with


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_keeps_the_old_file(folder, monkeypatch, call):
    path = os.path.join(folder, "state.json")
    files.write_private(path, b"old")
    monkeypatch.setattr(files.os, call, refuse_with(errno.ENOSPC))
    with pytest.raises(ApplianceError, match=r"disk is full: .*state.json could not be written; it needs 5 bytes"):
        files.write_private(path, b"12345")
    monkeypatch.undo()
    assert content(path) == b"old"
    assert os.listdir(folder) == ["state.json"]


def test_other_os_errors_are_explained(folder, monkeypatch):
    monkeypatch.setattr(files, "os", SimpleNamespace(**{**vars(os), "rename": refuse_with(errno.EIO)}))
    with pytest.raises(ApplianceError, match="could not be used: Input/output error"):
        files.write_private(os.path.join(folder, "x"), b"1")
