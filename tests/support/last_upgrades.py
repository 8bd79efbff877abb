# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The last upgrade of a journal with one site package and nothing else recorded."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.parts import ClientState

STATE = ClientState(counted={"before": None})
LAST = {
    "clients": STATE,
    "packages": [{"package": "Bomgar 22.1.4", "kind": "site"}],
    "basis": "",
    "recorded": True,
    "settings_changed": False,
}
