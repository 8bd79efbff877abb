# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What no line of plugins/ may do: loop without an end, swallow everything, trust anybody by default, sleep where nobody sees it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "plugins").rglob("*.py"))
# The one loop that waits; its deadline is inside.
LOOPS = {"wait.py"}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


# A check that crashes has not looked, and that blocks: the only place where any exception is an answer.
# And the end of every module: a fault of this collection still says whether anything was asked of the appliance. The fuzz tests
# call the functions below it, so that it hides no fault from them.
CATCHES_ALL = {"registry.py", "module.py"}


def dotted(node):
    """'time.sleep' of an attribute or a name; '' of anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def offences(source, name):
    """What the rules forbid in a file, each as 'line: sentence'."""
    tree, found = ast.parse(source), []
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.While) and _endless(node) and name not in LOOPS:
            found.append(f"{line}: a loop without an end")
        if isinstance(node, ast.ExceptHandler) and _everything(node.type) and name not in CATCHES_ALL:
            found.append(f"{line}: everything is caught")
        if isinstance(node, (ast.Attribute, ast.Name)) and dotted(node) == "time.sleep" and name != "wait.py":
            found.append(f"{line}: it sleeps outside wait.py")
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.body[0].lineno == node.lineno:
            found.append(f"{line}: a function on one line, which the pycodestyle of ansible-core 2.16 refuses")
        if isinstance(node, ast.ImportFrom) and node.module == "time" and any(one.name == "sleep" for one in node.names):
            found.append(f"{line}: it sleeps outside wait.py")
        found += [f"{line}: nobody is checked" for one in _keywords(node) if one == ("verify", False)]
        found += [f"{line}: without validate_certs nobody is checked" for one in _defaults(node) if one == ("validate_certs", False)]
    return found


def _endless(loop):
    """`while True`, or a loop whose condition nothing in it can change."""
    if isinstance(loop.test, ast.Constant):
        return bool(loop.test.value)
    read = {dotted(one) for one in ast.walk(loop.test) if isinstance(one, (ast.Name, ast.Attribute))}
    inside = [one for part in (loop.test, *loop.body) for one in ast.walk(part)]
    touched = {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    touched |= {
        dotted(one.func.value)
        for one in inside
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in ("pop", "popleft")
    }
    called = any(isinstance(one, ast.Call) for one in ast.walk(loop.test))
    return not (read & touched) and not called


def _everything(kind):
    names = [dotted(one) for one in (kind.elts if isinstance(kind, ast.Tuple) else [kind])] if kind is not None else [""]
    return any(name in ("", "Exception", "BaseException", "builtins.Exception") for name in names if kind is None or name)


def _keywords(node):
    return [(one.arg, one.value.value) for one in getattr(node, "keywords", ()) if isinstance(one.value, ast.Constant)]


def _defaults(node):
    if isinstance(node, ast.FunctionDef):
        arguments = [*node.args.args, *node.args.kwonlyargs]
        values = [*node.args.defaults, *node.args.kw_defaults]
        return [(name.arg, value.value) for name, value in zip(arguments[-len(values) :], values) if isinstance(value, ast.Constant)]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "plugins")))
def test_a_file_keeps_the_rules(path):
    assert offences(path.read_text(encoding="utf-8"), path.name) == []


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass",
        "while 1:\n    work()",
        "while busy:\n    work()",
        "try:\n    work()\nexcept Exception:\n    pass",
        "try:\n    work()\nexcept:\n    pass",
        "try:\n    work()\nexcept (OSError, BaseException):\n    pass",
        "get(url, verify=False)",
        "def connect(url, validate_certs=False):\n    pass",
        "import time\ntime.sleep(1)",
        "from time import sleep",
        "def wait(sleep=time.sleep):\n    pass",
        "def host(self): ...",
    ],
)
def test_the_rules_find_what_they_forbid(source):
    assert offences(source, "some.py"), source


@pytest.mark.parametrize(
    "source",
    [
        "while left:\n    left = left[1:]",
        "while chunk := read(1):\n    use(chunk)",
        "while not os.path.exists(path):\n    path = parent(path)",
        "try:\n    work()\nexcept (OSError, ValueError):\n    pass",
        "get(url, verify=True)",
        "for one in range(3):\n    work(one)",
    ],
)
def test_the_rules_leave_the_rest_alone(source):
    assert offences(source, "some.py") == []
