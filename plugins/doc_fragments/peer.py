# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from textwrap import indent


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  name:
    description: Name of this node in messages. If not set, its address.
    type: str
  wait_timeout:
    description: >-
      Seconds within which the result must be verified. After them the module fails and the appliances continue. V(1) to V(604800).
    type: int
    default: 3600
  poll_interval:
    description: Seconds between two reads. Appliances with the JSON Command API cache their health for a minute. V(1) to V(86400).
    type: int
    default: 15
  stable:
    description: Number of successful reads in a row that verify the result, V(1) to V(100).
    type: int
    default: 2
  peer:
    description:
      - The other node of the pair, with the same connection options as this one, and C(name). Results are verified on both nodes.
      - The filter P(bomgar.appliance.connection#filter) returns these options from the variables of a host.
    type: dict
    required: true
"""

    NODES = r"""
options:
  nodes:
    description:
      - "The nodes, each with the connection options of M(bomgar.appliance.appliance_info) and C(name). The filter
        P(bomgar.appliance.connection#filter) returns these options from the variables of a host."
    type: list
    elements: dict
    required: true
"""

    OPTIONAL = r"""
options:
  peer:
    type: dict
"""

    # Of the option that ends each of these texts.
    SUBOPTIONS = r"""
suboptions:
  name: {description: "Name of this node in messages. If not set, its address.", type: str}
  url:
    description: Address of the appliance itself, not the public name.
    type: str
    required: true
  client_id: {description: "OAuth client id of an API account. If not set, E(BT_CLIENT_ID) is used.", type: str}
  client_secret: {description: "OAuth client secret of that account. If not set, E(BT_CLIENT_SECRET) is used.", type: str}
  username: {description: User name for the Command API of products before 16.1., type: str}
  password: {description: Password of C(username)., type: str}
  validate_certs: {description: Whether the TLS certificate must be valid and trusted., type: bool, default: true}
  ca_path: {description: PEM file with the certificate authorities to trust., type: path}
  tls_minimum: {description: The lowest TLS version to accept., type: str, choices: ["1.0", "1.1", "1.2", "1.3"], default: "1.2"}
  tls_ciphers: {description: The ciphers to accept., type: list, elements: str}
  timeout: {description: "Seconds to wait for the response to one request, V(1) to V(3600).", type: int, default: 30}
  cache_dir: {description: Folder of tokens and sessions., type: path}
  web_username: {description: Account for the C(/appliance) pages., type: str}
  web_password: {description: Password of C(web_username)., type: str}
  login_username: {description: Local account for the C(/login) pages., type: str}
  login_password: {description: Password of C(login_username)., type: str}
  web_labels: {description: Labels of the pages that the collection does not know., type: dict, default: {}}
  accept_login_agreement: {description: Whether to accept a login agreement., type: bool, default: false}
  page_dir: {description: Folder for pages that the collection cannot read., type: path}
"""


# Tools that check the texts of this file read literals only, so the class holds the suboptions once and this adds them.
for _name in ("DOCUMENTATION", "NODES", "OPTIONAL"):
    setattr(ModuleDocFragment, _name, getattr(ModuleDocFragment, _name) + indent(ModuleDocFragment.SUBOPTIONS.lstrip(), " " * 4))
