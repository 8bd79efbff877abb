# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The backup by page is streamed, with its password, after a new login if needed."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import software as login_software

LOGIN = "/login/login"
SOFTWARE = "/login/management/software"


@pytest.fixture
def at_software(site, inside, shown):
    site.lay("GET", "/login/management", shown("site/management.html"))
    site.lay("GET", SOFTWARE, shown("site/software.html"))
    return inside


def test_a_backup_is_streamed_with_its_password(site, at_software, file_answer):
    site.lay("POST", SOFTWARE, file_answer(b"NSB1" * 2000, disposition='attachment; filename="x.nsb"'))
    chunks = []
    result = login_software.backup(at_software, chunks.append, "hidden")
    assert b"".join(chunks) == b"NSB1" * 2000
    assert len(chunks) > 1
    assert result == {"content_type": "application/octet-stream", "disposition": 'attachment; filename="x.nsb"', "size": 8000}
    raw = site.sent[-1].raw.decode()
    assert 'name="bp"\r\n\r\nhidden\r\n' in raw
    assert 'name="bp2"\r\n\r\nhidden\r\n' in raw
    assert 'name="vp"\r\n\r\n\r\n' in raw
    assert 'name="do"\r\n\r\nbackup\r\n' in raw
    assert 'name="x"\r\n\r\ntok\r\n' in raw
    assert 'name="hist"' not in raw
    assert "restore" not in raw
    assert "vault" not in raw


def test_sessions_are_included_when_wanted(site, at_software, file_answer):
    site.lay("POST", SOFTWARE, file_answer(b"NSB1" * 2000))
    login_software.backup(at_software, lambda chunk: None, include_sessions=True)
    assert 'name="hist"\r\n\r\n1\r\n' in site.sent[-1].raw.decode()


def test_page_is_no_backup_file(site, at_software, shown):
    answer = "<html><body><a href=/login/logout>Logout</a><p class=error>Passwords do not match"
    site.lay("POST", SOFTWARE, shown(answer))
    chunks = []
    with pytest.raises(Refused, match="do not match"):
        login_software.backup(at_software, chunks.append, "x")
    assert chunks == []


def test_an_ended_session_is_renewed_for_the_backup(site, at_software, shown, file_answer):
    site.lay("POST", SOFTWARE, shown("site/login.html", LOGIN), file_answer(b"NSB1" * 2000))
    site.lay("POST", LOGIN, shown("site/account.html", "/login/my_account", cookies={"ns_s": "2"}))
    site.lay("GET", SOFTWARE, shown("site/software.html"))
    chunks = []
    login_software.backup(at_software, chunks.append)
    assert sum(map(len, chunks)) == 8000
    assert site.sent[-1].cookies == {"ns_s": "2"}
