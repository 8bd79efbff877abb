# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The house of docs/ARCHITECTURE.md, asked of the code: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLUGINS = ROOT / "plugins"
SOURCES = sorted(PLUGINS.rglob("*.py")) + sorted((ROOT / "simulator").rglob("*.py"))
OUTSIDE = {"requests", "urllib3", "socket", "subprocess", "http", "urllib", "open", "time"}


def imports(path):
    """Top-level module names and relative module paths that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            if node.level and not node.module:
                yield from ("." * node.level + alias.name for alias in node.names)


def calls(path, name):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and ast.unparse(node.func) == name]


def test_the_simulator_imports_nothing_of_the_plugins():
    guilty = [
        (path.name, name)
        for path in (ROOT / "simulator").rglob("*.py")
        for name in imports(path)
        if "plugins" in name or "ansible" in name or name.startswith("...") and "simulator" not in str(path)
    ]
    assert guilty == []


def test_the_plugins_import_nothing_of_the_simulator():
    assert [(p.name, n) for p in PLUGINS.rglob("*.py") for n in imports(p) if "simulator" in n] == []


@pytest.mark.parametrize("room", ["policy", "model"])
def test_decisions_and_values_do_no_input_or_output(room):
    guilty = [
        (path.name, name)
        for path in (PLUGINS / "module_utils" / room).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in OUTSIDE and name != "urllib.parse"
    ]
    assert guilty == []
    assert [path.name for path in (PLUGINS / "module_utils" / room).rglob("*.py") if calls(path, "open")] == []


def rooms(path):
    """The names in module_utils that a file below it imports, as 'errors' or 'model'."""
    up = "." * len(path.relative_to(PLUGINS / "module_utils").parts)
    for name in imports(path):
        if name.startswith(up) and not name.startswith(up + "."):
            yield name[len(up) :].split(".")[0]


# Each room of module_utils, and which others it may import from. Arrows point down: nobody imports what is above.
ROOMS = {
    "model": {"errors"},
    "policy": {"errors", "model"},
    "storage": {"errors", "mask", "model", "wait"},
    "http": {"errors", "mask", "model", "storage", "wait"},
    "api": {"errors", "http", "mask", "model", "storage"},
    "web": {"errors", "mask", "model", "storage"},
    "operations": {"errors", "model", "options", "outcome", "policy", "storage", "wait"},
    "appliance": {"api", "errors", "http", "model", "storage", "wait", "web"},
    "module": {"appliance", "errors", "mask", "model", "options", "outcome", "policy"},
    "errors": set(),
    "outcome": {"errors"},
    "options": set(),
    "mask": {"model"},
    "wait": {"errors"},
}


def test_every_room_is_in_the_table():
    assert {path.stem for path in (PLUGINS / "module_utils").iterdir() if not path.name.startswith("__")} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_from_below(room):
    place = PLUGINS / "module_utils" / room
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    guilty = [(str(path.relative_to(PLUGINS)), name) for path in paths for name in rooms(path) if name and name not in ROOMS[room] | {room}]
    assert paths and guilty == []


def test_only_the_transport_speaks_http():
    guilty = [
        path.name
        for path in PLUGINS.rglob("*.py")
        if path.parent != PLUGINS / "module_utils/http" and any(name.split(".")[0] in ("requests", "urllib3") for name in imports(path))
    ]
    assert guilty == []


def test_only_module_py_uses_ansible_module():
    guilty = [
        path.name
        for path in PLUGINS.rglob("*.py")
        if path.name != "module.py"
        and "AnsibleModule" in path.read_text()
        and any(name == "ansible.module_utils.basic" for name in imports(path))
    ]
    assert guilty == []


def test_only_wait_py_sleeps():
    guilty = [path.name for path in PLUGINS.rglob("*.py") if calls(path, "time.sleep")]
    assert guilty == []


def test_nobody_catches_everything():
    guilty = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")):
                guilty.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    # a preflight check that crashes is an `error` that blocks, a module that crashes still has an outcome: only there
    allowed = ["plugins/module_utils/module.py", "plugins/module_utils/policy/preflight/registry.py"]
    assert sorted(place.rpartition(":")[0] for place in guilty) == allowed
