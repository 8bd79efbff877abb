# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The failover page is read from formatted sentences."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.login import failover as login_failover


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("<p>This host is the <b>primary</b> site instance.</p>", "primary"),
        ("<table><tr><td>This <font color=red>is the <b>backup</b></font> site instance.</td></tr></table>", "backup"),
        ("<div>Dies <em>ist die <span>prim\u00e4re</span> Site-Instanz</em></div>", "primary"),
        ("<p>It is the</p><p>primary site instance</p>", ""),
        ("<p>It is the primary site instance.</p><p>It is the backup site instance.</p>", ""),
    ],
)
def test_formatted_sentence_is_read(page, labels, body, role):
    """Two roles in it are none."""
    assert login_failover.role_of(page(f"<html><body>{body}</body></html>"), labels) == role
