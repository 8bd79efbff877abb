# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An area of a snapshot that a removed field of a reply changes is never `same`: JSON and XML generations, and the pages of both layouts.

The replies to one snapshot are recorded from the simulator. Then each field of each reply is removed in turn, a snapshot is made of the
replies that are left, and both are compared. Half of the fields that no page shows for each commit; CHAOS=whole takes all.
"""

from __future__ import annotations

import shutil

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import connect
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.snapshot_areas import read_areas
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.comparison.rules import Terms, compare_area
from ansible_collections.bomgar.appliance.plugins.modules import snapshot
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.sample import part

from .test_removed_fields import LOGIN, WORLDS, Replies, fields


class Clock:
    """A clock that sleeping moves: the rate limit of the account takes no time."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += max(seconds, 0.01)


class Recorded:
    """A recorded snapshot, to be taken again of other replies. areas: of the replies as they came."""

    def __init__(self, name, folder):
        self._folder, self._number = folder, 0
        with Running(name) as running:
            given = Bench(running, folder).params(snapshot.OPERATION, when="before", state_dir=str(folder / "site"), **LOGIN)
            self._params = {**given, "ca_path": str(shutil.copy(given["ca_path"], folder / "ca.pem"))}
            one = connect(self._params)
            recorder = Replies(inner=one._transport._session.get_adapter("https://x"))
            one._transport._session.mount("https://", recorder)
            self._certificate = one.certificate()
            _health, self.clock, self.areas = read_areas(one, names=[""], client_limit=1000)
            self.recorded = recorder.recorded

    def take(self, key, body):
        """The areas when all replies to this request have another body; None if the appliance does not tell then which one it is."""
        self._number += 1
        clock = Clock()
        one = connect({**self._params, "cache_dir": str(self._folder / f"cache{self._number}")}, clock=clock, sleep=clock.sleep)
        changed = {**self.recorded, key: [(status, headers, body) for status, headers, _body in self.recorded[key]]}
        one._transport._session.mount("https://", Replies(changed))
        one.certificate = lambda *_name: self._certificate
        try:
            return read_areas(one, names=[""], client_limit=1000)[2]
        except ApplianceError:
            return None


def content(area):
    """What an area says, without where it was read."""
    return {name: value for name, value in area.as_dict().items() if name != "source"}


@pytest.mark.parametrize(("name", "pages"), [("json", False), ("xml", False), ("xml", True), ("modern pages", True)])
def test_a_removed_field_is_never_the_same(name, pages, tmp_path):
    given = WORLDS[name]
    if "\n" in given:
        (tmp_path / "world.yml").write_text(given)
    site, wrong, tried, read = Recorded(str(tmp_path / "world.yml") if "\n" in given else given, tmp_path), [], 0, 0
    terms = Terms(clock=site.clock)
    for key, replies in site.recorded.items():
        found = list(fields(key, replies, pages))
        for field, without, _other in found if pages else part(found):
            areas, tried = site.take(key, without), tried + 1
            for area, before in site.areas.items() if areas is not None else ():
                if content(areas[area]) == content(before):
                    continue
                read += 1
                for one, two in ((before, areas[area]), (areas[area], before)):
                    verdict = compare_area(area, one, two, terms)
                    wrong += [(key[1], field, area, verdict.sentence)] if verdict.verdict == "same" else []
    print(f"\n{name}: {tried} fields, {read} pairs of a field and an area that it changes")
    assert wrong == []
    assert tried > 10 and read > 5
