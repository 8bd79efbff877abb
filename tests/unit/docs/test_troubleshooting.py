# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/guides/troubleshooting.md quotes messages that the code has, and each message that stops a run."""

import ast
import functools
import re

import pytest

from tests.support.guides import ROOT

PAGE = (ROOT / "docs/guides/troubleshooting.md").read_text(encoding="utf-8")
CELLS = re.findall(r"^\| (`.+?`(?:<br>`.+?`)*) \|", PAGE, re.M)
QUOTED = [message.strip("`") for cell in CELLS for message in cell.split("<br>")]
VALUE = "\0"  # stands for a value in a text of the code
LETTERS = re.compile(r"[A-Za-z]{2,}")
# The page explains what a person gave and can correct in one row: these name the option, the variable or the file.
OF_VALUES = "InvalidInput"


def texts(tree):
    """The texts in a tree of Python, with VALUE in place of what is filled in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else VALUE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def pattern(message):
    return re.compile(r"[^\n]*".join(re.escape(part) for part in message.split("...")))


@functools.cache
def trees():
    """{path: tree} of the Python files of the collection."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "plugins").rglob("*.py"))}


@functools.cache
def all_texts():
    found = {text for tree in trees().values() for text in texts(tree)}
    for path in [*(ROOT / "roles").glob("*/tasks/**/*.yml"), *(ROOT / "playbooks").glob("*.yml")]:
        whole = re.sub(r"\{\{.*?\}\}", VALUE, path.read_text(encoding="utf-8"), flags=re.S)
        found.add(" ".join(whole.split()))
    return "\n".join(sorted(found))


@functools.cache
def error_classes():
    """The names of ApplianceError and of all classes below it."""
    classes = [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names, before = {"ApplianceError"}, set()
    while names != before:
        before = set(names)
        names |= {one.name for one in classes if any(isinstance(base, ast.Name) and base.id in names for base in one.bases)}
    return names


def raised():
    """(file:line, message) of each error of a run, where the message has words of its own."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and node.args
                and isinstance(node.func, ast.Name)
                and node.func.id in error_classes() - {OF_VALUES}
            ):
                message = next(iter(texts(node.args[0])), "")
                if " " in message and LETTERS.search(message):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", message


@pytest.mark.parametrize("message", QUOTED)
def test_a_quoted_message_is_one_of_the_code(message):
    assert pattern(message).search(all_texts()), "no text of plugins/ or of a role has this form"


@pytest.mark.parametrize("message", QUOTED)
def test_a_quoted_message_can_be_searched_for(message):
    assert len("".join(LETTERS.findall(message))) >= 8, "anything has this form"


def test_messages_are_quoted_once():
    assert len(set(QUOTED)) == len(QUOTED) > 150


def test_each_error_of_a_run_is_explained():
    known = [pattern(message) for message in QUOTED]
    messages = dict(raised())
    missing = [f"{place}: {message}" for place, message in messages.items() if not any(one.search(message) for one in known)]
    assert not missing and len(messages) > 120, "\n".join(missing).replace(VALUE, "...")
