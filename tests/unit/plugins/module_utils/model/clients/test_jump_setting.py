# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Numbers and units as pages write them."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.jump_setting import amount
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100 MiB/s", (100, "MiB/s")),
        ("100MiB/s", (100, "MiB/s")),
        ("12,5 MiB/s", (12.5, "MiB/s")),
        ("10 mebibytes per second", (10, "MiB/s")),
        ("5 MiB pro Sekunde", (5, "MiB/s")),
        ("5 MB/s", (5, "MB/s")),
        ("800 KB/s", (800, "KB/s")),
        ("8 Mbps", (8, "Mbit/s")),
        ("8 Mbit/s", (8, "Mbit/s")),
        ("10 kbps", (10, "Kbit/s")),
        ("50/s", (50, "/s")),
        ("50 per second", (50, "/s")),
        ("50 (pro Sekunde)", (50, "/s")),
        ("600 per minute", (600, "/min")),
        ("600 pro Stunde", (600, "/h")),
        ("20 %", (20, "%")),
        ("50", (50, "")),
        ("-1", (-1, "")),
        ("10 clients", (10, "")),
        ("Unlimited", (None, "")),
        ("", (None, "")),
    ],
)
def test_a_number_and_its_unit_are_told_apart(text, expected):
    assert amount(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_read(text):
    number, unit = amount(text)
    assert (number is None or isinstance(number, (int, float))) and isinstance(unit, str)


def test_a_number_without_end_is_no_crash():
    assert amount("9" * 400)[0] == float("inf")
