# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Times on the page."""

from tests.support import stories
from tests.support.reports import html_of


def test_times_are_in_both_zones_and_labeled():
    assert "Fri 2026-03-06 20:00 Europe/Berlin" in html_of(stories.finished()) and "Fri 2026-03-06 19:00 UTC" in html_of(stories.finished())
    assert "Fri 2026-03-06 19:00 UTC</span>" not in html_of(stories.finished(), zone="UTC")
