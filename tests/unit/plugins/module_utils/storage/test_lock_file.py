# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Links and times of the lock's files."""

import os

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.lock import Lock


def test_link_may_succeed_with_an_error(path, monkeypatch):
    real = os.link

    def link(source, name):
        real(source, name)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "link", link)
    taken = Lock(path, "")
    assert taken.acquire() is None and taken.owner().id == taken._id


def test_missing_hard_links_are_named(path, monkeypatch):
    def link(source, name):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(ApplianceError, match="hard links"):
        Lock(path, "").acquire()
    assert os.listdir(os.path.dirname(path)) == []
