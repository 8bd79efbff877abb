# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One upgrade whose every value is text, read by a program: values keep their meaning, stdout holds what the callback writes."""

import json
import sys

import pytest
from simulator.testing import Running

from tests.chaos.cases import ALONE
from tests.support.ansible import command, connection_of, program

pytestmark = pytest.mark.slow
TEXT = {
    "upgrade_aftercare": "no",
    "upgrade_online_floor": "20",
    "preflight_checks": "all,!clock",
    "upgrade_console_installers": "false",
    "catch_up_min_wait": "0",
    "catch_up_threshold": " 0 ",
    "install_poll_interval": "1",
    "catch_up_poll_interval": "1",
    "install_accept_eula": "yes",
    "install_contact": '{"name": "Ada", "email": "a@example.com", "title": "x"}',
    "upgrade_target_version": "newest",
    "backup_certificate_passphrase": "4711081500",
    "upgrade_site": "",
    "drain_notify_hook": "",
    "catch_up_mode": "hold",
    "bomgar_validate_certs": "yes",
    "bomgar_timeout": "30",
    "aftercare_installers": "false",
}


def arguments(running, folder, playbook, **more):
    hosts = {"a.example.com": {f"bomgar_{name}": value for name, value in connection_of(running, folder, "a").items()}}
    common = {"ansible_python_interpreter": sys.executable, "upgrade_state_dir": str(folder / "site")}
    groups = {"appliances": {"hosts": hosts, "vars": common}, "others": {"hosts": {"mail.example.com": {}}}}
    (folder / "hosts.json").write_text(json.dumps(groups))
    given = {**TEXT, **more}
    return [
        program("ansible-playbook"),
        "-i",
        str(folder / "hosts.json"),
        f"bomgar.appliance.{playbook}",
        *[part for name, value in given.items() for part in ("-e", f"{name}={json.dumps(value)}")],
    ]


def test_text_values_upgrade_with_json_stdout(tmp_path):
    """Values that are text bring an upgrade to its end, and stdout is JSON."""
    with Running(ALONE.replace("base: 6.0.2", "base: 6.2.0"), speed=1200, idle_speed=43200) as running:
        done = command(arguments(running, tmp_path, "upgrade_standalone"), tmp_path, check=False, ANSIBLE_STDOUT_CALLBACK="only_json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert running.machine().version == "22.1.4"
        assert json.loads(done.stdout)["stats"]["a.example.com"]["failures"] == 0
        assert "[a.example.com] BeyondTrust Remote Support 22.1.4: " in done.stderr
        assert not (tmp_path / "site" / "aftercare.json").exists()


@pytest.mark.parametrize(
    ("playbook", "wrong"),
    [
        ("status", "nosuch"),
        ("preflight", "nosuch"),
        ("backup", "nosuch"),
        ("aftercare", "nosuch"),
        ("failover", "nosuch"),
        ("upgrade", "a.example.com:typo.example.com"),
    ],
)
def test_a_target_that_matches_nothing_is_an_error(tmp_path, playbook, wrong):
    with Running(ALONE) as running:
        done = command(arguments(running, tmp_path, playbook, target=wrong), tmp_path, check=False)
        assert done.returncode != 0 and "matches no host" in done.stdout + done.stderr
        assert running.requests() == []


def test_a_limit_that_leaves_nothing_is_an_error(tmp_path):
    with Running(ALONE) as running:
        done = command([*arguments(running, tmp_path, "status"), "--limit", "mail.example.com"], tmp_path, check=False)
        assert done.returncode != 0 and "leaves no host" in done.stdout + done.stderr
