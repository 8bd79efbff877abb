# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The command that continues, of what this process was called with."""

import pytest
from ansible import context
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.utils.context_objects import CLIArgs
from ansible_collections.bomgar.appliance.plugins.lookup.next_command import LookupModule


@pytest.fixture
def looked_up(monkeypatch, tmp_path):
    """A function: the command with these variables of a run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vars.yml").write_text("a: 1\n")
    (tmp_path / "hosts.yml").write_text("")
    given = {"args": ("bomgar.appliance.upgrade",), "extra_vars": ("@vars.yml", "upgrade_mode=standalone"), "check": True}
    monkeypatch.setattr(context, "CLIARGS", CLIArgs(given))

    def look_up(limit="", **variables):
        return LookupModule(templar=Templar(DataLoader(), variables=variables)).run(["x"], variables=variables, limit=limit)[0]

    return look_up


def test_existing_files_have_absolute_paths(looked_up, tmp_path):
    sources = [str(tmp_path / "hosts.yml"), "/nowhere/ansible/hosts", "a.example.com,"]
    assert looked_up(ansible_inventory_sources=sources) == (
        f"ansible-playbook -i {tmp_path}/hosts.yml -i a.example.com, bomgar.appliance.upgrade"
        f" -e @{tmp_path}/vars.yml -e upgrade_mode=standalone"
    )


def test_a_job_of_awx_is_launched_again(looked_up):
    assert looked_up(awx_job_template_name="Upgrade") == "job template 'Upgrade'"
    assert looked_up(limit="site", tower_job_template_name="Upgrade") == "job template 'Upgrade' with the limit site"
