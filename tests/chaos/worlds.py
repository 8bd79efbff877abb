# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The worlds of the matrices: one node or a pair with accounts, clients and packages."""

NODE = "{{name: {0}, hostname: {0}.example.com, base: 6.0.2, version: {1}}}"
PAIR = "pairs: [{name: support, nodes: [a, b], public_hostname: support.example.com, sync: {minutes: 5}}]\n"


def world(name, nodes, *, version, passive, packages):
    """A world in YAML. nodes: "a" or "ab"; packages: the items of the list in YAML."""
    return f"""\
schema: 1
name: {name}
product: rs
company: Example Ltd
appliances: [{", ".join(NODE.format(node, version) for node in nodes)}]
{PAIR if len(nodes) == 2 else ""}\
accounts:
  api:
    - client_id: me
      client_secret: canary-api
      permissions: {{perm_command: full_access, perm_backup: true, perm_configuration: true}}
  appliance: [{{username: admin, password: canary-web}}]
  login: [{{username: admin, password: canary-login}}]
clients: {{jump_clients: {{active: 18, passive: {passive}, lost: 1}}}}
packages:
{packages}"""
