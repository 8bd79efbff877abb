# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Given a simulated appliance."""

import pytest
from simulator.testing import Running

from tests.support.appliances import Bench


@pytest.fixture
def given(tmp_path):
    """given("world name or YAML") starts a simulator and gives a Bench; all are stopped at the end of the test."""
    started = []

    def start(world="far_outdated"):
        running = Running(world)
        started.append(running)
        return Bench(running, tmp_path)

    yield start
    for running in started:
        running.stop()
