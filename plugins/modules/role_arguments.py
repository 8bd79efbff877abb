#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: role_arguments
short_description: Read the variables of a role as its argument spec means them
version_added: 0.1.0
description:
  - Each role of this collection begins with it. Extra variables, INI inventories and surveys give text. It becomes the number, truth value,
    list or dictionary that the role's argument spec asks for, alike on every version of ansible-core. Empty text and null mean the default.
  - Refuses, before the first request to an appliance, values that do not fit, versions that are numbers (YAML reads 24.10 as 24.1), an
    empty target version, and variables that nobody knows, with the nearest known name.
  - Names that begin with C(upgrade_), C(bomgar_), C(catch_up_), C(drain_), C(preflight_), C(failover_) or C(aftercare_) must be known.
    Other collections may use C(backup_), C(install_) and C(verify_), so such names are refused only when they are nearly one of the
    role's own.
  - Only names are checked. Values of variables that are not the role's are not evaluated.
  - Where the role has a variable C(ROLE_node), as C(backup_node), variables that name files (C(*_file), C(*_files)) are those of that host.
  - Variables of the role that are secrets are checked, and not returned.
author: The bomgar.appliance authors (!UNKNOWN)
options:
  role:
    description: Name of a role of this collection. If not set, the role that the task belongs to.
    type: str
  entry_point:
    description: Entry point of the role.
    type: str
    default: main
  host:
    description: Another host, such as the peer. Its variables in the inventory are read, and none is required.
    type: str
  require:
    description: Whether required options, and a target version, must be given.
    type: bool
    default: true
attributes:
  check_mode: {support: full, description: It changes nothing.}
  diff_mode: {support: none, description: It changes nothing.}
notes:
  - It runs on the controller, whatever the connection is.
"""

EXAMPLES = r"""
- name: Read the options of the upgrade
  bomgar.appliance.role_arguments:
    role: upgrade
    require: false
  register: site

- name: Show its folder
  ansible.builtin.debug:
    msg: "{{ site.state_dir }}"
"""

RETURN = r"""
options:
  description: Each option of the role is a key of the result, without the role's prefix (C(mode) for C(upgrade_mode)), in its type.
  returned: success
  type: raw
  sample: standalone
decisions:
  description: With the role C(upgrade), each variable of any role that is a decision about safety, by name, in its type.
  returned: success
  type: dict
  sample: {catch_up_threshold: 50.0}
decision_defaults: {description: The defaults of RV(decisions)., returned: success, type: dict, sample: {catch_up_threshold: 95.0}}
problems:
  description: What is wrong, a sentence each.
  returned: failure
  type: list
  elements: str
  sample: ["upgrade_target_verson is unknown: did you mean upgrade_target_version?"]
"""
