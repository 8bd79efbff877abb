# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every variable that the documentation, the examples, the playbooks and the scenarios name is one that the roles know."""

import re
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.names import OWN_PREFIXES, mistakes, sentence
from ansible_collections.bomgar.appliance.plugins.plugin_utils.role_specs import KNOWN

ROOT = Path(__file__).parents[3]
TEXTS = sorted(
    path
    for pattern in (
        "README.md",
        "SECURITY.md",
        "docs/guides/*.md",
        "examples/**/*.yml",
        "playbooks/**/*.yml",
        "extensions/molecule/**/*.yml",
    )
    for path in ROOT.glob(pattern)
)
NAME = re.compile(rf"(?<![\w./~-])(?:{'|'.join(OWN_PREFIXES)})\w+(?![\w.(*/<]|\.yml)")
NO_VARIABLES = {path.stem for pattern in ("plugins/modules/*.py", "playbooks/*.yml", "roles/*") for path in ROOT.glob(pattern)}


def named(text):
    return set(NAME.findall(text)) - NO_VARIABLES


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_text_names_known_variables_only(path):
    assert [sentence(*one) for one in mistakes(named(path.read_text()), KNOWN, ())] == []


def test_names_are_found():
    assert {"upgrade_target_version", "bomgar_url", "bomgar_web_password"} <= named((ROOT / "README.md").read_text())
