# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The table of a plan: aligned, never wider than asked for, nothing lost."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.plan_table import describe_estimate, plan_table


def step(number, title, node="a", disturbs="", estimate=None, **more):
    estimate = estimate or {"seconds": 3600, "least": 900, "basis": "vendor"}
    return {"number": number, "node": node, "title": title, "disturbs": disturbs, "estimate": estimate, **more}


LONG = step(
    12,
    "take over from backup-appliance.support.example.com (public name)",
    node="primary-appliance.support.example.com",
    disturbs="users and clients",
    starts="Sat 2026-03-07 22:00 CET (window 22:00-02:00)",
)


def test_cells_are_aligned_below_their_heads():
    assert plan_table([step(9, "synchronize the data"), step(10, "install Base 6.2.0", disturbs="users and clients")], {10: "Hop 2"}) == [
        " #  node  step                  disturbs           takes",
        "--  ----  --------------------  -----------------  ------------------",
        " 9  a     synchronize the data  nobody             15-60 min (vendor)",
        "Hop 2",
        "10  a     install Base 6.2.0    users and clients  15-60 min (vendor)",
    ]


@pytest.mark.parametrize("width", [100, 140])
def test_long_row_wraps_and_keeps_words(width):
    lines = plan_table([step(1, "synchronize the data"), LONG], width=width)
    assert max(map(len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    assert all(word in words for word in ("Sat", "22:00", "clients", "(public", "name)"))
    assert width < 140 or "primary-appliance.support.example.com" in words


def test_a_start_is_shown_where_one_is_known():
    assert "starts" not in plan_table([step(1, "x")])[0]
    assert plan_table([step(1, "x", starts="now")])[2].endswith("now")


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [
        (900, 3600, "15-60 min (vendor)"),
        (5, 40, "5-40 s (vendor)"),
        (40, 1500, "40 s-25 min (vendor)"),
        (86400, 86400, "24 h (vendor)"),
        (0, 0, "0 s (vendor)"),
        (129600, 172800, "36-48 h (vendor)"),
    ],
)
def test_an_estimate_is_short(least, most, text):
    assert describe_estimate({"least": least, "seconds": most, "basis": "vendor"}) == text


def test_no_estimate_is_an_empty_cell():
    assert describe_estimate(None) == ""
