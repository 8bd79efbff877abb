# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What checks the collection as a whole: lint, sanity, docs, and the matrix of ansible-core and Python.

The Makefile makes .venv-test, in which nox is, and calls it. A session of the matrix makes its own environment. Each part of it writes
.build/matrix/CORE-PYTHON-PART.json, of which scripts/write-tested-with makes docs/tested-with.json and a table; a failed one does not stop
the others.
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import nox

ROOT = pathlib.Path(__file__).parent
BUILD = ROOT / ".build"
TOOLS = pathlib.Path(sys.prefix)  # nox is installed beside the tools
RESULTS = BUILD / "matrix"
PYTHONS = ("3.11", "3.13")
# ansible-core 2.20 and later need Python 3.12 on the controller.
NEWEST = {"3.11": "2.19.14", "3.13": "2.21.5"}
CORES = {"2.16": ("2.16.19", ("3.11", "3.12")), "2.18": ("2.18.19", PYTHONS), "newest": ("", PYTHONS)}
REQUIREMENTS = ("requirements.txt", "requirements-simulator.txt", "requirements-test.txt", "requirements-matrix.txt")
DEFAULT_PARTS = ("unit", "sanity", "demo", "tutorial")
LINTERS = (
    "ruff check .",
    "ruff format --check --quiet .",
    "mypy",
    "yamllint --strict .",
    "reuse lint --lines",
    "antsibull-changelog lint",
    "antsibull-docs lint-collection-docs --plugin-docs .",
)
PUBLISHED = ("docs", "examples", "extensions", "meta", "playbooks", "plugins", "roles", "scripts", "simulator", "tests")
ANSIBLE_LINT = ("ansible-lint", "--offline", "--profile", "production")
# What may differ with the ansible-core or the Python: an action plugin, a filter, a role and a playbook run code of ansible-core; rules,
# parsers, operations and the simulator do not. The folder http/ is what differs with the versions of the libraries.
UNIT = (
    *(f"tests/unit/plugins/{folder}" for folder in ("action", "filter", "callback", "plugin_utils", "module_utils/http")),
    "tests/unit/plugins/module_utils/model/test_certificate.py",
    "tests/unit/roles",
    "tests/unit/playbooks/test_two_sites.py::test_a_failed_site_stops_the_other_between_steps",
    "tests/unit/playbooks/test_values.py",
    "tests/unit/playbooks/test_fleet.py::test_faults_have_verdicts_and_others_continue",
    "tests/unit/playbooks/test_prepare.py::test_unready_site_is_prepared_where_possible",
)

TESTS = {"unit": UNIT, "tutorial": ("tests/unit/docs/test_commands.py", "-k", "tutorial")}
COMMANDS = {"demo": 'scripts/demo-once "$@"', "molecule": "scripts/molecule-all $(scripts/molecule-sample oldest)"}
GET_PIP = """import os
import runpy
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "pip-{version}-py3-none-any.whl"))
sys.argv = ["pip", "install"] + [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""

nox.options.sessions = ["lint"]


def interpreter(*versions):
    """The path of the first Python that runs, or ''. nox itself would take the shim of pyenv for one that is not switched on."""
    return subprocess.run([ROOT / "scripts/find-python", *versions], capture_output=True, text=True, check=False).stdout.strip()


def surroundings(venv):
    """The environment in which a command of a virtual environment runs."""
    return {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "ANSIBLE_COLLECTIONS_PATH": str(BUILD / "collections")}


def run(session, venv, program, *arguments, **known):
    """Run a program of a virtual environment; known: more environment variables."""
    session.run(str(venv / "bin" / program), *arguments, env={**surroundings(venv), **known})


@nox.session(venv_backend="none")
def lint(session):
    """All linters; after -- the paths that ansible-lint reads, without them all."""
    for linter in (*map(str.split, LINTERS), (*ANSIBLE_LINT, *session.posargs)):
        run(session, TOOLS, *linter)


@nox.session(venv_backend="none")
def docs(session):
    """The documentation site; after -- the environment that builds it."""
    build, venv = BUILD / "docs", pathlib.Path(session.posargs[0]).resolve()
    source, reference = build / "source", build / "source/reference"
    # The source folder is made of hard links to the repository's files, so that no page exists twice; the rest is generated.
    shutil.rmtree(source, ignore_errors=True)
    reference.mkdir(parents=True)
    for path in (*ROOT.glob("*.md"), ROOT / "LICENSE"):
        os.link(path, source / path.name)
    for folder in PUBLISHED:
        shutil.copytree(ROOT / folder, source / folder, copy_function=os.link, ignore=shutil.ignore_patterns("__pycache__"))
    write_changelog(session, venv, source / "CHANGELOG.md")
    how = "--use-current --squash-hierarchy --indexes --fail-on-error --cleanup everything --no-add-antsibull-docs-version"
    run(session, venv, "antsibull-docs", "collection", *how.split(), "--dest-dir", str(reference), "bomgar.appliance")
    strict = "--jobs auto --quiet --nitpicky --fail-on-warning --fresh-env -c docs/docsite"
    run(session, venv, "sphinx-build", *strict.split(), "-d", str(build / "doctrees"), str(source), str(build / "html"))
    session.log(f"{len(list(build.glob('html/**/*.html')))} pages in {build / 'html'}")


def write_changelog(session, venv, page):
    """Write the changelog with what is not released yet: fragments are in it as the version of galaxy.yml."""
    if not any((ROOT / "changelogs/fragments").glob("*.yml")):
        return
    folder = BUILD / "docs/tree"
    session.run("scripts/copy-tree", str(folder))
    tree = folder / "ansible_collections/bomgar/appliance"
    with session.chdir(tree):
        run(session, venv, "antsibull-changelog", "release", "--update-existing", ANSIBLE_COLLECTIONS_PATH=str(folder))
    page.unlink()  # a link to the file of the repository
    page.write_text(re.sub(r"^(## v.*\n)", r"\1\n*Not released yet.*\n", (tree / "CHANGELOG.md").read_text(), count=1, flags=re.M))


@nox.session(venv_backend="none")
def sanity(session):
    """ansible-test sanity on the newest ansible-core, for the oldest and the newest Python that are at hand."""
    run_sanity(session, TOOLS)


def run_sanity(session, venv, *options):
    """ansible-test works on a copy outside of the checkout: inside, git's ignored files are what it would skip."""
    # It looks pythonX.Y up on PATH and dies at a pyenv shim of a version that is not switched on.
    found = [os.path.dirname(path) for path in map(interpreter, ("3.13", "3.12", "3.11", "3.10", "3.9")) if path]
    rest = [path for path in os.environ["PATH"].split(os.pathsep) if not path.endswith("/shims")]
    path = os.pathsep.join([str(venv / "bin"), *found[:1], *found[-1:], *rest])
    if not shutil.which("shellcheck", path=path):
        session.error("no shellcheck: sanity would skip it with a warning only")
    prepare_pip(session, venv)
    with tempfile.TemporaryDirectory() as folder:
        session.run("scripts/copy-tree", folder)
        with session.chdir(f"{folder}/ansible_collections/bomgar/appliance"):
            run(session, venv, "ansible-test", "sanity", "--color", "no", *options, PATH=path)


def prepare_pip(session, venv):
    """ansible-test downloads a script that brings it pip; where that site cannot be reached, pip's own wheel does as well."""
    (internal,) = venv.glob("lib/python*/site-packages/ansible_test/_internal/python_requirements.py")
    version = re.search(r"pip='([\d.]+)'", internal.read_text())[1]
    cache = pathlib.Path.home() / ".ansible/test/cache"
    script = cache / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return
    cache.mkdir(parents=True, exist_ok=True)
    how = "-m pip download --quiet --disable-pip-version-check --no-deps"
    run(session, venv, "python", *how.split(), "-d", str(cache), f"pip=={version}")
    script.write_text(GET_PIP.format(version=version))


@nox.session(venv_backend="none")
@nox.parametrize("version", [nox.param(one, id=f"py{one.replace('.', '')}") for one in PYTHONS])
@nox.parametrize("core", [nox.param(one, id=f"core{one.replace('.', '')}") for one in CORES])
def matrix(session, core, version):
    """Parts on one ansible-core and one Python; after -- their names, without them all but molecule."""
    if version not in CORES[core][1]:
        session.skip(f"ansible-core {core} is not tried with Python {version}")
    if not interpreter(version):
        session.skip(f"there is no Python {version}")
    run_pair(session, core, version, session.posargs or DEFAULT_PARTS)


@nox.session(venv_backend="none")
def oldest(session):
    """Parts on the oldest ansible-core that is supported, where there is a Python for it; without parts its environment alone."""
    version = next(filter(interpreter, CORES["2.16"][1]), None)
    if not version:
        session.skip(f"ansible-core 2.16 needs one of the Pythons {', '.join(CORES['2.16'][1])}")
    run_pair(session, "2.16", version, session.posargs)


def run_pair(session, core, version, chosen):
    """Run the chosen parts, and write what came of them."""
    exact, libraries = CORES[core][0] or NEWEST[version], "lowest" if core == "2.16" else "newest"
    venv = ROOT / f".venv-{core}-{version}"
    how = (interpreter(version), f"ansible-core=={exact}", *REQUIREMENTS, f"constraints-{libraries}.txt")
    session.run("scripts/make-venv", str(venv), *how)
    failed = []
    for name in chosen:
        part = run_part(session, name, venv, version)
        session.log(f"{name}: {part}")
        RESULTS.mkdir(parents=True, exist_ok=True)
        result = {"ansible_core": exact, "python": version, "libraries": libraries, "parts": {name: part}}
        (RESULTS / f"{exact}-{version}-{name}.json").write_text(json.dumps(result))
        failed += [] if part["passed"] else [name]
    if failed:
        session.error(f"failed: {', '.join(failed)}")


def run_part(session, name, venv, version):
    """Whether a part passed, its seconds and its date."""
    begun, passed = time.monotonic(), True
    known = {"PYTHONPATH": f"{BUILD / 'collections'}:{ROOT}", "ANSIBLE_HOME": str(RESULTS / f"home{venv.name}"), "GUIDES": "all"}
    try:
        if name == "sanity":
            run_sanity(session, venv, "--python", version)
        elif name in TESTS:
            run(session, venv, "python", "-m", "pytest", "-n", "2", *TESTS[name], **known)
        else:
            session.run("bash", "-c", COMMANDS[name], "bash", str(venv), str(RESULTS / "demo"), env={**surroundings(venv), **known})
    except nox.command.CommandFailed:
        passed = False
    return {"passed": passed, "seconds": round(time.monotonic() - begun), "date": str(datetime.date.today())}
