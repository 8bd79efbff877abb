# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Random examples without luck: the same ones in each run, and never a failure because the machine is busy."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("project", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

# Places whose tests take seconds each: they begin first, so that no worker is left with them at the end, and `make quick` leaves them out.
SLOW = (
    "tests/chaos/",
    "tests/unit/docs/test_commands.py",
    "tests/unit/fuzz/test_removed_fields.py",
    "tests/unit/playbooks/",
    "tests/unit/rehearsals/",
    "tests/unit/plugins/action/",
    "tests/unit/plugins/module_utils/operations/test_final_check.py",
    "tests/unit/plugins/modules/test_package_names.py",
    "tests/unit/plugins/modules/test_pair_upgrade.py",
    "tests/unit/roles/test_decisions.py",
    "tests/unit/test_release_names.py",
    "tests/unit/test_slow_client.py",
)


def pytest_collection_modifyitems(items):
    """Deal the slow tests out among the quick ones that each worker begins with (--dist worksteal gives each a block)."""
    slow = [item for item in items if item.nodeid.startswith(SLOW)]
    for item in slow:
        item.add_marker("slow")
    quick = [item for item in items if not item.nodeid.startswith(SLOW)]
    blocks = max(1, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    items[:] = [item for n in range(blocks) for item in [*slow[n::blocks], *_block(quick, n, blocks)]]


def _block(items, number, of):
    return items[len(items) * number // of : len(items) * (number + 1) // of]
