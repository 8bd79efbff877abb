# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The curve of a catch-up."""


def test_catch_up_curve_has_all_readings(finished):
    assert [one["percent"] for one in finished["catch_ups"][-1]["readings"]] == [9.5, 43.6, 59.5, 95.0]
    assert finished["catch_ups"][-1]["stragglers"] == 11
