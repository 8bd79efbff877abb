# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Schemathesis asks the simulator what the vendor's description of the Configuration API allows, and what it forbids.

VENDOR_OPENAPI names the vendor's file (Remote Support 1.10, terraform-provider-sra, openapi/); it is never copied here.
"""

import os

import pytest
import requests
import yaml

from .generated_requests import objections, verdicts

BASE = "/api/config/v1"
VENDOR = os.environ.get("VENDOR_OPENAPI", "")
GENERAL = ("401", "403", "404", "405", "422")  # "Individual APIs may document more; these are the codes commonly returned."
WORLD = """
schema: 1
name: configured
product: rs
appliances: [{name: a, hostname: a.example.com, base: 7.0.0, version: 25.2.1}]
packages: []
accounts: {api: [{client_id: judge, client_secret: secret, permissions: {perm_configuration: true}}]}
clients:
  jump_clients: {active: 100, passive: 20, lost: 4, disabled: 3, uninstalled: 2}
  jumpoints: [{name: One}, {name: Two, enabled: false}]
  installers: 3
"""
PLANTED = {
    "GET /jump-client": {"fault": "wrong_type", "field": "needs_update", "value": "yes"},
    "GET /user/{id}": {"fault": "wrong_type", "field": "username", "value": 7},
    "GET /jumpoint": {"fault": "body", "body": "[]", "content_type": "application/json"},
    "POST /jump-client/installer": {"fault": "status", "status": 503},
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not VENDOR, reason="VENDOR_OPENAPI does not name the vendor's file (terraform-provider-sra, openapi/)"),
]


def described(running, token, folder):
    """The vendor's description of what is simulated, as a file in a folder of the test.

    Where its text says more than its schemas, the text counts: statuses of all operations; nodes are a list; PATCH takes "the given
    properties"; a field with a pattern and the least length 0 may be "set to empty string".
    """
    with open(VENDOR, encoding="utf-8") as stream:
        whole = yaml.safe_load(stream)
    known = ours(running, token)
    whole["paths"] = {path: simulated(methods, known[path]) for path, methods in whole["paths"].items() if path in known}
    nodes = whole["paths"]["/jumpoint/{id}/node"]["get"]["responses"]["200"]["content"]["application/json"]
    nodes["schema"] = {"type": "array", "items": nodes["schema"]}
    client = whole["components"]["schemas"]["JumpClient"]
    client.update(minProperties=len(client.pop("required")))
    allow_empty(whole)
    path = folder / "description.yaml"
    path.write_text(yaml.safe_dump(whole), encoding="utf-8")
    return path


def allow_empty(part):
    """Let the fields with minLength 0 be empty, whatever their pattern."""
    if isinstance(part, dict) and part.get("minLength") == 0 and isinstance(part.get("pattern"), str):
        part["pattern"] = f"^$|{part['pattern']}"
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        allow_empty(inner)


def simulated(methods, known):
    """Of a path what the simulator has."""
    kept = {name: part for name, part in methods.items() if name in known}
    for operation in kept.values():
        for status in GENERAL:
            operation["responses"].setdefault(status, {"description": "see the general part"})
    return {**kept, "parameters": methods.get("parameters", [])}


def ours(running, token):
    """The paths and methods that the simulator has, as it says itself."""
    with requests.Session() as session:
        session.trust_env = False
        headers = {"Authorization": f"Bearer {token}"}
        answer = session.get(f"{running.url}{BASE}/openapi.yaml", headers=headers, verify=running.ca_file, timeout=60)
    return yaml.safe_load(answer.text)["paths"]


def judge(running, token, folder, *options):
    bearer = token(running)
    found = verdicts(running, bearer, described(running, bearer, folder), BASE, folder, *options)
    assert len(found) >= 19, found.keys()
    return objections(found)


def test_the_simulator_fits_the_vendors_description(run, token, tmp_path):
    problems = judge(run(WORLD), token, tmp_path, "--max-examples", "5")
    assert not problems, "\n".join(problems.values())


def test_the_simulator_fits_the_vendors_description_in_depth(run, token, tmp_path):
    problems = judge(run(WORLD), token, tmp_path, "--max-examples", "100")
    assert not problems, "\n".join(problems.values())


def test_planted_faults_are_reported(run, token, tmp_path):
    running = run(WORLD)
    for operation, fault in PLANTED.items():
        method, path = operation.split()
        running.fault(**fault, times=None, match={"method": method, "path": BASE + path.replace("{id}", "*")})
    assert set(judge(running, token, tmp_path, "--max-examples", "5")) >= set(PLANTED)
