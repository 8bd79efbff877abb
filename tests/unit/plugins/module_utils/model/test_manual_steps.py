# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model import manual_steps as steps

ALL = [
    steps.take_backup("a.example.com"),
    steps.export_certificate("a.example.com"),
    steps.install("a.example.com", "Base 6.2.0", kind="base"),
    steps.install("a.example.com", "Fix", file="fix.nss"),
    steps.state_base("a.example.com"),
    steps.sync_now("a.example.com"),
    steps.break_relation("a.example.com"),
    steps.establish("a.example.com", "b.example.com"),
    steps.become("a.example.com", "backup", True),
    steps.fetch_console("a.example.com", "next"),
    steps.fetch_console("a.example.com", "present"),
    steps.set_jump_settings("a.example.com", {"max_concurrent": 50, "automatic": "cycle"}),
    steps.restore_jump_settings("a.example.com", {"bandwidth": 10}, {"bandwidth": 100, "connection_rate": 5}),
]


@pytest.mark.parametrize("lines", ALL)
def test_lines_are_numbered_and_name_the_host(lines):
    assert [line.split(" ")[0] for line in lines] == [f"{number}." for number in range(1, len(lines) + 1)]
    assert "a.example.com" in lines[0]


def test_a_manual_result_is_green():
    assert steps.manual_result(["1. x"], role="backup") == {"changed": False, "state": "manual", "instructions": ["1. x"], "role": "backup"}


def test_a_base_installation_asks_for_its_version():
    assert "base_version" in steps.install("a", "Base 6.2.0", kind="base")[-1]
    assert "base_version" not in steps.install("a", "Bomgar 19.1.8", kind="site")[-1]


def test_unknown_settings_are_restored_from_a_note():
    lines = steps.restore_jump_settings("a", {"bandwidth": 10}, {"bandwidth": 100, "connection_rate": 5})
    assert any("10 MiB/s" in line for line in lines) and any("before the change" in line for line in lines)
