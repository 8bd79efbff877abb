# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    # The suboptions stand here twice, since documentation tools read nothing but plain texts.
    DOCUMENTATION = r"""
options:
  name:
    description: What people call this node, for messages. Its address when not given.
    type: str
  wait_timeout:
    description: Seconds until it must be proved. Reaching it aborts nothing on the appliances.
    type: int
    default: 3600
  poll_interval:
    description: Seconds between two looks. JSON appliances answer health from a cache for a minute.
    type: int
    default: 15
  stable:
    description: How many good looks in a row prove it.
    type: int
    default: 2
  peer:
    description:
      - The other node, with the same connection options as this one, and C(name). Every claim is proved from both nodes.
      - The filter P(bomgar.appliance.connection#filter) makes it of the inventory's variables.
    type: dict
    required: true
    suboptions:
      name: {description: What people call this node. Its address when not given., type: str}
      url:
        description: Address of the appliance itself, not the public name. Falls back to E(BT_API_HOST).
        type: str
        required: true
      client_id: {description: OAuth client id of an API account. Falls back to E(BT_CLIENT_ID)., type: str}
      client_secret: {description: OAuth client secret of that account. Falls back to E(BT_CLIENT_SECRET)., type: str}
      username: {description: User name for the Command API of products before 16.1., type: str}
      password: {description: Password that belongs to C(username)., type: str}
      validate_certs: {description: Whether the TLS certificate must be valid and trusted., type: bool, default: true}
      ca_path: {description: PEM file with the authorities to trust., type: path}
      timeout: {description: Seconds that one request may wait for an answer., type: int, default: 30}
      cache_dir: {description: Folder of tokens and sessions., type: path, default: ~/.ansible/bomgar.appliance}
      web_username: {description: Account for the C(/appliance) pages., type: str}
      web_password: {description: Password that belongs to C(web_username)., type: str}
      login_username: {description: Local account for the C(/login) pages., type: str}
      login_password: {description: Password that belongs to C(login_username)., type: str}
      web_labels: {description: Labels of the pages where they differ from the known ones., type: dict, default: {}}
      accept_login_agreement: {description: Whether a login agreement may be accepted., type: bool, default: false}
      page_dir: {description: Folder for pages that were not understood., type: path}
"""

    NODES = r"""
options:
  nodes:
    description:
      - "The nodes, each with the connection options of M(bomgar.appliance.appliance_info) and C(name). The filter
        P(bomgar.appliance.connection#filter) makes them of the inventory's variables."
    type: list
    elements: dict
    required: true
    suboptions:
      name: {description: What people call this node. Its address when not given., type: str}
      url:
        description: Address of the appliance itself, not the public name. Falls back to E(BT_API_HOST).
        type: str
        required: true
      client_id: {description: OAuth client id of an API account. Falls back to E(BT_CLIENT_ID)., type: str}
      client_secret: {description: OAuth client secret of that account. Falls back to E(BT_CLIENT_SECRET)., type: str}
      username: {description: User name for the Command API of products before 16.1., type: str}
      password: {description: Password that belongs to C(username)., type: str}
      validate_certs: {description: Whether the TLS certificate must be valid and trusted., type: bool, default: true}
      ca_path: {description: PEM file with the authorities to trust., type: path}
      timeout: {description: Seconds that one request may wait for an answer., type: int, default: 30}
      cache_dir: {description: Folder of tokens and sessions., type: path, default: ~/.ansible/bomgar.appliance}
      web_username: {description: Account for the C(/appliance) pages., type: str}
      web_password: {description: Password that belongs to C(web_username)., type: str}
      login_username: {description: Local account for the C(/login) pages., type: str}
      login_password: {description: Password that belongs to C(login_username)., type: str}
      web_labels: {description: Labels of the pages where they differ from the known ones., type: dict, default: {}}
      accept_login_agreement: {description: Whether a login agreement may be accepted., type: bool, default: false}
      page_dir: {description: Folder for pages that were not understood., type: path}
"""
