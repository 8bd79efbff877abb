# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The simulator as a house of its own, and its papers."""

import ast
import pathlib
import re

import simulator
from simulator import acts, world
from simulator.__main__ import options

ROOT = pathlib.Path(simulator.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def test_it_imports_nothing_of_the_collection():
    for path in ROOT.rglob("*.py"):
        foreign = [name for name in imported(path) if name.startswith(("ansible", "plugins"))]
        assert foreign == [], path


def keys(schema):
    """Every key of the schema at any depth."""
    for key, child in schema.get("properties", {}).items():
        yield key
        yield from keys(child)
    if "items" in schema:
        yield from keys(schema["items"])


def test_readme_has_every_world_key():
    schema = world._schema()
    known = set(keys(schema)).union(*(keys(part) for part in schema["$defs"].values()))
    written = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"`([^`\n]+)`", README))))
    assert sorted(known - written) == []


def test_readme_has_every_act_and_option():
    assert [name for name in acts.ACTS if f"`{name}`" not in README] == []
    assert [name for name in world.shipped() if f"`{name}`" not in README] == []
    given = vars(options([]))
    assert [name for name in given if f"`--{name.replace('_', '-')}`" not in README] == []


def test_the_small_world_of_the_readme_loads():
    text = README.partition("    schema: 1\n")[2].partition("\n\n")[0]
    lines = ["schema: 1", *(line.strip() for line in text.split("\n"))]
    assert world.parse("\n".join(lines))["name"] == "mine"
