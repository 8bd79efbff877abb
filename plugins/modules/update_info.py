#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: update_info
short_description: Read which packages an appliance offers, and its Base version
version_added: 0.1.0
description:
  - Reads C(/appliance > Status > Basics) and C(/appliance > Updates). No API has these facts.
  - Asks the appliance to check for updates first, as the page's own button does; that installs nothing.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  check:
    description: Whether to press C(Check for Updates) before reading the list.
    type: bool
    default: true
  download_key:
    description: Whether to read the Appliance Download Key too, with which packages for this appliance can be downloaded elsewhere.
    type: bool
    default: false
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: See what is offered
  bomgar.appliance.update_info:
  register: offered

- name: Name what can be installed now
  ansible.builtin.debug:
    msg: "{{ offered.packages | selectattr('state', 'eq', 'available') | map(attribute='name') }}"
"""

RETURN = r"""
base_version: {description: The Base version of Status > Basics., returned: success, type: str, sample: 6.2.0}
basics:
  description: "Everything that Status > Basics shows: C(model), C(serial), C(system_time) and C(fields), label to text."
  returned: success
  type: dict
  sample: {model: B300, serial: BG-1234, base_version: 6.2.0, fields: {"Base Version": 6.2.0}}
packages:
  description: The rows of the list, in its order.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: The name as the page shows it., type: str, sample: Base 6.2.0}
    kind: {description: "V(base), V(site), V(licence), V(hotfix) or V(other).", type: str, sample: base}
    version: {description: "Its version, null where the name has none.", type: str, sample: 6.2.0}
    state: {description: "V(available), V(blocked) until another package is installed, or V(installed).", type: str, sample: available}
    waits_for: {description: "Names that the row says must come first; not every appliance says it.", type: list, elements: str, sample: []}
    note: {description: The rest of the row's text., type: str, sample: ""}
download_key: {description: "The key, with O(download_key=true) only.", returned: success, type: str, sample: ""}
message: {description: What the page says about the list., returned: success, type: str, sample: ""}
installing: {description: Whether an installation is under way., returned: success, type: bool, sample: false}
console_installers_url:
  description: Address of the installers for the representative console, where the page links them; empty otherwise.
  returned: success
  type: str
  sample: ""
"""

from ..module_utils.module import Operation, run

OPTIONS = {"check": {"type": "bool", "default": True}, "download_key": {"type": "bool", "default": False, "no_log": False}}


def read(appliance, params, *, check_mode):
    basics, updates = appliance.pages.basics(), appliance.pages.updates(check=params["check"])
    return {
        "changed": False,
        "base_version": basics.base_version,
        "basics": basics.as_dict(),
        "packages": [package.as_dict() for package in updates.packages],
        "message": updates.message,
        "installing": updates.installing,
        "download_key": appliance.pages.download_key() if params["download_key"] else "",
        "console_installers_url": updates.console_installers_url,
    }


OPERATION = Operation(read, OPTIONS, libraries=["bs4"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
