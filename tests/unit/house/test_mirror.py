# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tests mirror the code: each file of plugins/module_utils that decides something has test_<file>.py at the same place.

An operation that a module offers under the same name may be tested through its module, in tests/unit/plugins/modules.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCES, TESTS = ROOT / "plugins/module_utils", ROOT / "tests/unit/plugins/module_utils"
MODULES = ROOT / "tests/unit/plugins/modules"
DECIDES = (ast.If, ast.For, ast.While, ast.IfExp, ast.comprehension, ast.Try, ast.BoolOp)

# Files that are tested where their only user is, because nothing of them is seen but what that one does with them.
TESTED_WITH = {
    "appliance.py": "test_api_against_simulator.py",
    "http/adapter.py": "http/test_transport_on_the_wire.py",
    "http/sender.py": "http/test_transport.py",
    "model/journal/actions.py": "model/journal/test_state.py",
    "model/journal/decisions.py": "model/journal/test_report.py",
    "model/journal/lines.py": "../modules/test_damaged_journal.py",
    "model/journal/parts.py": "model/journal/test_state.py",
    "model/journal/preparations.py": "model/report/test_prepared.py",
    "model/journal/snapshots.py": "../modules/test_snapshot.py",
    "model/plan.py": "policy/plan/test_planner.py",
    "model/report/html/texts.py": "model/report/html/test_page.py",
    "model/report/records.py": "model/report/test_build.py",
    "model/roles/decided.py": "../../roles/test_decisions.py",
    "operations/action_entries.py": "../modules/test_pair_entries.py",
    "operations/approved_plan.py": "../modules/test_upgrade_plan.py",
    "operations/catch_up_result.py": "../modules/test_catch_up.py",
    "operations/client_counts.py": "../modules/test_catch_up.py",
    "operations/end_sessions.py": "../modules/test_session_drain.py",
    "operations/install.py": "../modules/test_update_install.py",
    "operations/install_by_hand.py": "../modules/test_update_install.py",
    "operations/install_inputs.py": "../modules/test_update_install.py",
    "operations/install_step.py": "../modules/test_update_install.py",
    "operations/installer_files.py": "../modules/test_client_installers.py",
    "operations/installers.py": "../modules/test_client_installers.py",
    "operations/journal_report.py": "../modules/test_journal_info.py",
    "operations/jump_settings.py": "../modules/test_jump_client_settings.py",
    "operations/observation.py": "../modules/test_catch_up.py",
    "operations/observed.py": "../modules/test_unobserved_start.py",
    "operations/offers.py": "../modules/test_site_info.py",
    "operations/pair.py": "../modules/test_failover.py",
    "operations/pair_signs.py": "../modules/test_failover.py",
    "operations/preflight.py": "policy/preflight/test_run.py",
    "operations/preflight_machine.py": "../modules/test_bad_places.py",
    "operations/read_pair.py": "../modules/test_site_info.py",
    "operations/rehearsal.py": "model/world/test_rehearsal.py",
    "operations/site.py": "../modules/test_site_info.py",
    "operations/site_plan.py": "../modules/test_upgrade_plan.py",
    "operations/snapshot_areas.py": "../modules/test_snapshot.py",
    "operations/snapshot_lists.py": "../modules/test_snapshot.py",
    "operations/wait_for_catch_up.py": "../modules/test_catch_up.py",
    "storage/fresh_files.py": "../modules/test_backup.py",
    "web/appliance/automatic.py": "web/appliance/test_updates.py",
    "web/appliance/similar_rows.py": "web/appliance/test_package_rows.py",
    "web/change.py": "web/appliance/test_install.py",
    "web/html/layout.py": "web/html/test_forms.py",
    "web/html/page.py": "web/test_markup_around.py",
    "web/html/pairs.py": "web/html/test_facts.py",
    "web/html/structure.py": "web/test_markup_around.py",
    "web/login/account.py": "web/login/test_console_links.py",
    "web/login/failover_buttons.py": "web/login/test_failover.py",
    "web/login/jump_fields.py": "web/login/test_jump_form.py",
    "web/page_labels.py": "../modules/test_page_probe.py",
    "web/probe.py": "../modules/test_page_probe.py",
    "web/purposes.py": "../modules/test_page_probe.py",
}
# Rooms whose files are tested together, because they are parts of one table: the checks of a preflight, the areas of a snapshot.
TOGETHER = {
    "model/snapshot": "../modules/test_snapshot.py",
    "model/world": "../modules/test_world_read.py",
    "policy/comparison": "policy/comparison/test_site.py",
    "policy/preflight": "policy/preflight/test_run.py",
}


def decides(path):
    return any(isinstance(node, DECIDES) for node in ast.walk(ast.parse(path.read_text())))


FILES = [path.relative_to(SOURCES) for path in sorted(SOURCES.rglob("*.py")) if path.name != "__init__.py" and decides(path)]


def mirrored(path):
    """The test of a file at its own place, or that of the module of its name."""
    places = [TESTS / path.parent / f"test_{path.name}"]
    places += [MODULES / f"test_{path.name}"] if path.parent.name == "operations" else []
    return [place for place in places if place.exists()]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_each_file_that_decides_has_its_test(path):
    other = TESTED_WITH.get(str(path)) or TOGETHER.get(str(path.parent))
    assert mirrored(path) or other and (TESTS / other).exists()


def test_the_list_of_exceptions_is_short_and_true():
    assert set(TESTED_WITH) <= {str(path) for path in FILES}
    assert [name for name in TESTED_WITH if mirrored(Path(name))] == []
    assert len(TESTED_WITH) < len(FILES) / 5
