# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The progress of an installation, as the pages show it."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import updates as appliance_updates

from tests.support.update_lists import STATES


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
