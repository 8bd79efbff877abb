# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""README.md and docs/ARCHITECTURE.md stay short, docs/contents.md names everything, and the program of docs/guides/record.md runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal

ROOT = Path(__file__).parents[3]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "lines"), [("README.md", 120), ("docs/ARCHITECTURE.md", 150)])
def test_a_page_is_short(name, lines):
    assert len(text(name).splitlines()) < lines


def test_the_readme_has_its_order():
    headings = re.findall(r"^## (.*)$", text("README.md"), re.M)
    assert [heading.split()[0] for heading in headings] == ["Requirements", "Try", "Describe", "Check,", "What", "Where"]


@pytest.mark.parametrize("kind", ["modules", "roles", "playbooks"])
def test_the_contents_are_complete(kind):
    section = text("docs/contents.md").partition(f"## {kind.title()}\n")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}
    paths = (
        (ROOT / kind).iterdir()
        if kind == "roles"
        else (ROOT / "plugins/modules").glob("*.py")
        if kind == "modules"
        else (ROOT / kind).glob("*.yml")
    )
    assert named == {path.stem for path in paths}


def test_the_contents_link_each_guide():
    linked = set(re.findall(r"\]\((guides/[\w-]+\.md)\)", text("docs/contents.md")))
    assert linked == {f"guides/{path.name}" for path in (ROOT / "docs/guides").glob("*.md")}


def test_each_link_of_a_paragraph_has_its_end():
    """A line that was lost in a merge leaves half a link, of which neither GitHub nor Sphinx says anything."""
    code = re.compile(r"^( *)```.*?^\1```$|`[^`\n]*`", re.M | re.S)
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("[rst]*/**/README.md"), *ROOT.glob("examples/**/README.md")]
    paragraphs = [(page, part) for page in pages for part in code.sub("", page.read_text(encoding="utf-8")).split("\n\n")]
    assert [(page.name, part) for page, part in paragraphs if part.count("[") != part.count("]")] == []


def test_the_program_of_the_record_verifies_a_journal(tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", text("docs/guides/record.md"), re.S)
    journal = Journal(str(tmp_path / "state" / "journal.jsonl"))
    journal.append("run_opened")
    journal.append("note", text="nothing")

    def verify():
        return subprocess.run([sys.executable, "-c", program, journal.path], capture_output=True, text=True, check=False)

    assert verify().stdout.startswith("intact: 2 entries")
    changed = Path(journal.path).read_text(encoding="utf-8").replace("nothing", "anything")
    Path(journal.path).write_text(changed, encoding="utf-8")
    assert verify().stderr.strip() == "broken at line 2"
