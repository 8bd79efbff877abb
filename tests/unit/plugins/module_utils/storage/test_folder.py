# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Folders for one owner only: their modes, and what is refused."""

import errno
import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.folder import (
    check_private_folder,
    make_private_folder,
    privacy_advice,
)

from tests.support.disk import mode, refuse_with

pytestmark = pytest.mark.usefixtures("umask")


def test_new_folders_are_private_under_any_umask(tmp_path):
    make_private_folder(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700] * 3
    make_private_folder(tmp_path / "a" / "b" / "c")


def test_an_open_folder_is_refused_unchanged(tmp_path):
    (tmp_path / "open").mkdir()
    os.chmod(tmp_path / "open", 0o750)
    with pytest.raises(Unsafe, match="chmod 700"):
        make_private_folder(tmp_path / "open")
    assert mode(tmp_path / "open") == 0o750


def test_a_link_or_file_is_no_folder(folder, tmp_path):
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe, match="symbolic link"):
        make_private_folder(tmp_path / "link")
    files.write_private(os.path.join(folder, "file"), b"")
    with pytest.raises(InvalidInput, match="is not a folder"):
        make_private_folder(os.path.join(folder, "file"))


def test_a_folder_of_somebody_else_is_refused(folder, monkeypatch):
    monkeypatch.setattr(files.os, "geteuid", lambda: os.lstat(folder).st_uid + 1)
    with pytest.raises(Unsafe, match="another user"):
        make_private_folder(folder)


def test_an_unwritable_path_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(files.os, "mkdir", refuse_with(errno.EACCES))
    with pytest.raises(InvalidInput, match="new is not writable"):
        make_private_folder(tmp_path / "new")


def test_check_mode_finds_the_same_faults(folder, tmp_path, monkeypatch):
    check_private_folder(folder)
    check_private_folder(tmp_path / "new" / "deeper")
    assert not (tmp_path / "new").exists()
    os.symlink(folder, tmp_path / "link")
    with pytest.raises(Unsafe):
        check_private_folder(tmp_path / "link")
    monkeypatch.setattr(files.os, "access", lambda *_args: False)
    with pytest.raises(InvalidInput, match="cannot be created"):
        check_private_folder(tmp_path / "new" / "deeper")


def test_check_mode_finds_a_folder_below_a_file(tmp_path):
    (tmp_path / "program").touch(mode=0o700)
    with pytest.raises(InvalidInput, match="cannot be created in .*/program"):
        check_private_folder(tmp_path / "program" / "report")


def test_a_folder_of_its_own_may_be_closed(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site").chmod(0o755)
    (tmp_path / "site" / "journal.jsonl").touch()
    assert privacy_advice(tmp_path / "site").startswith(f"Run `chmod 700 {tmp_path}/site`")


@pytest.mark.parametrize("place", ["/", "/tmp", "/var/tmp", "/home", "/srv", "/usr/bin", "HOME", "HOME/..", "shared", "full", "link"])
def test_shared_folders_get_no_chmod_advice(tmp_path, monkeypatch, place):
    monkeypatch.setenv("HOME", str(tmp_path / "users" / "me"))
    for name in ("users/me", "shared", "full"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "full" / "something of others").touch()
    (tmp_path / "shared").chmod(0o777)
    (tmp_path / "link").symlink_to("/")
    folder = place if place.startswith("/") else place.replace("HOME", str(tmp_path / "users" / "me"))
    advice = privacy_advice(tmp_path / folder)
    assert "chmod" not in advice and "a folder for this purpose" in advice
