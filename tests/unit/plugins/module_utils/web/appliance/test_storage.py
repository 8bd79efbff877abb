# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How full the disks are."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance import storage as appliance_storage


@pytest.mark.parametrize(("layout", "percent"), [("tables", 83.0), ("cards", 47.5)])
def test_the_fullest_disk_counts(at, layout, percent):
    assert appliance_storage.read(at("storage", f"{layout}/storage.html"))["percent_used"] == percent


@pytest.mark.parametrize(
    ("body", "percent"),
    [
        ("<p>Free: 40 %</p>", 60.0),
        ("<ul><li>Disk space: 72,5 % used</li></ul>", 72.5),
        ("<dl><dt>Data</dt><dd>12% free</dd></dl>", 88.0),
        ("<div>Recordings <meter max=200 value=50></meter></div>", 25.0),
        ("<p>Speicherbelegung: 61 %</p>", 61.0),
    ],
)
def test_shares_in_other_words(at, body, percent):
    page = f"<html><body><a href=/x>Log Out</a>{body}</body></html>"
    assert appliance_storage.read(at("storage", page))["percent_used"] == percent
