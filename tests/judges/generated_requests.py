# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs Schemathesis, which makes requests from a description of an API, and reads its verdicts."""

import pathlib
import subprocess
import sys

from defusedxml import ElementTree

PATIENCE = 1500  # seconds; a busy machine takes ten times the time of an idle one
CONFIG = pathlib.Path(__file__).parent / "schemathesis.toml"


def verdicts(running, token, description, base, folder, *options):
    """{operation: what the judge says against it, '' if nothing}; only operations that were tried are in it."""
    report = pathlib.Path(folder) / "report.xml"
    command = [str(pathlib.Path(sys.executable).parent / "schemathesis"), "--config-file", str(CONFIG), "run", str(description)]
    where = ["--url", running.url + base, "--tls-verify", running.ca_file, "--header", f"Authorization: Bearer {token}"]
    how = ["--seed", "1", "--generation-database", "none", "--no-color", "--report-junit-path", str(report), "--continue-on-failure"]
    done = subprocess.run([*command, *where, *how, *options], cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert report.exists(), done.stdout + done.stderr
    found = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        problems = [f"{one.get('message', '')}\n{one.text or ''}" for kind in ("failure", "error") for one in case.findall(kind)]
        found[case.get("name")] = "\n".join(problems)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert (done.returncode == 1) == any(found.values()), done.stdout + done.stderr
    return found


def objections(found):
    """The operations that the judge objects to, with what it says."""
    return {name: text for name, text in found.items() if text}
