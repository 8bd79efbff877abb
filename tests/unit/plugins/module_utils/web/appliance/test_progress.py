# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The progress of an installation, as the pages show it."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates

STATES = {
    "tables": [
        ("Base 5.1.0", "base", "5.1.0", "available", ()),
        ("Bomgar 16.1.3", "site", "16.1.3", "blocked", ("Base 5.1.0",)),
        ("Bomgar 18.2.4", "site", "18.2.4", "blocked", ("Base 5.1.0", "Bomgar 16.1.3")),
        ("Representative License Add-On (25 seats)", "licence", None, "available", ()),
        ("Base 4.2.1", "base", "4.2.1", "installed", ()),
    ],
    "cards": [
        ("Base 6.2.0", "base", "6.2.0", "available", ()),
        ("BeyondTrust 22.1.4", "site", "22.1.4", "blocked", ("Base 6.2.0",)),
        ("BeyondTrust 23.2.1", "site", "23.2.1", "blocked", ("BeyondTrust 22.1.4",)),
        ("Hotfix BT24-10-ONPREM1", "hotfix", None, "blocked", ()),
        ("Base 6.1.0", "base", "6.1.0", "installed", ()),
    ],
    "deutsch": [
        ("Base 6.0.2", "base", "6.0.2", "available", ()),
        ("Lizenzpaket Support-Techniker", "licence", None, "available", ()),
        ("Bomgar 19.1.8", "site", "19.1.8", "blocked", ("Base 6.0.2",)),
        ("Bomgar 20.1.1", "site", "20.1.1", "blocked", ("Bomgar 19.1.8",)),
    ],
    "plain": [
        ("Base 7.0.0", "base", "7.0.0", "available", ()),
        ("Enterprise Licence Add-On", "licence", None, "available", ()),
        ("BeyondTrust Remote Support 24.1.2", "site", "24.1.2", "blocked", ("Base 7.0.0",)),
        ("BeyondTrust Remote Support 24.3.1", "site", "24.3.1", "blocked", ("BeyondTrust Remote Support 24.1.2",)),
    ],
}


def test_a_running_installation_is_noticed(at_updates):
    updates = appliance_updates.read(at_updates("cards/progress.html"))
    assert updates.installing
    assert updates.packages == ()


@pytest.mark.parametrize(
    ("page", "percent", "text"),
    [
        ("cards/progress.html", 64.0, "Base 6.2.0 is being installed."),
        ("tables/progress.html", 37.0, "Installing Base 5.1.0..."),
    ],
)
def test_progress_is_read(at_updates, page, percent, text):
    progress = appliance_updates.progress(at_updates(page))
    assert (progress.running, progress.failed) == (True, False)
    assert progress.text == text
    assert progress.percent == percent


def test_a_failed_installation_is_noticed(at_updates):
    page = "<html><body><a href=/x>Log Out</a><div class=alert>Installation of Base 6.2.0 failed: checksum error.</div></body></html>"
    progress = appliance_updates.progress(at_updates(page))
    assert (progress.running, progress.failed) == (False, True)
    assert "checksum" in progress.text


def test_general_warnings_are_no_failure_and_no_progress(page):
    from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.progress import read_progress

    for layout in STATES:
        progress = read_progress(page(f"{layout}/updates.html"))
        assert (progress.running, progress.failed) == (False, False), layout
