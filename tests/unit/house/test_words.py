# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One concept has one word: words that the glossary replaces are in no name, message or page."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# {word: what to write}. In names, as a part between underscores or capitals.
NAMES = {
    "actuator": "method",
    "anew": "again",
    "gate": "catch_up",
    "judge": "find_problems, decide",
    "mend": "repair",
    "noted": "recorded",
    "owed": "due",
    "owes": "must",
    "patience": "retry",
    "plainly": "",
    "told": "described, shown, facts",
    "whoever": "",
    "wish": "request",
}
# In all texts, comments and docstrings included.
TEXTS = {
    "anew": "again",
    "gate": "catch-up",
    "gates": "catch-ups",
    "mend": "repair",
    "mended": "repaired",
    "mends": "repairs",
    "noted": "recorded",
    "owed": "due",
    "owes": "must",
    "told": "reported, shown, described",
    "whoever": "regardless of who, the user who",
    "wish": "request",
}
# Lines that may hold a word, with the reason.
ALLOWED = {
    "plugins/module_utils/policy/secret_words.py": "a dictionary of words that are no secrets",
    "docs/performance.md": "quotes results of former versions",
}
FOLDERS = ("plugins", "roles", "playbooks", "docs", "README.md", "CONTRIBUTING.md")


def _files(*suffixes):
    for name in FOLDERS:
        path = ROOT / name
        for one in [path] if path.is_file() else sorted(path.rglob("*")):
            relative = one.relative_to(ROOT).as_posix()
            if one.suffix in suffixes and relative not in ALLOWED and not relative.startswith("docs/vendor"):
                yield one


def _names(tree):
    """(line, name) of everything that the code defines or passes by name."""
    for node in ast.walk(tree):
        for kind, attribute in ((ast.arg, "arg"), (ast.keyword, "arg"), (ast.Name, "id"), (ast.Attribute, "attr")):
            if isinstance(node, kind) and getattr(node, attribute):
                yield getattr(node, "lineno", 0), getattr(node, attribute)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.lineno, node.name


@pytest.mark.parametrize("word", sorted(NAMES))
def test_no_name_holds_a_replaced_word(word):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in _files(".py")
        for line, name in _names(ast.parse(path.read_text()))
        if word in re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")
    ]
    assert not found, f"instead of {word!r}: {NAMES[word] or 'another word'}\n" + "\n".join(found)


@pytest.mark.parametrize("word", sorted(TEXTS))
def test_no_text_holds_a_replaced_word(word):
    pattern = re.compile(rf"(?<![\w/]){word}(?![\w])", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in _files(".py", ".md", ".yml")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"instead of {word!r}: {TEXTS[word]}\n" + "\n".join(found)
