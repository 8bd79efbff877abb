# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Random examples without luck: the same ones in each run, and never a failure because the machine is busy."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("project", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

# Folders whose tests take seconds each: they begin first, so that no worker is left with them at the end.
SLOW = ("tests/chaos/", "tests/unit/playbooks/", "tests/unit/plugins/action/")


def pytest_collection_modifyitems(items):
    """Deal the slow tests out among the quick ones that each worker begins with (--dist worksteal gives each a block)."""
    slow = [item for item in items if item.nodeid.startswith(SLOW)]
    quick = [item for item in items if not item.nodeid.startswith(SLOW)]
    blocks = max(1, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    items[:] = [item for n in range(blocks) for item in [*slow[n::blocks], *_block(quick, n, blocks)]]


def _block(items, number, of):
    return items[len(items) * number // of : len(items) * (number + 1) // of]
