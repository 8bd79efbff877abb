# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The axis of a picture."""

from datetime import timezone

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.page import page

from tests.support import stories
from tests.support.reports import report_of


def test_summer_time_moves_the_axis():
    local = timezone.utc
    assert page(report_of(stories.finished(), zone="UTC"), language="en", local=lambda moment: moment.astimezone(local)).count(b"<svg") >= 2
