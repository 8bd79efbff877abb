# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""GitLab's schema, as check-jsonschema holds it, and a parser of Groovy look at the pipelines of the examples.

test_gitlab_run.py runs the jobs of GitLab. Not checked: whether a Jenkins runs its pipeline; none can be had in a test.
"""

import re
import subprocess

import pytest

from tests.support.ansible import ROOT

from .sites import AUTOMATION

pytestmark = pytest.mark.slow
GITLAB = ROOT / "examples/automation/gitlab/.gitlab-ci.yml"
JENKINS = ROOT / "examples/automation/jenkins/Jenkinsfile"
PARSE = "import sys; from groovy_parser.parser import parse_groovy_content; parse_groovy_content(open(sys.argv[1]).read())"


@pytest.fixture
def gitlab(need):
    """gitlab(path) -> (is valid, what the judge says)"""
    program = need("check-jsonschema", str(AUTOMATION))

    def judge(path):
        done = subprocess.run([program, "--builtin-schema", "vendor.gitlab-ci", str(path)], capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr

    return judge


@pytest.fixture
def groovy(need):
    python = need("check-jsonschema", str(AUTOMATION)).replace("check-jsonschema", "python")

    def judge(path):
        done = subprocess.run([python, "-c", PARSE, str(path)], capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stderr

    return judge


def test_the_gitlab_pipeline_fits_gitlabs_schema(gitlab):
    assert gitlab(GITLAB) == (True, "ok -- validation done\n")


@pytest.mark.parametrize(("good", "bad"), [("tags: [bomgar]", "tags: bomgar"), ("when: manual", "when: by_hand"), ("script:", "skript:")])
def test_planted_fault_in_gitlab_is_reported(gitlab, tmp_path, good, bad):
    text = GITLAB.read_text()
    assert good in text
    (tmp_path / ".gitlab-ci.yml").write_text(text.replace(good, bad, 1))
    assert not gitlab(tmp_path / ".gitlab-ci.yml")[0]


def test_the_jenkinsfile_is_groovy(groovy):
    assert groovy(JENKINS)[0]


@pytest.mark.parametrize(("good", "bad"), [("stages {", "stages"), ("parameters: [", "parameters: "), ("always {", "always { {")])
def test_a_planted_fault_in_the_jenkinsfile_is_reported(groovy, tmp_path, good, bad):
    text = JENKINS.read_text()
    assert good in text
    (tmp_path / "Jenkinsfile").write_text(text.replace(good, bad, 1))
    assert not groovy(tmp_path / "Jenkinsfile")[0]


QUESTION = re.search(r"jq --raw-output '([^']+)'", GITLAB.read_text())[1]


@pytest.fixture
def answered(need):
    """answered(question) -> whether jq finds state and command of a failed upgrade by it."""
    program, report = need("jq"), ROOT / "tests/unit/fixtures/golden/report/failed.json"

    def judge(question):
        done = subprocess.run([program, "--raw-output", question, str(report)], capture_output=True, text=True, check=False)
        return done.returncode == 0 and "failed  " in done.stdout and "ansible-playbook" in done.stdout

    return judge


def test_the_question_of_gitlab_is_answered(answered):
    assert answered(QUESTION)


@pytest.mark.parametrize(("good", "bad"), [(".state", ".status"), (".next.command", ".next.not_before"), ("join(", "joined(")])
def test_a_planted_fault_in_the_question_is_reported(answered, good, bad):
    assert good in QUESTION and not answered(QUESTION.replace(good, bad))
