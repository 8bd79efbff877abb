# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets: their modes, their wholeness, and every way in which a disk can say no."""

import errno
import hashlib
import os
import stat
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils import files
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o777], ids=["umask 000", "umask 022", "umask 777"])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def folder(tmp_path):
    return files.private_folder(tmp_path / "site")


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


def content(path):
    with open(path, "rb") as stream:
        return stream.read()


def no(error):
    def refuse(*_args, **_kwargs):
        raise OSError(error, os.strerror(error))

    return refuse


def test_a_folder_and_its_missing_parents_are_for_the_owner_only_whatever_the_umask(tmp_path):
    files.private_folder(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700] * 3
    files.private_folder(tmp_path / "a" / "b" / "c")


def test_a_folder_that_others_may_enter_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "open").mkdir()
    os.chmod(tmp_path / "open", 0o750)
    with pytest.raises(Unsafe, match="chmod 700"):
        files.private_folder(tmp_path / "open")
    assert mode(tmp_path / "open") == 0o750


def test_a_link_to_a_folder_and_a_file_in_its_place_are_refused(folder, tmp_path):
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe, match="symbolic link"):
        files.private_folder(tmp_path / "link")
    files.write_private(os.path.join(folder, "file"), b"")
    with pytest.raises(InvalidInput, match="is not a folder"):
        files.private_folder(os.path.join(folder, "file"))


def test_a_folder_of_somebody_else_is_refused(folder, monkeypatch):
    monkeypatch.setattr(files.os, "geteuid", lambda: os.lstat(folder).st_uid + 1)
    with pytest.raises(Unsafe, match="another user"):
        files.private_folder(folder)


def test_an_unwritable_place_is_one_sentence_with_the_path(tmp_path, monkeypatch):
    monkeypatch.setattr(files.os, "mkdir", no(errno.EACCES))
    with pytest.raises(InvalidInput, match="new may not be written"):
        files.private_folder(tmp_path / "new")


def test_the_check_of_a_folder_makes_nothing_and_finds_the_same_faults(folder, tmp_path, monkeypatch):
    files.check_folder(folder)
    files.check_folder(tmp_path / "new" / "deeper")
    assert not (tmp_path / "new").exists()
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe):
        files.check_folder(tmp_path / "link")
    monkeypatch.setattr(files.os, "access", lambda *_args: False)
    with pytest.raises(InvalidInput, match="cannot be made"):
        files.check_folder(tmp_path / "new" / "deeper")


def test_a_private_file_is_0600_and_replaced_in_one_step(folder):
    path = os.path.join(folder, "state.json")
    files.write_private(path, b"one")
    files.write_private(path, b"two")
    assert mode(path) == 0o600
    assert content(path) == b"two"
    assert os.listdir(folder) == ["state.json"]


def test_a_private_file_never_goes_through_a_link(folder, tmp_path):
    target = tmp_path / "target"
    target.touch()
    os.symlink(target, os.path.join(folder, "link"))
    with pytest.raises(Unsafe, match="symbolic link"):
        files.write_private(os.path.join(folder, "link"), b"secret")
    with pytest.raises(Unsafe, match="symbolic link"), files.PrivateDownload(os.path.join(folder, "link")):
        pass


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_leaves_the_old_file_and_says_how_much_is_needed(folder, monkeypatch, call):
    path = os.path.join(folder, "state.json")
    files.write_private(path, b"old")
    monkeypatch.setattr(files.os, call, no(errno.ENOSPC))
    with pytest.raises(ApplianceError, match=r"disk is full: .*state.json could not be written; it needs 5 bytes"):
        files.write_private(path, b"12345")
    monkeypatch.undo()
    assert content(path) == b"old"
    assert os.listdir(folder) == ["state.json"]


def receive(path, *chunks, commit=True):
    with files.PrivateDownload(path) as download:
        for chunk in chunks:
            download.write(chunk)
        if commit:
            download.commit()
    return download


def test_a_download_takes_its_name_only_when_it_is_committed(folder):
    path = os.path.join(folder, "backup.nsb")
    receive(path, b"half", commit=False)
    assert os.listdir(folder) == []
    receive(path, b"whole")
    assert os.listdir(folder) == ["backup.nsb"]
    assert mode(path) == 0o600


def test_while_it_runs_a_download_is_readable_by_its_owner_only(folder):
    with files.PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
        download.write(b"x")
        (part,) = os.listdir(folder)
        assert mode(os.path.join(folder, part)) == 0o600
        assert download.content() == b"x"


def test_not_for_a_moment_may_others_open_the_file(folder, monkeypatch):
    seen, real = [], os.fchmod

    def look(descriptor, wanted):
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        real(descriptor, wanted)

    monkeypatch.setattr(files.os, "fchmod", look)
    files.write_private(os.path.join(folder, "state.json"), b"x")
    receive(os.path.join(folder, "backup.nsb"), b"x")
    assert len(seen) == 2 and not any(found & 0o077 for found in seen)


def test_a_download_that_fails_leaves_nothing(folder):
    with pytest.raises(ValueError), files.PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
        download.write(b"x")
        raise ValueError("cut off")
    assert os.listdir(folder) == []


def test_an_existing_file_is_never_replaced_by_a_download(folder):
    path = os.path.join(folder, "backup.nsb")
    receive(path, b"first")
    with pytest.raises(InvalidInput, match="exists already"):
        receive(path, b"second")
    with pytest.raises(InvalidInput, match="exists already"), files.PrivateDownload(path + "2") as download:
        files.write_private(path + "2", b"somebody was faster")
        download.commit()
    assert content(path) == b"first"
    assert sorted(os.listdir(folder)) == ["backup.nsb", "backup.nsb2"]


@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
def test_a_disk_that_fills_up_during_a_download_leaves_nothing_half(folder, monkeypatch, call):
    path = os.path.join(folder, "backup.nsb")
    with pytest.raises(ApplianceError, match="disk is full"), files.PrivateDownload(path) as download:
        download.write(b"0123456789")
        monkeypatch.setattr(files.os, call, no(errno.ENOSPC))
        download.write(b"0123456789")
        download.commit()
    assert os.listdir(folder) == []


def test_what_a_killed_download_left_is_removed_by_the_next_one_but_not_a_running_one(folder):
    path = os.path.join(folder, "backup.nsb")
    abandoned = os.path.join(folder, ".backup.nsb.0123abcd.part")
    other = os.path.join(folder, ".other.nsb.0123abcd.part")
    for name in (abandoned, other):
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
        os.chmod(name, 0o600)
    with files.PrivateDownload(path) as running:
        running.write(b"first")
        assert not os.path.exists(abandoned) and os.path.exists(other)
        with files.PrivateDownload(path):
            pass
        running.commit()
    assert content(path) == b"first"


@pytest.mark.parametrize("system", ["advice is taken", "advice is refused", "no such call"])
def test_a_large_file_leaves_the_memory_while_it_comes_and_is_whole_afterwards(folder, monkeypatch, system):
    advised, path = [], os.path.join(folder, "backup.nsb")

    def advise(_descriptor, start, length, _advice):
        advised.append((start, length))
        if system == "advice is refused":
            raise OSError(errno.EINVAL, "no")

    monkeypatch.setattr(files, "_STRIDE", 100)
    monkeypatch.setattr(os, "posix_fadvise", advise, raising=False)
    if system == "no such call":
        monkeypatch.delattr(os, "posix_fadvise")
    with files.PrivateDownload(path) as download:
        for number in range(10):
            download.write(b"%d" % number * 60)
        download.commit()
    assert content(path) == b"".join(b"%d" % number * 60 for number in range(10))
    assert advised == ([] if system == "no such call" else [(0, 120), (0, 240), (0, 360), (80, 400), (200, 400)])


@given(st.lists(st.binary(max_size=6000), max_size=6))
def test_size_hash_head_and_tail_are_those_of_the_whole_however_it_came(chunks):
    download = files.PrivateDownload("/nowhere/file")
    written = []
    files_write, files._write_all = files._write_all, lambda _descriptor, chunk: written.append(chunk)
    try:
        for chunk in chunks:
            download.write(chunk)
    finally:
        files._write_all = files_write
    whole = b"".join(chunks)
    assert b"".join(written) == whole
    assert (download.size, download.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert (download.head, download.tail) == (whole[:4096], whole[-4096:])


def test_a_short_write_is_continued(folder, monkeypatch):
    real = os.write
    monkeypatch.setattr(files.os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:3]))
    receive(os.path.join(folder, "backup.nsb"), b"0123456789")
    monkeypatch.undo()
    assert content(os.path.join(folder, "backup.nsb")) == b"0123456789"


@given(st.text())
def test_a_safe_name_is_never_a_path_never_hidden_never_empty(text):
    name = files.safe_name(text)
    assert name and len(name) <= 120
    assert os.path.basename(name) == name
    assert name not in (".", "..") and not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("text", "name"),
    [("../../etc/passwd", "etc_passwd"), ("a.example.com-19.1.8", "a.example.com-19.1.8"), ("..", "unnamed"),
     ("C:\\x\\y", "C_x_y"), ("\0", "unnamed")],
)  # fmt: skip
def test_names_from_outside_are_made_harmless(text, name):
    assert files.safe_name(text) == name


def test_other_troubles_of_the_system_are_a_sentence_too(folder, monkeypatch):
    monkeypatch.setattr(files, "os", SimpleNamespace(**{**vars(os), "rename": no(errno.EIO)}))
    with pytest.raises(ApplianceError, match="could not be used: Input/output error"):
        files.write_private(os.path.join(folder, "x"), b"1")
