# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.moments import iso, iso_rounded_up, plausible, read_time, with_dates


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (1700000000, "2023-11-14T22:13:20+00:00"),
        (0, "1970-01-01T00:00:00+00:00"),
        (None, ""),
        (float("inf"), ""),
        (float("nan"), ""),
        (1e20, ""),
    ],
)
def test_iso_writes_utc(moment, text):
    assert iso(moment) == text


def test_rounding_up_is_never_early():
    assert iso_rounded_up(0.001) == iso(1) and iso_rounded_up(1.0) == iso(1)
    assert iso_rounded_up(float("inf")) == iso_rounded_up(float("nan")) == ""


@pytest.mark.parametrize("text", ["2023-11-14T22:13:20Z", "2023-11-14 22:13:20", "2023-11-14T23:43:20+01:30", "2023-11-14T20:13:20.5-0200"])
def test_read_time_reads_zones(text):
    assert read_time(text) == 1700000000


@pytest.mark.parametrize("value", ["", "yesterday", "2023-13-01T00:00:00Z", "1969-12-31T23:59:59Z", None, 5])
def test_read_time_refuses_the_rest(value):
    with pytest.raises((ValueError, TypeError)):
        read_time(value)


@pytest.mark.parametrize("seconds", [-1, 253402300800, float("nan")])
def test_moments_outside_of_the_calendar_are_refused(seconds):
    with pytest.raises(ValueError):
        plausible(seconds)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("it began at 2026-03-02T20:05:59+00:00.", "it began at 2026-03-02 20:05 UTC."),
        ("from 2026-03-02T20:05:00Z to 2026-03-03T00:00:00Z", "from 2026-03-02 20:05 UTC to 2026-03-03 00:00 UTC"),
        ("2026-03-02T20:05:59+01:00", "2026-03-02T20:05:59+01:00"),
        ("", ""),
    ],
)
def test_moments_in_a_sentence_become_dates(text, shown):
    assert with_dates(text) == shown
