#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: update_info
short_description: Read the Base version and the offered packages
version_added: 0.1.0
description:
  - Reads C(/appliance > Status > Basics) and C(/appliance > Updates). No API returns these facts.
  - First presses C(Check for Updates) on the page. This installs nothing.
  - With O(method=manual) no page is opened. The packages are then those of O(manifest). The product version is read through the API. The
    Base version is O(base_version).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  method:
    description: V(web) reads the pages. V(manual) uses O(manifest), O(base_version) and O(installed).
    type: str
    choices: [web, manual]
    default: web
  manifest:
    description: Facts about packages, in the format of O(bomgar.appliance.upgrade_plan#module:manifest). Required with O(method=manual).
    type: dict
  base_version:
    description: With O(method=manual), the Base version that a person read on C(Status > Basics).
    type: str
  installed:
    description: With O(method=manual), the names of license add-ons and hotfixes that a person installed.
    type: list
    elements: str
    default: []
  check:
    description: Whether to press C(Check for Updates) before the list is read.
    type: bool
    default: true
  download_key:
    description: >-
      Whether to read the Appliance Download Key. With this key, packages for this appliance can be downloaded from another computer.
    type: bool
    default: false
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Read the offered packages
  bomgar.appliance.update_info:
  register: offered

- name: Show the packages that can be installed now
  ansible.builtin.debug:
    msg: "{{ offered.packages | selectattr('state', 'eq', 'available') | map(attribute='name') }}"
"""

RETURN = r"""
state: {description: "V(read), or V(manual) if a person must act first.", returned: success, type: str, sample: read}
source: {description: "Source of the list, V(page) or V(manifest).", returned: success, type: str, sample: page}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
base_version: {description: The Base version., returned: success, type: str, sample: 6.2.0}
basics:
  description: "The facts of C(Status > Basics): C(model), C(serial), C(system_time), and C(fields), a dictionary of label and text."
  returned: success
  type: dict
  sample: {model: B300, serial: BG-1234, base_version: 6.2.0, fields: {"Base Version": 6.2.0}}
packages:
  description: The packages in the order of the list.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Name of the package on the page., type: str, sample: Base 6.2.0}
    kind:
      description: V(base), V(site), V(licence) or V(hotfix). V(other) if the name does not show the kind.
      type: str
      sample: base
    version: {description: "Version of the package. It is null if the name contains none.", type: str, sample: 6.2.0}
    state: {description: "V(available), V(installed), or V(blocked) until another package is installed.", type: str, sample: available}
    waits_for:
      description: Names of packages that must be installed first, if the appliance reports them.
      type: list
      elements: str
      sample: []
    note: {description: Remaining text of the row., type: str, sample: ""}
download_key: {description: "The Appliance Download Key. Only with O(download_key=true).", returned: success, type: str, sample: ""}
message: {description: Message of the page about the list., returned: success, type: str, sample: ""}
installing: {description: Whether an installation runs., returned: success, type: bool, sample: false}
console_installers_url:
  description: Address of the installers for the representative console. Empty if the page has no link to them.
  returned: success
  type: str
  sample: ""
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.offers import read_offer
from ..module_utils.operations.port import Appliance

OPTIONS = {
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "manifest": {"type": "dict"},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "check": {"type": "bool", "default": True},
    "download_key": {"type": "bool", "default": False, "no_log": False},
}


def read(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    names = ("method", "manifest", "base_version", "installed", "check", "download_key")
    return read_offer(appliance, **{name: params[name] for name in names})


OPERATION = Operation(read, OPTIONS, libraries=["bs4"], required_if=[["method", "manual", ["manifest"]]])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
