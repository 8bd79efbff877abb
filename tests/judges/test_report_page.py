# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""axe-core in headless Chromium and html-validate judge report.html: three widths, dark mode, paper, no request to a network."""

import os
import subprocess

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.fleet import build_fleet
from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.html.fleet_page import fleet_page

from tests.support import stories
from tests.support.ansible import ROOT
from tests.support.fleets import MADE, decision
from tests.support.reports import html_of

FAULTS = {
    "axe image-alt": ("<main>", '<main><img src="data:,">'),
    "axe color-contrast": ("<main>", '<main><p style="color:#aaa;background:#fff">hardly readable</p>'),
    "axe html-has-lang": ('<html lang="en">', "<html>"),
    "html-validate no-dup-id": ("<main>", '<main><p id="nodes">twice</p>'),
    "asks the network for http://127.0.0.1:9/x.css": ("</head>", '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"></head>'),
    "pixels wider than the screen": ("<main>", '<main><p style="width:2000px">wide</p>'),
}


@pytest.fixture
def judged(need, tmp_path):
    """judged({name: page}, looks) -> (exit code, what the judges say)."""
    for program in ("chromium", "node", "npm"):
        need(program)
    if not (ROOT / ".build/judge/node_modules/html-validate").is_dir():
        pytest.skip("scripts/judge-report --install, a part of make judges, was not run here")

    def judge(pages, looks=""):
        for name, text in pages.items():
            (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        files = [str(tmp_path / f"{name}.html") for name in pages]
        surrounding = {**os.environ, "JUDGE_LOOKS": looks, "JUDGE_PICTURES": "no"}
        done = subprocess.run([ROOT / "scripts/judge-report", *files], env=surrounding, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return judge


def test_the_judges_find_nothing_in_a_finished_upgrade(judged):
    assert judged({"finished": html_of(stories.finished())}) == (0, "\n1 pages, 6 looks each: 0 violations\n")


@pytest.mark.slow
def test_the_judges_find_nothing_in_other_reports(judged):
    pages = {"empty": stories.Story(), "failed": stories.failed(), "lost": stories.lost(), "hostile": stories.hostile("<b>\u202ex" * 60)}
    code, said = judged({f"{name}-{language}": html_of(story, language) for name, story in pages.items() for language in ("en", "de")})
    assert (code, said) == (0, "\n8 pages, 6 looks each: 0 violations\n")


@pytest.mark.slow
def test_judges_find_nothing_in_fleet_page(judged):
    made = build_fleet(decision(), made=MADE, command="ansible-playbook -i inventory.yml bomgar.appliance.fleet")
    pages = {language: fleet_page(made, language=language, local=lambda moment: moment).decode() for language in ("en", "de")}
    assert judged(pages) == (0, "\n2 pages, 6 looks each: 0 violations\n")


def test_the_judges_find_each_planted_fault(judged):
    page = html_of(stories.failed()).replace("default-src 'none'; style-src 'unsafe-inline'", "default-src *")
    for here, planted in FAULTS.values():
        assert here in page
        page = page.replace(here, planted, 1)
    code, said = judged({"planted": page.replace("default-src *", "default-src * 'unsafe-inline' data:")}, looks="desk")
    assert code == 1
    assert [fault for fault in FAULTS if fault not in said] == [], said
