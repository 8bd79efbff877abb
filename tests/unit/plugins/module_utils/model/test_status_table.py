# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The table of all sites: a line for each node, and below it what needs somebody."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.status_table import status_table

RUN = {"run": 2, "begun": "2026-03-06T19:00:12+00:00", "ended": None, "state": "waiting", "why": "", "by": "Ada Example"}


def node(name, **given):
    known = {"reachable": True, "version": "22.1.4", "base": "6.2.0", "role": "none", "healthy": True, "serves": True, "last_version": ""}
    return {"name": name, **known, **given}


def row(site, *nodes, **given):
    known = {"mode": "standalone", "state": "new", "verdict": "No run.", "step": None, "catch_up": None, "waiting_until": "", "lock": None}
    return {"site": site, "nodes": list(nodes), **known, "last_run": None, "open": [], "findings": [], **given}


WAITS = row(
    "support",
    node("a.example.com", role="primary"),
    node("b.example.com", role="backup", reachable=False, serves=False, last_version="20.2.1", base="", version=""),
    mode="asynchronous",
    state="waiting",
    verdict="The upgrade waits.",
    step={"number": 7, "of": 23, "title": "", "node": ""},
    catch_up={"percent": 35.0, "estimated_end": "2026-03-07T04:00:00+00:00"},
    waiting_until="2026-03-07T20:00:00+00:00",
    lock={"holder": "ada@controller", "dead": True},
    last_run=RUN,
    findings=[{"source": "site", "target": "", "text": "b.example.com could not be read. The connection was refused."}],
)


def test_columns_that_say_nothing_are_left_out():
    assert status_table([row("c.example.com", node("c.example.com"))]) == [
        "site           node           version  Base   health   last run",
        "-------------  -------------  -------  -----  -------  --------",
        "c.example.com  c.example.com  22.1.4   6.2.0  healthy  new",
        "standalone",
    ]


def test_pair_has_line_for_each_node():
    assert status_table([WAITS], width=220) == [
        "site          node             version   Base   role     health    step  caught up               waits until        "
        "last run           locked by              found",
        "------------  ---------------  --------  -----  -------  --------  ----  ----------------------  -----------------  "
        "-----------------  ---------------------  -----",
        "support       a.example.com *  22.1.4    6.2.0  primary  healthy   7/23  35 %                    2026-03-07 20:00Z  "
        "waiting            ada@controller (dead)      1",
        "asynchronous  b.example.com    (20.2.1)         backup   not read        ends 2026-03-07 04:00Z                     "
        "2026-03-06 19:00Z",
        "* serves clients.",
        "(version): what the last run read there.",
        "",
        "support:",
        "  - The upgrade waits.",
        "  - b.example.com could not be read. The connection was refused.",
    ]


@pytest.mark.parametrize("width", [135, 150])
def test_wide_table_wraps_and_keeps_words(width):
    lines = status_table([WAITS, row("c.example.com", node("c.example.com"))], width=width)
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    assert {"support", "7/23", "ada@controller", "(dead)", "04:00Z", "20:00Z", "c.example.com"} <= set(words)


def test_a_narrow_terminal_gets_whole_words():
    words = " ".join(status_table([WAITS], width=40)).split()
    assert {"a.example.com", "asynchronous", "ada@controller", "2026-03-07"} <= set(words)


def test_a_site_without_a_node_is_a_line():
    lines = status_table([row("x", state="unread", findings=[{"source": "site", "target": "x", "text": "upgrade_mode is wrong."}])])
    assert lines[2].split() == ["x", "unread", "1"] and lines[-1] == "  - upgrade_mode is wrong."


def test_moments_in_sentences_are_dates():
    lines = status_table([row("x", open=["the catch-up is not complete. It began at 2026-03-07T20:00:00+00:00."])])
    assert "  - open: the catch-up is not complete. It began at 2026-03-07 20:00 UTC." in lines


def test_no_site_is_no_error():
    assert "".join(status_table([])) == ""
