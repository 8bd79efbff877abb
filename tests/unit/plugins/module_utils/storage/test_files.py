# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets: their modes, their wholeness, and every way in which a disk can say no."""

import errno
import hashlib
import os
import stat
from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError, InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o777], ids=["umask 000", "umask 022", "umask 777"])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def folder(tmp_path):
    return files.make_private_folder(tmp_path / "site")


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


def content(path):
    with open(path, "rb") as stream:
        return stream.read()


def no(error):
    def refuse(*_args, **_kwargs):
        raise OSError(error, os.strerror(error))

    return refuse


def test_new_folders_are_private_under_any_umask(tmp_path):
    files.make_private_folder(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700] * 3
    files.make_private_folder(tmp_path / "a" / "b" / "c")


def test_an_open_folder_is_refused_unchanged(tmp_path):
    (tmp_path / "open").mkdir()
    os.chmod(tmp_path / "open", 0o750)
    with pytest.raises(Unsafe, match="chmod 700"):
        files.make_private_folder(tmp_path / "open")
    assert mode(tmp_path / "open") == 0o750


def test_a_link_or_file_is_no_folder(folder, tmp_path):
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe, match="symbolic link"):
        files.make_private_folder(tmp_path / "link")
    files.write_private(os.path.join(folder, "file"), b"")
    with pytest.raises(InvalidInput, match="is not a folder"):
        files.make_private_folder(os.path.join(folder, "file"))


def test_a_folder_of_somebody_else_is_refused(folder, monkeypatch):
    monkeypatch.setattr(files.os, "geteuid", lambda: os.lstat(folder).st_uid + 1)
    with pytest.raises(Unsafe, match="another user"):
        files.make_private_folder(folder)


def test_an_unwritable_path_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(files.os, "mkdir", no(errno.EACCES))
    with pytest.raises(InvalidInput, match="new is not writable"):
        files.make_private_folder(tmp_path / "new")


def test_check_mode_finds_the_same_faults(folder, tmp_path, monkeypatch):
    files.check_private_folder(folder)
    files.check_private_folder(tmp_path / "new" / "deeper")
    assert not (tmp_path / "new").exists()
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe):
        files.check_private_folder(tmp_path / "link")
    monkeypatch.setattr(files.os, "access", lambda *_args: False)
    with pytest.raises(InvalidInput, match="cannot be created"):
        files.check_private_folder(tmp_path / "new" / "deeper")


def test_write_private_replaces_in_one_step(folder):
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
def test_a_full_disk_keeps_the_old_file(folder, monkeypatch, call):
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


def test_a_download_is_named_at_commit(folder):
    path = os.path.join(folder, "backup.nsb")
    receive(path, b"half", commit=False)
    assert os.listdir(folder) == []
    receive(path, b"whole")
    assert os.listdir(folder) == ["backup.nsb"]
    assert mode(path) == 0o600


def test_a_running_download_is_private(folder):
    with files.PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
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
    with pytest.raises(ValueError), files.PrivateDownload(os.path.join(folder, "backup.nsb")) as download:
        download.write(b"x")
        raise ValueError("cut off")
    assert os.listdir(folder) == []


def test_a_download_replaces_no_existing_file(folder):
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
def test_a_full_disk_leaves_no_partial_download(folder, monkeypatch, call):
    path = os.path.join(folder, "backup.nsb")
    with pytest.raises(ApplianceError, match="disk is full"), files.PrivateDownload(path) as download:
        download.write(b"0123456789")
        monkeypatch.setattr(files.os, call, no(errno.ENOSPC))
        download.write(b"0123456789")
        download.commit()
    assert os.listdir(folder) == []


def test_only_abandoned_parts_are_removed(folder):
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
def test_a_large_file_leaves_the_page_cache(folder, monkeypatch, system):
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
def test_facts_do_not_depend_on_chunks(chunks):
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
def test_a_safe_name_is_harmless(text):
    name = files.safe_name(text)
    assert name and len(name) <= 120
    assert os.path.basename(name) == name
    assert name not in (".", "..") and not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("a.example.com-19.1.8", "a.example.com-19.1.8"),
        ("..", "unnamed"),
        ("C:\\x\\y", "C_x_y"),
        ("\0", "unnamed"),
    ],
)
def test_names_from_outside_are_made_harmless(text, name):
    assert files.safe_name(text) == name


def test_other_os_errors_are_explained(folder, monkeypatch):
    monkeypatch.setattr(files, "os", SimpleNamespace(**{**vars(os), "rename": no(errno.EIO)}))
    with pytest.raises(ApplianceError, match="could not be used: Input/output error"):
        files.write_private(os.path.join(folder, "x"), b"1")


def test_a_folder_of_its_own_may_be_closed(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site").chmod(0o755)
    (tmp_path / "site" / "journal.jsonl").touch()
    assert files.privacy_advice(tmp_path / "site").startswith(f"Run `chmod 700 {tmp_path}/site`")


@pytest.mark.parametrize("place", ["/", "/tmp", "/var/tmp", "/home", "/srv", "/usr/bin", "HOME", "HOME/..", "shared", "full", "link"])
def test_shared_folders_get_no_chmod_advice(tmp_path, monkeypatch, place):
    monkeypatch.setenv("HOME", str(tmp_path / "users" / "me"))
    for name in ("users/me", "shared", "full"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "full" / "something of others").touch()
    (tmp_path / "shared").chmod(0o777)
    (tmp_path / "link").symlink_to("/")
    folder = place if place.startswith("/") else place.replace("HOME", str(tmp_path / "users" / "me"))
    advice = files.privacy_advice(tmp_path / folder)
    assert "chmod" not in advice and "a folder for this purpose" in advice
