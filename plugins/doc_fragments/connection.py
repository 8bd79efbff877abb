# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of one appliance, as V(support.example.com) or V(https://support.example.com:443).
      - In a failover pair, use the name of the appliance itself, not the public name.
      - Only HTTPS is used. If not set, the environment variable E(BT_API_HOST) is used.
    type: str
    required: true
  client_id:
    description: >-
      OAuth client id of an API account (product version 16.1 and later). If not set, the environment variable E(BT_CLIENT_ID) is used.
    type: str
  client_secret:
    description: OAuth client secret of that account. If not set, the environment variable E(BT_CLIENT_SECRET) is used.
    type: str
  username:
    description: User name for the Command API of products before 16.1, which have no API accounts.
    type: str
  password:
    description: Password of O(username).
    type: str
  validate_certs:
    description: Whether the TLS certificate of the appliance must be valid for its name and signed by a trusted authority.
    type: bool
    default: true
  ca_path:
    description: PEM file with the certificate authorities to trust for this appliance. If not set, those of the system are trusted.
    type: path
  tls_minimum:
    description:
      - The lowest TLS version to accept. Appliances with a Base before 7.0.0 may offer only TLS 1.0 and 1.1.
      - With V(1.0) or V(1.1) and without O(tls_ciphers), the security level of OpenSSL is 0, because OpenSSL 3 requires this level for
        these versions. Names and certificates are still verified. Restore the default after the upgrade. The preflight reports an old TLS
        version.
    type: str
    choices: ["1.0", "1.1", "1.2", "1.3"]
    default: "1.2"
  tls_ciphers:
    description:
      - The ciphers to accept, in the syntax of C(openssl ciphers). The list is joined with colons, as in M(ansible.builtin.uri).
      - If not set, the default ciphers of OpenSSL.
    type: list
    elements: str
  timeout:
    description:
      - Seconds to wait for the response to one request, V(1) to V(3600).
      - A whole response may take four times as long. A file transfer has no such limit as long as data arrives.
    type: int
    default: 30
  cache_dir:
    description:
      - Folder in which the tasks of a run share the access token and the web session. One token per account and hour is then enough (the
        vendor allows 30 at a time). The folder has mode 0700, its files have mode 0600.
      - If not set, the folder C(bomgar.appliance) in Ansible's home (E(ANSIBLE_HOME), by default C(~/.ansible)). If it is not writable,
        each task requests its own token.
    type: path
requirements:
  - requests
  - defusedxml
notes:
  - Set these options once with C(module_defaults) for the action group C(group/bomgar.appliance.appliance).
  - "The message of a failed task begins with one line that names the appliance and what failed. The evidence and the action to take
    follow. The result also contains C(error), the kind of the error: C(InvalidInput), C(Unreachable), C(Untrusted), C(Unavailable),
    C(Refused), C(AccessDenied), C(PermissionMissing), C(NotUnderstood), C(NotFound), C(WaitTimeout), C(Unsafe) or C(PlanError)."
"""
