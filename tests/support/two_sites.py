# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Two appliances that stand alone, and their inventory for a shipped playbook."""

import json

from tests.chaos.cases import ALONE
from tests.support.ansible import connection_of, variables_of_sites
from tests.support.upgrades import FIRST_RUN

TWO = ALONE.replace(
    "appliances: [{name: a, hostname: a.example.com, base: 6.0.2, version: 20.2.1}]",
    """appliances:
  - {name: a, hostname: a.example.com, base: 6.0.2, version: 20.2.1, health_problem: database is slow}
  - {name: b, hostname: b.example.com, base: 6.0.2, version: 20.2.1}""",
)
ALONE_TWICE = TWO.replace(", health_problem: database is slow", "")
TELL = {
    "name": "Keep the notice",
    "ansible.builtin.lineinfile": {
        "path": "{{ upgrade_state_dir }}/../notices",
        "create": True,
        "mode": "0600",
        "line": "{{ inventory_hostname }} {{ notify_event }}",
    },
}


def inventory(running, folder):
    known = {f"{name}.example.com": connection_of(running, folder, name) for name in "ab"}
    hosts = {host: {f"bomgar_{key}": value for key, value in options.items()} for host, options in known.items()}
    (folder / "tell.yml").write_text(json.dumps([TELL]))
    common = {
        **variables_of_sites(folder, "newest"),
        "drain_notify_hook": str(folder / "tell.yml"),
        "upgrade_jump_client_settings": {"max_concurrent": 20},
        "catch_up_running_since": FIRST_RUN,
    }
    (folder / "hosts.json").write_text(json.dumps({"appliances": {"hosts": hosts, "vars": common}}))
    return str(folder / "hosts.json")
