# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets: their modes, their wholeness, and every way in which a disk can say no."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage import files
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.download import PrivateDownload
from hypothesis import given
from hypothesis import strategies as st

from tests.support.disk import content, mode
from tests.support.downloads import receive

pytestmark = pytest.mark.usefixtures("umask")


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
    with pytest.raises(Unsafe, match="symbolic link"), PrivateDownload(os.path.join(folder, "link")):
        pass


def test_only_abandoned_parts_are_removed(folder):
    path = os.path.join(folder, "backup.nsb")
    abandoned = os.path.join(folder, ".backup.nsb.0123abcd.part")
    other = os.path.join(folder, ".other.nsb.0123abcd.part")
    for name in (abandoned, other):
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
        os.chmod(name, 0o600)
    with PrivateDownload(path) as running:
        running.write(b"first")
        assert not os.path.exists(abandoned) and os.path.exists(other)
        with PrivateDownload(path):
            pass
        running.commit()
    assert content(path) == b"first"


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
