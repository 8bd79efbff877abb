# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of one appliance, as V(support.example.com) or V(https://support.example.com:443).
      - In a failover pair, the appliance's own name, not the shared public name.
      - Only HTTPS is spoken. Falls back to the environment variable E(BT_API_HOST).
    type: str
    required: true
  client_id:
    description: OAuth client id of an API account (product version 16.1 and newer). Falls back to E(BT_CLIENT_ID).
    type: str
  client_secret:
    description: OAuth client secret of that account. Falls back to E(BT_CLIENT_SECRET).
    type: str
  username:
    description: User name for the Command API of products before 16.1, which know no API accounts.
    type: str
  password:
    description: Password that belongs to O(username).
    type: str
  validate_certs:
    description: Whether the appliance's TLS certificate must be valid for its name and signed by a trusted authority.
    type: bool
    default: true
  ca_path:
    description: PEM file with the authorities to trust for this appliance, instead of those of the system.
    type: path
  timeout:
    description: Seconds that one request may wait for an answer.
    type: int
    default: 30
  cache_dir:
    description:
      - Folder in which the tasks of a run share the access token and the web session, so that one token per account and
        hour is enough (the vendor allows 30 at a time). The folder is 0700, the files in it 0600.
    type: path
    default: ~/.ansible/bomgar.appliance
requirements:
  - requests
  - defusedxml
notes:
  - Set these options once with C(module_defaults) for the action group C(group/bomgar.appliance.appliance).
  - "Errors are one sentence that names the appliance, what was tried, what came back and what to do; the kind is in the
    result's C(error): C(InvalidInput), C(Unreachable), C(Untrusted), C(Unavailable), C(Refused), C(AccessDenied),
    C(PermissionMissing), C(NotUnderstood), C(NotFound), C(WaitTimeout), C(Unsafe) or C(PlanError)."
"""
