# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Everything that the repository cites is in it: pages, anchors, and no text that a reader cannot open."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
CITATION = re.compile(r"\bdocs/[\w./-]+\.md(?:#[\w-]+)?")
VENDOR = sorted((ROOT / "docs/vendor").glob("*.md"))


def anchors(page):
    """The anchors of a page: those that GitHub makes of its headings, and its <a id="...">."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.M)
    named = set(re.findall(r'<a id="([\w-]+)">', text))
    return named | {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}


def resolves(target, folder):
    path, _sign, anchor = target.partition("#")
    page = (folder / path).resolve() if path else None
    return page is None or (page.exists() and (not anchor or anchor in anchors(page)))


def sources():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    kinds, others = (".py", ".yml", ".md", ".j2", "Makefile"), ("changelogs/", "docs/vendor/sources.md")  # it names other repositories
    return [ROOT / name for name in listed if name.endswith(kinds) and not name.startswith(others) and (ROOT / name).exists()]


PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "simulator/README.md"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page_resolve(page):
    text = page.read_text(encoding="utf-8")
    inside = [target for target in LINK.findall(text) if target.startswith("#") and target[1:] not in anchors(page)]
    assert inside + [target for target in LINK.findall(text) if not target.startswith("#") and not resolves(target, page.parent)] == []


def test_citations_in_code_resolve():
    cited = [(path, one) for path in sources() for one in CITATION.findall(path.read_text(encoding="utf-8"))]
    assert [(str(path.relative_to(ROOT)), one) for path, one in cited if not resolves(one, ROOT)] == []


FOLDERS = "plugins|roles|playbooks|simulator|tests|docs|extensions|examples|scripts|meta"
# What the commands of a page make.
MADE = {"docs/guides/worlds.md": {"simulator/ready.json"}}
OF_OTHERS = "docs/vendor/sources.md"  # names files of other repositories


@pytest.mark.parametrize("page", [page for page in PAGES if page != ROOT / OF_OTHERS], ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_that_a_page_names_exist(page):
    """`plugins/...` in backticks; a part in capitals (NAME) stands for any name."""
    named = set(re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", page.read_text(encoding="utf-8")))
    paths = named - MADE.get(str(page.relative_to(ROOT)), set())
    assert [path for path in paths if not list(ROOT.glob(re.sub(r"\b[A-Z]{4,}\b", "*", path)))] == []
