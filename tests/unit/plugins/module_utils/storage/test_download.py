# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A file that arrives in pieces is complete, or absent."""

import errno
import hashlib
import os
import stat

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import download as module
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.download import PrivateDownload
from hypothesis import given
from hypothesis import strategies as st

from tests.support.disk import content, mode, refuse_with
from tests.support.downloads import receive

pytestmark = pytest.mark.usefixtures("umask")


def test_a_download_is_named_at_commit(folder):
    path = os.path.join(folder, "backup.nsb")
    receive(path, b"half", commit=False)
    assert os.listdir(folder) == []
    receive(path, b"whole")
    assert os.listdir(folder) == ["backup.nsb"]
    assert mode(path) == 0o600


def test_a_running_download_is_private(folder):
    with PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
        download.write(b"x")
        (part,) = os.listdir(folder)
        assert mode(os.path.join(folder, part)) == 0o600
        assert download.content() == b"x"


def test_the_file_is_never_open_to_others(folder, monkeypatch):
    seen, real = [], os.fchmod

    def look(descriptor, wanted):
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        real(descriptor, wanted)

    monkeypatch.setattr(files.os, "fchmod", look)
    files.write_private(os.path.join(folder, "state.json"), b"x")
    receive(os.path.join(folder, "backup.nsb"), b"x")
    assert len(seen) == 2 and not any(found & 0o077 for found in seen)


def test_a_download_that_fails_leaves_nothing(folder):
    with pytest.raises(ValueError), PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
        download.write(b"x")
        raise ValueError("cut off")
    assert os.listdir(folder) == []


def test_a_download_replaces_no_existing_file(folder):
    path = os.path.join(folder, "backup.nsb")
    receive(path, b"first")
    with pytest.raises(InvalidInput, match="exists already"):
        receive(path, b"second")
    with pytest.raises(InvalidInput, match="exists already"), PrivateDownload(path + "2") as download:
        files.write_private(path + "2", b"somebody was faster")
        download.commit()
    assert content(path) == b"first"
    assert sorted(os.listdir(folder)) == ["backup.nsb", "backup.nsb2"]


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_a_full_disk_leaves_no_partial_download(folder, monkeypatch, call):
    path = os.path.join(folder, "backup.nsb")
    with pytest.raises(ApplianceError, match="disk is full"), PrivateDownload(path) as download:
        download.write(b"0123456789")
        monkeypatch.setattr(files.os, call, refuse_with(errno.ENOSPC))
        download.write(b"0123456789")
        download.commit()
    assert os.listdir(folder) == []


@pytest.mark.parametrize("system", ["advice is taken", "advice is refused", "no such call"])
def test_a_large_file_leaves_the_page_cache(folder, monkeypatch, system):
    advised, path = [], os.path.join(folder, "backup.nsb")

    def advise(_descriptor, start, length, _advice):
        advised.append((start, length))
        if system == "advice is refused":
            raise OSError(errno.EINVAL, "no")

    monkeypatch.setattr(module, "_STRIDE", 100)
    monkeypatch.setattr(os, "posix_fadvise", advise, raising=False)
    if system == "no such call":
        monkeypatch.delattr(os, "posix_fadvise")
    with PrivateDownload(path) as download:
        for number in range(10):
            download.write(b"%d" % number * 60)
        download.commit()
    assert content(path) == b"".join(b"%d" % number * 60 for number in range(10))
    assert advised == ([] if system == "no such call" else [(0, 120), (0, 240), (0, 360), (80, 400), (200, 400)])


@given(st.lists(st.binary(max_size=6000), max_size=6))
def test_facts_do_not_depend_on_chunks(chunks):
    download = PrivateDownload("/nowhere/file")
    written = []
    real, module.write_all = module.write_all, lambda _descriptor, chunk: written.append(chunk)
    try:
        for chunk in chunks:
            download.write(chunk)
    finally:
        module.write_all = real
    whole = b"".join(chunks)
    assert b"".join(written) == whole
    assert (download.size, download.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert (download.head, download.tail) == (whole[:4096], whole[-4096:])
