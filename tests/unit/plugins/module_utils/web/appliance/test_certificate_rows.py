# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The rows of certificates, and which one is the default."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import certificates as appliance_certificates


def test_certificates_with_an_export_link_each_are_listed(at):
    rows = appliance_certificates.list_all(at("certificates", "cards/certificates.html"))
    assert [(row.name, row.default) for row in rows] == [("support.example.com", True), ("old.example.com", False)]


@pytest.mark.parametrize(
    ("cell", "default"),
    [
        ("Yes", True),
        ("\u2713", True),
        ("<img src=x alt=Default>", True),
        ("<span aria-label=Ja>&#10003;</span>", True),
        ("<input type=radio name=d checked>", True),
        ("No", False),
        ("", False),
        ("-", False),
        ("&nbsp;", False),
        ("<button>Make Default</button>", False),
        ("<input type=radio name=d>", False),
    ],
)
def test_default_is_found_in_any_form(at, cell, default):
    """The default is found by a word, a sign, an image or a button."""
    page = (
        "<html><body><a href=/x>Log Out</a><form method=post><select name=a><option>Export</option></select>"
        "<table><tr><th></th><th>Name</th><th>Default</th></tr>"
        f"<tr><td><input type=checkbox name=c value=1></td><td>one</td><td>{cell}</td></tr></table></form></body>"
    )
    (row,) = appliance_certificates.list_all(at("certificates", page))
    assert (row.name, row.default) == ("one", default)
