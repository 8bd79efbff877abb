# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import AccessDenied, NotFound, Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.model.health import LoggedIn
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.drain import PeopleWatch
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.drain import QuietLimits


class Appliance:
    """counts: one answer of client_counts per read, the last one for ever; an error is raised."""

    def __init__(self, *counts, sessions=0):
        self.counts, self.sessions, self.now, self.lists = list(counts), sessions, 0.0, 0

    def client_counts(self):
        answer = self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def logged_in(self):
        self.lists += 1
        return [LoggedIn(id="1", name="Ada", kind="normal", since=None, sessions=self.sessions)]

    def clock(self):
        return self.now

    def wait_until(self, probe, *, timeout, interval, **_more):
        while self.now < timeout:
            self.now += interval
            found = probe()
            if found:
                return found
        return False


def test_people_are_listed_only_when_counts_seem_quiet():
    appliance = Appliance({"support_customer": 1}, {"support_customer": 1}, {"support_customer": 1}, {"support_customer": 0}, sessions=1)
    watch = PeopleWatch(appliance, QuietLimits())
    watch.read()
    appliance.sessions = 0
    assert watch.wait(250, 60) is True
    assert appliance.lists == 2


def test_without_counts_people_are_listed_every_five_minutes():
    appliance = Appliance(NotFound("no such command"), sessions=1)
    watch = PeopleWatch(appliance, QuietLimits())
    watch.read()
    assert not watch.wait(900, 60)
    assert appliance.lists == 1 + 3


@pytest.mark.parametrize("error", [NotFound("none"), Refused("unknown command")])
def test_versions_without_counts_are_read_all_the_same(error):
    assert PeopleWatch(Appliance(error, sessions=2), QuietLimits()).read().sessions == 2


def test_a_denied_count_is_raised():
    with pytest.raises(AccessDenied):
        PeopleWatch(Appliance(AccessDenied("no")), QuietLimits()).read()
