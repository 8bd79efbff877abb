# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security > Certificates and Storage."""

from __future__ import annotations

from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates


def test_certificates_are_listed_with_the_default(at):
    """Requests are left out."""
    rows = appliance_certificates.list_all(at("certificates", "tables/certificates.html"))
    assert [(row.name, row.default) for row in rows] == [("support 2021", True), ("Factory Default Appliance Certificate", False)]
    assert "support.example.com" in rows[0].text
