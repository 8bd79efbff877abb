# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Each message that docs/guides/troubleshooting.md quotes is one that the code has."""

import ast
import functools
import re

import pytest

from tests.support.guides import ROOT

PAGE = (ROOT / "docs/guides/troubleshooting.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^\| `(.+?)` \|", PAGE, re.M)
VALUE = "\0"  # stands for a value in a text of the code


def texts(path):
    """The texts in a file of Python, with VALUE in place of what is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else VALUE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@functools.cache
def all_texts():
    return "\n".join(sorted({text for path in (ROOT / "plugins").rglob("*.py") for text in texts(path)}))


@pytest.mark.parametrize("message", QUOTED)
def test_a_quoted_message_is_one_of_the_code(message):
    parts = [re.escape(part) for part in message.split("...")]
    assert re.search(r"[^\n]*".join(parts), all_texts()), "no text of plugins/ has this form"


def test_messages_are_quoted_once():
    assert len(set(QUOTED)) == len(QUOTED) > 50
