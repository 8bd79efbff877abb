# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people decide about an upgrade is in its journal and its report, with their names."""

import json
import re
from pathlib import Path

import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles import decided

from tests.support.ansible import command, program

ROLES = Path(__file__).parents[3] / "roles"


def test_no_secret_is_a_decision():
    for role in decided.ROLES:
        options = yaml.safe_load((ROLES / role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
        assert [name for name, option in options.items() if option.get("no_log") and decided.is_decision(name, option)] == []


def test_decisions_are_recorded_before_any_request(tmp_path):
    host = "bomgar_url=https://127.0.0.1:9 bomgar_client_id=me bomgar_client_secret=canary-secret bomgar_validate_certs=false"
    (tmp_path / "hosts").write_text(f"[appliances]\nsupport.example.com ansible_connection=local {host} catch_up_threshold=50\n")
    given = {
        "upgrade_state_dir": str(tmp_path / "site"),
        "upgrade_target_version": "22.1.4",
        "install_accept_eula": True,
        "backup_keys_waiver": "the keys lie in a vault",
        "preflight_checks": ["all", "!clock", "!state_durable"],
        "bomgar_person": "Ada Example",
        "bomgar_tls_minimum": "1.0",
        "backup_certificate_passphrase": "canary-phrase",
        "window_list": [{"start": "22:00", "end": "04:00", "days": ["sat", "sun"]}],
        "window_zone": "Europe/Berlin",
    }
    done = command(
        [program("ansible-playbook"), "-i", str(tmp_path / "hosts"), "bomgar.appliance.upgrade", "-e", json.dumps(given)],
        tmp_path,
        check=False,
    )
    assert (tmp_path / "site").exists(), done.stdout + done.stderr
    lines = (tmp_path / "site" / "journal.jsonl").read_text()
    decided = {entry["data"]["what"]: entry["data"] for entry in map(json.loads, lines.splitlines()) if entry["event"] == "decided"}
    assert {what: data["default"] for what, data in decided.items()} == {
        "install_accept_eula": False,
        "catch_up_threshold": 95.0,
        "backup_keys_waiver": "",
        "preflight_checks": ["all"],
        "window_list": [],
        "window_zone": "UTC",
        "connection to support.example.com": None,
    }
    assert decided["connection to support.example.com"]["value"] == {"validate_certs": "false", "tls_minimum": "1.0"}
    assert {data["by"] for data in decided.values()} == {"Ada Example"}
    for words in (
        "catch_up_threshold is 50 instead of 95 ",
        "backup_keys_waiver is 'the keys",
        "run 1 began by .* Ada",
        "window_list is 22:00 to 04:00 on sat and sun instead of nothing",
    ):
        assert re.search(words, done.stdout), words
    assert "canary" not in lines
