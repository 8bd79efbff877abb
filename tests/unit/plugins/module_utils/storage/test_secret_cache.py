# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import multiprocessing
import os
import stat
import time

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import SecretCache, key_of

KEY = key_of("token", "https://a.example.com", "robot", "canary")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def cache(folder):
    return SecretCache(str(folder))


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def test_what_one_task_wrote_another_one_reads(cache, folder):
    cache.write(KEY, {"token": "t1"})
    assert SecretCache(str(folder)).read(KEY) == {"token": "t1"}


def test_absent_and_deleted_secrets_are_none(cache):
    assert cache.read(KEY) is None
    cache.write(KEY, {"token": "t1"})
    cache.delete(KEY)
    cache.delete(KEY)
    assert cache.read(KEY) is None


def test_cache_files_are_private(cache, folder):
    before = os.umask(0)
    try:
        cache.write(KEY, {"token": "t1"})
        with cache.lock(KEY):
            pass
    finally:
        os.umask(before)
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_file_names_hold_no_account_and_secret():
    assert len(KEY) == 64 and "robot" not in KEY
    assert key_of("a", "bc") != key_of("ab", "c")


def test_a_linked_cache_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ApplianceError, match="link"):
        SecretCache(str(tmp_path / "link")).write(KEY, {"token": "t1"})
    assert not list((tmp_path / "elsewhere").iterdir())


def test_readable_or_linked_files_are_ignored(cache, folder, tmp_path):
    cache.write(KEY, {"token": "t1"})
    os.chmod(folder / KEY, 0o644)
    assert cache.read(KEY) is None
    os.chmod(folder / KEY, 0o600)
    os.rename(folder / KEY, tmp_path / "moved")
    (folder / KEY).symlink_to(tmp_path / "moved")
    assert cache.read(KEY) is None


@pytest.mark.parametrize("content", [b"", b'{"token": "t', b"[1]", b"\xff"])
def test_a_damaged_file_is_ignored(cache, folder, content):
    cache.write(KEY, {"token": "t1"})
    (folder / KEY).write_bytes(content)
    assert cache.read(KEY) is None


def test_files_of_yesterday_are_removed(cache, folder):
    cache.write("old", {"token": "t1"})
    SecretCache(str(folder), clock=lambda: time.time() + 25 * 3600).write("new", {"token": "t2"})
    assert "old" not in {path.name for path in folder.iterdir()}


def _fetch_once(folder, fetched):
    cache = SecretCache(folder)
    with cache.lock(KEY):
        if cache.read(KEY) is None:
            with fetched.get_lock():
                fetched.value += 1
            cache.write(KEY, {"token": "t1"})


def test_forks_fetch_a_token_once(folder):
    context = multiprocessing.get_context("fork")
    fetched = context.Value("i", 0)
    forks = [context.Process(target=_fetch_once, args=(str(folder), fetched)) for _number in range(8)]
    for fork in forks:
        fork.start()
    for fork in forks:
        fork.join(30)
    assert [fork.exitcode for fork in forks] == [0] * 8
    assert fetched.value == 1
