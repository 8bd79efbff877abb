# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.export_dates import DateReader


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Online since 2023-11-14 22:13:20", 1700000000),
        ("2023-11-14T22:13:20Z", 1700000000),
        ("14.11.2023 23:13:20 +01:00", 1700000000),
        ("14.11.2023", 1699920000),
        ("15.11.2023, then 2023-11-14", 1699920000),
        ("never", None),
    ],
)
def test_clear_dates_are_read(text, seconds):
    assert DateReader().read(text, "line 2") == seconds


@pytest.mark.parametrize("text", ["11/12/2023", "2023-11-14 10:00 PM", "31.02.2023", "Nov 14, 2023"])
def test_unclear_dates_are_refused(text):
    with pytest.raises(InvalidInput, match="line 2"):
        DateReader().read(text, "line 2")


def test_a_given_format_is_used():
    assert DateReader("%m/%d/%Y %I:%M %p").read("11/14/2023 10:13 PM", "x") == 1699999980


@pytest.mark.parametrize("text", ["%d.%m", "%H:%M", "%Q %d %m %Y"])
def test_an_incomplete_format_is_refused(text):
    with pytest.raises(InvalidInput, match="export_date_format"):
        DateReader(text)


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(InvalidInput, match="time zone"):
        DateReader(timezone_name="Mars/Olympus")
