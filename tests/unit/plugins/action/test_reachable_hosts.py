# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Appliances that only a proxy reaches, or only a bastion with the oldest Python and the lowest versions of the libraries."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from simulator.testing import Running

from tests.support.ansible import command, connection_of, play, program
from tests.support.proxy import Proxy

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[4]
NAME = "support.example.com"
CONNECTIONS = {"controller": "ansible_connection=local", "bastion": "ansible_connection=bastion"}


@pytest.fixture(scope="module")
def running():
    with Running("modern_layout") as simulator:
        yield simulator


@pytest.fixture(scope="module")
def python39():
    """The oldest Python that a bastion may have, with what requirements.txt asks for at least: made by `make setup-bastion`."""
    python = ROOT / ".venv-3.9/bin/python"
    if not python.exists():
        pytest.skip("there is no Python 3.9 in .venv-3.9 (make setup-bastion)")
    return str(python)


@pytest.mark.parametrize("where", CONNECTIONS)
def test_an_appliance_behind_a_proxy_is_read(running, tmp_path, where):
    with Proxy(urlsplit(running.url).port) as proxy:
        seen = read("appliance_info", running, tmp_path, CONNECTIONS[where], proxy)
    assert seen["appliance"]["version"].startswith("22.1.4")
    assert set(proxy.asked) == {f"CONNECT {NAME}:443"}


def test_pages_behind_a_proxy_are_read(running, tmp_path):
    with Proxy(urlsplit(running.url).port) as proxy:
        assert read("update_info", running, tmp_path, CONNECTIONS["controller"], proxy)["packages"]
    assert set(proxy.asked) == {f"CONNECT {NAME}:443"}


@pytest.mark.parametrize("module", ["appliance_info", "update_info", "client_info", "certificate_export"])
def test_bastion_works_with_python_3_9(running, tmp_path, python39, module):
    """Modules run on a bastion with Python 3.9 and the lowest versions of the libraries."""
    host = CONNECTIONS["bastion"]
    more = {"dest": str(tmp_path / "certificates"), "passphrase": "a-pass-phrase"} if module == "certificate_export" else {}
    with Proxy(urlsplit(running.url).port) as proxy:
        seen = read(module, running, tmp_path, host, proxy, python39, **more)
    assert not seen["failed"]
    assert proxy.asked


def test_playbook_runs_on_proxied_bastion(running, tmp_path, python39):
    connection = connection_of(running, tmp_path)
    variables = {f"bomgar_{name}": connection[name] for name in ("client_id", "client_secret", "ca_path")}
    variables |= {
        "bomgar_url": f"https://{NAME}",
        "ansible_connection": "bastion",
        "ansible_host": "bastion.example.com",
        "bomgar_python": python39,
    }
    inventory = tmp_path / "inventory.json"
    inventory.write_text(json.dumps({"appliances": {"hosts": {NAME: {**variables, "upgrade_state_dir": str(tmp_path / "state")}}}}))
    asked = [program("ansible-playbook"), "-i", str(inventory), "bomgar.appliance.status"]
    with Proxy(urlsplit(running.url).port) as proxy:
        done = command(asked, tmp_path, HTTPS_PROXY=proxy.url)
    assert "22.1.4" in done.stdout
    assert set(proxy.asked) == {f"CONNECT {NAME}:443"}


def test_the_bastion_is_really_python_3_9(tmp_path, python39):
    version = subprocess.run([python39, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True, check=True).stdout
    assert version.strip() == "(3, 9)"
    python = {"ansible_python_interpreter": python39}
    task = {"ansible.builtin.setup": {"gather_subset": ["!all", "python"]}, "register": "facts", "vars": python}
    shown = {"ansible.builtin.copy": {"content": "{{ facts.ansible_facts.ansible_python_version }}", "dest": str(tmp_path / "version")}}
    play([task, shown], tmp_path / "play", hosts=f"appliance {CONNECTIONS['bastion']}")
    assert (tmp_path / "version").read_text().startswith("3.9.")


def read(module, running, folder, host, proxy, python="{{ ansible_playbook_python }}", **more):
    """The result of a module that reads an appliance by its name, which only the proxy knows."""
    options = {**connection_of(running, folder), "url": f"https://{NAME}", **more}
    task = {f"bomgar.appliance.{module}": options, "register": "seen", "environment": {"HTTPS_PROXY": proxy.url}}
    task["vars"] = {"ansible_python_interpreter": python}
    saved = {"ansible.builtin.copy": {"content": "{{ seen | to_json }}", "dest": str(folder / "seen.json")}}
    play([task, saved], folder / "play", hosts=f"appliance {host}")
    return json.loads((folder / "seen.json").read_text())
