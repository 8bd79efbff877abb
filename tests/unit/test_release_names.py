# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Appliances whose rows are named as the vendor's release pages name them, upgraded by the modules in the order of the role."""

import pytest
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.upgrades import FIRST_RUN, Standalone


@pytest.mark.parametrize(
    ("world", "target"),
    [
        ("release_names", ("24.1.2", "7.0.0")),
        ("release_names_pra", ("24.1.3", "7.0.0")),
        ("clients_passive", ("24.1.2", "7.0.0")),
    ],
)
def test_known_packages_strand_no_client(tmp_path, world, target):
    """Every site package is known, and no client is left behind."""
    with Running(world) as running:
        request = dict(zip(("target_version", "target_base"), target, strict=True))
        started = {**FIRST_RUN, "version": running.machine().version}
        assert Standalone(Bench(running, tmp_path), request=request, running_since=started).result() == {"outcome": "reached", "why": ""}
        machine = running.machine()
        assert (machine.version, machine.base_version, machine.clients.skipped) == (*target, 0)
        assert machine.clients.summary(running.now())["passive_pending"] == 0
