#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: jump_client_settings
short_description: Limit how fast Jump Clients upgrade, and restore the settings
version_added: 0.1.0
description:
  - Many Jump Clients that upgrade at the same time can overload the appliance and its network. Appliances on premises have limits for
    them on C(/login > Jump > Jump Clients). There is no documented API. The module fills in the page, saves it once, and reads it again
    to verify each value.
  - The limits do not apply to representative consoles and Support Buttons.
  - With O(journal), the settings are recorded before they are changed. O(state=restored) restores them in the same or in a later run. The
    settings of a failover pair belong to the site, so the other node may serve by then.
  - A setting that somebody changed in the meantime is not restored. RV(note) reports it.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  max_concurrent:
    description: C(Maximum number of concurrent Jump Client upgrades), V(1) to V(500). If not set, it is not changed.
    type: int
  bandwidth:
    description: C(Maximum bandwidth of concurrent Jump Client upgrades) in MiB/s, up to V(100). If not set, it is not changed.
    type: float
  connection_rate:
    description: C(Global connection rate for Jump Clients) in connections per second, V(1) to V(300). If not set, it is not changed.
    type: int
  automatic:
    description:
      - Automatic Jump Client upgrades are permanently V(disabled), enabled for the current upgrade V(cycle), or permanently V(enabled).
        If not set, they are not changed.
    type: str
    choices: [disabled, cycle, enabled]
  state:
    description:
      - V(present) sets the given values. V(restored) restores the values in O(journal). If it contains none, nothing is changed.
    type: str
    choices: [present, restored]
    default: present
  method:
    description:
      - V(web) uses the page. V(manual) returns RV(instructions) for a person until O(confirmed) is true.
    type: str
    choices: [web, manual]
    default: web
  journal:
    description: Path of the journal that records the change. Required with O(state=restored).
    type: path
  confirmed:
    description: Whether a person has followed the RV(instructions). It is ignored if there are none.
    type: bool
    default: false
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Limit how fast Jump Clients upgrade
  bomgar.appliance.jump_client_settings:
    max_concurrent: 20
    bandwidth: 10
    automatic: cycle
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: Restore the settings, even after a failure
  bomgar.appliance.jump_client_settings:
    state: restored
    journal: /srv/upgrades/support.example.com/journal.jsonl
"""

RETURN = r"""
state: {description: "V(done), or V(manual) if a person must act first.", returned: success, type: str, sample: done}
settings:
  description:
    - The settings at the last read of C(/login > Jump > Jump Clients). Empty if the page was not read.
    - C(max_concurrent) and C(connection_rate) (per second) are numbers. C(bandwidth) is a number in MiB/s. A value is a text if the page
      shows no number or another unit. It is null if the page shows nothing. C(automatic) is V(disabled), V(cycle) or V(enabled).
  returned: success
  type: dict
  sample: {max_concurrent: 20, bandwidth: 10, connection_rate: 50, automatic: cycle}
before:
  description: The previous values of the changed settings. Empty with O(method=manual), because only the person knows them.
  returned: success
  type: dict
  sample: {max_concurrent: 50, bandwidth: 100}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
note: {description: A note for people. Empty if there is none., returned: success, type: str, sample: ""}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.model.clients.jump_setting import STATES
from ..module_utils.module import Operation, run
from ..module_utils.operations import jump_client_settings
from ..module_utils.operations.port import Appliance

OPTIONS = {
    "max_concurrent": {"type": "int"},
    "bandwidth": {"type": "float"},
    "connection_rate": {"type": "int"},
    "automatic": {"type": "str", "choices": list(STATES)},
    "state": {"type": "str", "choices": ["present", "restored"], "default": "present"},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "journal": {"type": "path"},
    "confirmed": {"type": "bool", "default": False},
}


def settle(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    return jump_client_settings.settle(appliance, params, check_mode=check_mode)


OPERATION = Operation(settle, OPTIONS, libraries=["bs4"], required_if=[("state", "restored", ["journal"])])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
