# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""When steps start, and which of them need a maintenance window."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.window import read_windows
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.before import in_window
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.schedule import scheduled

from tests.support.pairs import NOW  # Monday, 2026-03-02 12:00 UTC

CUTS = "users and clients"
NIGHT = {"list": [{"start": "22:00", "end": "02:00"}], "margin": 0}


def step(action, seconds, disturbs="", hop=1):
    return {"action": action, "node": "a", "title": action, "disturbs": disturbs, "hop": hop, "estimate": {"seconds": seconds}}


def starts(steps, windows=None, **more):
    return [one["starts_at"][8:16] for one in scheduled(steps, read_windows(windows), NOW, **more)]


def needs(steps, windows):
    return [(one["window"] or {}).get("seconds") for one in scheduled(steps, read_windows(windows), NOW)]


HOP = [step("sync", 900), step("break", 300), step("install", 3600), step("take_over", 600, CUTS), step("install", 3600), step("sync", 900)]


def test_without_windows_each_step_follows_the_one_before():
    steps = [step("install", 3600, CUTS), step("catch_up", 86400), step("install", 3600, CUTS)]
    assert starts(steps) == ["02T12:00", "02T13:00", "03T13:00"] and needs(steps, None) == [None, None, None]


def test_only_disturbing_steps_wait_for_the_window():
    """A step that ends connections waits for the window; the wait for clients does not."""
    steps = [step("install", 7200, CUTS), step("install", 7200, CUTS), step("install", 3600, CUTS), step("catch_up", 86400)]
    assert starts(steps, NIGHT) == ["02T22:00", "03T00:00", "03T22:00", "03T23:00"]
    assert needs(steps, NIGHT) == [7200, 7200, 3600, None]


def test_waiting_clients_need_the_rest():
    assert starts([step("catch_up", 86400), step("install", 60)], waiting_since=NOW - 82800) == ["02T12:00", "02T13:00"]
    assert starts([step("catch_up", 86400), step("install", 60)], waiting_since=NOW - 90000) == ["02T12:00", "02T12:00"]


def test_a_break_needs_time_for_its_hop():
    """Until the last step of the hop that ends connections."""
    assert needs(HOP, NIGHT) == [None, 300 + 3600 + 600, None, 600, None, None]
    assert starts(HOP, NIGHT)[:3] == ["02T12:00", "02T22:00", "02T22:05"]


def test_break_before_unfit_hop_needs_own_time():
    short = {"list": [{"start": "22:00", "end": "22:30"}], "margin": 0}
    assert needs(HOP, short)[1] == 300


def test_unfit_step_is_refused_at_once():
    """A step that never fits a window is refused before anything is done."""
    with pytest.raises(InvalidInput, match="install on a never fits into a maintenance window: it needs 300 minutes"):
        scheduled([step("sync", 60), step("install", 18000, CUTS)], read_windows(NIGHT), NOW)


def test_window_comes_first_and_after_delays():
    """The window comes first, and again after what takes its time."""
    steps = scheduled([step("install", 3600, CUTS)], read_windows(NIGHT), NOW)
    look = {"do": "window", "node": "a", "seconds": 3600, "what": "install"}
    assert in_window(steps, [{"do": "backup", "node": "a"}]) == [look, {"do": "backup", "node": "a"}, look]
    assert in_window(steps, []) == [look]
    assert in_window(scheduled([step("sync", 60)], read_windows(NIGHT), NOW), []) == [] and in_window([], []) == []
