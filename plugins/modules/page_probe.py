#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: page_probe
short_description: Find out which steps of an upgrade the web pages allow
version_added: 0.1.0
description:
  - Signs in and opens, reading only, each page that an upgrade uses. It reports the labels that were found and those that were not.
  - So a person knows before the maintenance window which steps are performed on the pages (V(web)) and which are left to a person
    (V(manual)).
  - Labels that appear only after a button was pressed (the license agreement, for example) cannot be found this way.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  pair:
    description: Whether the appliance is a node of a failover pair. Then the page C(Failover) is read too.
    type: bool
    default: false
  dest:
    description:
      - Folder for the label file C(NODE.yml), which lists each label that was not found with what the page shows. Fill it in and use it as
        C(bomgar_web_labels). If not set, no file is written.
    type: path
  node:
    description: Name of the appliance in the file; its address if not set.
    type: str
requirements: [beautifulsoup4]
seealso:
  - module: bomgar.appliance.preflight
"""

EXAMPLES = r"""
- name: Find out which steps the pages allow
  bomgar.appliance.page_probe:
    dest: /srv/upgrades/support.example.com/labels
  register: probed

- name: Show the steps that a person must perform
  ansible.builtin.debug:
    msg: "{{ probed.steps | selectattr('method', 'ne', 'web') | map(attribute='step') }}"
"""

RETURN = r"""
steps:
  description: One entry per step that uses a page.
  returned: success
  type: list
  elements: dict
  contains:
    step: {description: What an upgrade does on the page., type: str, sample: install a package}
    page: {description: Area and menu entries of the page., type: str, sample: /appliance > Updates}
    method:
      description: V(web), V(manual), or V(unknown) if the page cannot show it now, for example because no package is listed.
      type: str
      sample: web
    found: {description: The labels that were found by key., type: dict, sample: {install: Install This Update}}
    missing: {description: Keys of labels that were not found., type: list, elements: str, sample: []}
    pressed:
      description: Keys of labels that are unknown until a button is pressed, for example those of a license agreement.
      type: list
      elements: str
      sample: [agree_box]
    shown: {description: Labels of the page to choose from. Empty if none is missing., type: list, elements: str, sample: []}
    why: {description: Why it is not V(web)., type: str, sample: ""}
lines: {description: The same for people., returned: success, type: list, elements: str}
label_file: {description: Path of the label file. Empty without O(dest)., returned: success, type: str, sample: ""}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.module import Operation, run
from ..module_utils.operations.page_probe import probe

OPTIONS = {"pair": {"type": "bool", "default": False}, "dest": {"type": "path"}, "node": {"type": "str"}}

OPERATION = Operation(probe, OPTIONS, libraries=["bs4"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
