# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which readings of a held catch-up are recorded."""

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.points import MOST, is_point


def recorded(readings, online_before=None):
    kept = []
    for reading in readings:
        if is_point(kept, reading, online_before):
            kept.append(reading)
    return kept


def test_unchanged_wait_has_one_point_hourly():
    readings = [{"at": minute * 60.0, "online": 50} for minute in range(24 * 60)]
    assert [one["at"] for one in recorded(readings, 100)] == [hour * 3600.0 for hour in range(24)]


def test_each_percent_is_a_point():
    readings = [{"at": float(number), "done": number, "of": 1000} for number in range(101)]
    assert [one["done"] for one in recorded(readings)] == list(range(0, 101, 10))


def test_online_clients_count_without_a_list():
    readings = [{"at": 0.0, "online": 0}, {"at": 60.0, "online": 5}, {"at": 120.0, "online": 10}]
    assert [one["online"] for one in recorded(readings, 1000)] == [0, 10]
    assert [one["online"] for one in recorded(readings, None)] == [0]


def test_jumping_curve_is_bounded():
    readings = [{"at": float(number), "online": 100 * (number % 2)} for number in range(10_000)]
    assert len(recorded(readings, 100)) == MOST
