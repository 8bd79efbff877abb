# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The list of packages in different markups."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood

from tests.support.update_lists import STATES

LOGIN = "/appliance/login.ns"


@pytest.mark.mission("M6")
@pytest.mark.parametrize("layout", STATES)
def test_packages_are_read_from_every_markup(at_updates, layout):
    updates = appliance_updates.read(at_updates(f"{layout}/updates.html"), check=False)
    found = [(p.name, p.kind, p.version, p.state, tuple(sorted(p.waits_for))) for p in updates.packages]
    assert found == STATES[layout]
    assert not updates.installing
    assert updates.message == ""


@pytest.mark.parametrize(
    ("layout", "method", "path", "sent"),
    [
        ("tables", "POST", "/appliance/update.ns", {"csrf": "checkcsrf000001", "check": "Check for Updates"}),
        ("cards", "GET", "/appliance/updates/check", {}),
        ("deutsch", "GET", "/appliance/up?suchen=1", {}),
        ("plain", "GET", "/appliance/u?c=1", {}),
    ],
)
def test_check_for_updates_works_as_button_form_link(site, at_updates, shown, layout, method, path, sent):
    browser = at_updates(f"{layout}/updates.html")
    site.lay(method, path, shown(f"{layout}/updates.html"))
    assert len(appliance_updates.read(browser).packages) == len(STATES[layout])
    assert site.sent[-1].form == sent


def test_the_list_is_read_again_after_another_page(site, at_updates, shown):
    browser = at_updates("cards/updates.html", "cards/updates.html")
    site.lay("GET", "/appliance/updates/check", shown("<html><body>Please wait</body></html>"))
    assert appliance_updates.read(browser).packages


def test_no_updates_differs_from_an_unknown_page(site, at_updates, shown, saved):
    browser = at_updates("deutsch/empty.html")
    updates = appliance_updates.read(browser, check=False)
    assert updates.packages == ()
    assert updates.message == "Es sind keine Aktualisierungen verfügbar."
    odd = "<html><body><nav><a href=/1>Status</a><a href=/2>Updates</a></nav>?</body>"
    site.lay("GET", "/appliance/up", shown(odd))
    with pytest.raises(PageNotUnderstood, match="install"):
        appliance_updates.read(browser, check=False)
    assert saved


@pytest.mark.parametrize(
    ("sentence", "known"),
    [
        ("There are no new software packages for this appliance.", True),
        ("Your appliance is up-to-date.", True),
        ("You run the latest version.", True),
        ("Für dieses Gerät gibt es keine neuen Aktualisierungen.", True),
        ("<p class='alert'>The update server cannot be reached.</p>", True),
        ("Moving on.", False),
        ("Version 23 of everything: <button>Apply</button>", False),
    ],
)
def test_an_empty_list_needs_a_message(site, at_updates, shown, sentence, known):
    page = f"<html><body><a href=/x>Log Out</a><a href=/c>Check for Updates</a><p>{sentence}</p></body></html>"
    browser = at_updates(page, *[] if known else [page])
    site.lay("GET", "/c", shown(page))
    if known:
        assert appliance_updates.read(browser).message
    else:
        with pytest.raises(PageNotUnderstood, match="no_updates"):
            appliance_updates.read(browser)


def test_a_list_shown_after_a_check_is_requested(site, at_updates, shown):
    page = "<html><body><a href=/x>Log Out</a><a href=/c>Check for Updates</a></body></html>"
    browser = at_updates(page, page)
    site.lay("GET", "/c", shown("cards/updates.html"))
    assert len(appliance_updates.read(browser, check=False).packages) == 5


def test_packages_with_unknown_buttons_are_not_blocked(at_updates, html):
    page = html("tables/updates.html").replace("Install This Update", "Apply")
    with pytest.raises(PageNotUnderstood, match="'Install This Update'"):
        appliance_updates.read(at_updates(page), check=False)
    found = appliance_updates.read(at_updates(page, overrides={"install": "Apply"}), check=False)
    assert found.packages[0].state == "available"


def test_the_download_key_is_read_or_followed(site, at_updates, shown):
    assert appliance_updates.download_key(at_updates("cards/updates.html")) == "K9-4711-AF00-CAFE"
    browser = at_updates("tables/updates.html")
    site.lay("GET", "/appliance/update.ns?key=1", shown("tables/key.html"))
    assert appliance_updates.download_key(browser) == "A7F3-99QX-21KD-0B4M"
