# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The blocks of the guides: which are run by test_commands.py, and that the others at least can be read."""

import re

import pytest
import yaml

from tests.support.guides import ROOT, blocks

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs/guides").glob("*.md"))]
ALL = [block for page in PAGES for block in blocks(page)]
# Blocks that no test runs; each says why in the page. Raise this only with a reason that a reader believes.
MOST = 8


def test_few_blocks_are_not_run():
    left_out = [f"{block.page}:{block.line}: {block.reason}" for block in ALL if block.reason]
    assert len(left_out) <= MOST, left_out


def test_each_command_page_has_a_test():
    source = (ROOT / "tests/unit/docs/test_commands.py").read_text(encoding="utf-8")
    with_commands = {block.page for block in ALL if block.kind == "bash" and not block.reason}
    assert [page for page in with_commands if f'"{page.rpartition("/")[2]}"' not in source] == []


@pytest.mark.parametrize("block", [block for block in ALL if block.kind in ("yaml", "yml")], ids=lambda block: f"{block.page}:{block.line}")
def test_yaml_can_be_read(block):
    assert yaml.safe_load(block.text) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_are_fenced(page):
    """An indented block is not seen by test_commands.py."""
    outside = re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    assert re.findall(r"(?:^|\n)\n    (?=\w+-?\w+ )(.*)", outside) == []
