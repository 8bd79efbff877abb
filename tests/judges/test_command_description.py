# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Schemathesis asks the simulator what our description of the Command API v2 allows, and what it forbids."""

import pathlib

import pytest
import yaml

from .generated_requests import objections, verdicts

BASE = "/api/command/v2"
DESCRIPTION = pathlib.Path(__file__).parents[2] / "docs/vendor/command-api-v2.openapi.yaml"
PEOPLE = ", ".join(f"{{name: Person {number}, sessions: 2, returns_minutes: null}}" for number in range(30))
WORLD = f"""
schema: 1
name: described
product: PRODUCT
appliances: [{{name: a, hostname: a.example.com, base: 7.2.0, version: 26.1.1}}]
packages: []
accounts: {{api: [{{client_id: judge, client_secret: secret, permissions: {{perm_command: full_access}}}}]}}
clients: {{jumpoints: [{{name: One}}], representatives: [{PEOPLE}]}}
"""
PLANTED = {
    "GET /health": {"fault": "remove_field", "field": "failover_role"},
    "GET /user": {"fault": "wrong_type", "field": "session_count", "value": "two"},
    "GET /info": {"fault": "content_type", "content_type": "text/html"},
    "GET /appliance": {"fault": "status", "status": 500},
    "POST /failover-role": {"fault": "body", "body": '{"message": "done"}', "content_type": "application/json"},
    "PATCH /session/{lsid}": {"fault": "json_error", "status": 409, "text": "conflict"},
}


def operations():
    paths = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods if method != "parameters"}


def judge(running, token, folder, *options):
    found = verdicts(running, token(running), DESCRIPTION, BASE, folder, *options)
    assert operations() <= set(found), "each operation is tried"
    return objections(found)


def test_the_description_is_valid():
    from openapi_spec_validator import validate

    validate(yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8")))


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_simulator_fits_the_description(run, token, tmp_path, product):
    running = run(WORLD.replace("PRODUCT", product))
    problems = judge(running, token, tmp_path, "--max-examples", "5")
    assert not problems, "\n".join(problems.values())


@pytest.mark.slow
@pytest.mark.parametrize("world", ["json_generation", "pair_json"])
def test_the_simulator_fits_the_description_in_depth(run, token, tmp_path, world):
    problems = judge(run(world), token, tmp_path, "--max-examples", "200")
    assert not problems, "\n".join(problems.values())


def test_planted_faults_are_reported(run, token, tmp_path):
    running = run(WORLD.replace("PRODUCT", "rs"))
    for operation, fault in PLANTED.items():
        method, path = operation.split()
        running.fault(**fault, times=None, match={"method": method, "path": BASE + path.replace("{lsid}", "*")})
    assert set(judge(running, token, tmp_path, "--max-examples", "5")) >= set(PLANTED)
