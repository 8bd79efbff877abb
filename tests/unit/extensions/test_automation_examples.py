# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The recipes of examples/automation name playbooks that are shipped, and fields that reports have."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RECIPES = sorted(one for one in (ROOT / "examples/automation").rglob("*") if one.is_file())
PLAYBOOKS = {one.stem for one in (ROOT / "playbooks").glob("*.yml")}
SOURCES = {"report"}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_name_of_the_collection_exists(recipe):
    named = set(re.findall(r"\bbomgar\.appliance\.(\w+)", recipe.read_text(encoding="utf-8")))
    assert named <= PLAYBOOKS | SOURCES, named


def test_schema_has_fields_that_recipes_use():
    schema = json.loads((ROOT / "docs/schemas/report.schema.json").read_text(encoding="utf-8"))["properties"]
    assert {"site", "state", "verdict", "runs", "next"} <= set(schema)
    assert {"first", "command", "not_before"} <= set(schema["next"]["properties"])
