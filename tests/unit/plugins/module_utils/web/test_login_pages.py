# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages of /login."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web import (
    login_jump_clients,
    login_software,
    login_status,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood

LOGIN = "/login/login"
SOFTWARE = "/login/management/software"


@pytest.fixture
def inside(site, browse, shown):
    """A browser before a login that leads to My Account (a page with passwords of its own)."""
    site.lay("GET", LOGIN, shown("site/login.html"))
    site.lay("POST", LOGIN, shown("site/account.html", "/login/my_account", cookies={"ns_s": "1"}))
    return browse(area="login")


@pytest.fixture
def at_software(site, inside, shown):
    site.lay("GET", "/login/management", shown("site/management.html"))
    site.lay("GET", SOFTWARE, shown("site/software.html"))
    return inside


def test_a_backup_is_streamed_with_its_password_and_without_sessions(site, at_software, file_answer):
    site.lay("POST", SOFTWARE, file_answer(b"NSB1" * 2000, disposition='attachment; filename="x.nsb"'))
    chunks = []
    result = login_software.backup(at_software, chunks.append, "hidden")
    assert b"".join(chunks) == b"NSB1" * 2000
    assert len(chunks) > 1
    assert result == {"content_type": "application/octet-stream", "disposition": 'attachment; filename="x.nsb"',
                      "size": 8000}
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


def test_a_page_in_place_of_the_backup_writes_nothing(site, at_software, shown):
    answer = "<html><body><a href=/login/logout>Logout</a><p class=error>Passwords do not match"
    site.lay("POST", SOFTWARE, shown(answer))
    chunks = []
    with pytest.raises(Refused, match="do not match"):
        login_software.backup(at_software, chunks.append, "x")
    assert chunks == []


def test_an_ended_session_is_renewed_before_the_backup_is_asked_for_again(site, at_software, shown, file_answer):
    site.lay("POST", SOFTWARE, shown("site/login.html", LOGIN), file_answer(b"NSB1" * 2000))
    site.lay("POST", LOGIN, shown("site/account.html", "/login/my_account", cookies={"ns_s": "2"}))
    site.lay("GET", SOFTWARE, shown("site/software.html"))
    chunks = []
    login_software.backup(at_software, chunks.append)
    assert sum(map(len, chunks)) == 8000
    assert site.sent[-1].cookies == {"ns_s": "2"}


def test_information_tells_version_build_and_clients(site, inside, shown):
    site.lay("GET", "/login/status", shown("site/information.html"))
    found = login_status.read(inside)
    assert (found.version, found.build, found.clients_online) == ("22.1.4", "52345-0011", 42)
    assert found.by_kind == {"Clients Online": 42, "Jump Clients": 37, "Representative Consoles": 5}


def test_jump_settings_are_read_from_fields_and_radio_buttons(site, inside, shown):
    site.lay("GET", "/login/jump", shown("site/jump.html"))
    site.lay("GET", "/login/jump/clients", shown("site/jump_clients.html"))
    found = login_jump_clients.read(inside)
    assert (found.max_concurrent, found.bandwidth, found.connection_rate) == (50, "10 MiB/s", 50)
    assert found.automatic == "cycle"


def test_jump_settings_are_read_from_german_text(site, browse, shown):
    site.lay("GET", LOGIN, shown("site/login.html"))
    site.lay("POST", LOGIN, shown("site/sprung.html", "/login/jc"))
    found = login_jump_clients.read(browse(area="login"))
    assert (found.max_concurrent, found.bandwidth, found.automatic) == (25, "5 MiB/s", "disabled")
    assert found.connection_rate is None


def test_a_page_without_jump_settings_is_not_understood(site, inside, shown):
    site.lay("GET", "/login/jump", shown("site/jump.html"))
    site.lay("GET", "/login/jump/clients", shown("site/management.html"))
    with pytest.raises(PageNotUnderstood, match="jump_automatic"):
        login_jump_clients.read(inside)
