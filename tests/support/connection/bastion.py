# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A bastion without a network: runs what it is given on this machine, but is not the local connection."""

from ansible.plugins.connection.local import Connection as Local

DOCUMENTATION = r"""
name: bastion
short_description: A bastion for tests
description: Runs modules as on a remote machine, on this one.
options: {}
"""


class Connection(Local):
    transport = "bastion"
