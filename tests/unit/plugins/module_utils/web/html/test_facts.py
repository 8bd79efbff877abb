# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pairs of label and value are read from any markup."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.facts import describe_conflict, pick, read_facts


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><th>Serial Number</th><td>X1</td></tr></table>",
        "<table><tr><td>Serial Number:<td>X1</table>",
        "<table><tr><td>Model</td><td>B</td><td>Serial Number</td><td>X1</td></tr></table>",
        "<table><tr><th>Model</th><th>Serial Number</th></tr><tr><td>B</td><td>X1</td></tr></table>",
        "<dl><dt>Serial Number</dt><dd>X1</dd></dl>",
        "<dl><div><dt>Serial Number</dt><dd>X1</dd></div></dl>",
        "<ul><li>Serial Number: X1</li></ul>",
        "<p>Model: B<br>Serial Number: X1<br></p>",
        "<p><strong>Serial Number:</strong> X1</p>",
        "<p><b>Model:</b> B<br><b>Serial Number:</b> X1</p>",
        "<div class=row><div class=l>Serial Number</div><div class=v>X1</div></div>",
        "<li><span>Serial Number</span><span>X1</span></li>",
        "<div class=tile><h4>Serial Number</h4><p>X1</p></div>",
        "<form><label for=s>Serial Number</label><input id=s readonly value=X1></form>",
        "<div><label>Serial Number</label> <span>X1</span></div>",
    ],
)
def test_a_pair_is_read_from_every_markup(page, body):
    assert read_facts(page(f"<html><body><h1>Basics</h1>{body}</body></html>"))["Serial Number"] == "X1"


def test_a_menu_is_no_pair(page):
    facts = read_facts(page("<table><tr><td><a href=/1>Status</a></td><td><a href=/2>Users</a></td></tr></table>"))
    assert facts == {}


NESTED = "<table width=700><tr><td valign=top>Menu</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>Serial Number</td><td><table><tr><td>X1</td></tr></table></td></tr></table>",
        "<table><tr><td><table><tr><td><font>Serial Number:</font></table></td><td><table><tr><td>X1</td></tr></table></td></tr></table>",
        "<table><tr><td>Serial Number</td><td>:</td><td>X1</td></tr></table>",
        "<table><tr><td>Serial Number</td><td width=5>&nbsp;</td><td><b>X1</b></td></tr></table>",
        "<table><tr><td><img src=s.gif alt='Serial Number'></td><td>X1</td></tr></table>",
        "<table><tr><td>Serial Number</td><td><img src=x.gif title=X1></td></tr></table>",
        "<table><tr><td><b>Model</b></td><td><b>Serial Number</b></td></tr><tr><td>B</td><td>X1</td></tr></table>",
        "<table><tr><td>Model: B</td><td>Serial Number: X1</td></tr></table>",
        "<table><tr><td><b>Model:</b> B</td><td><b>Serial Number:</b> X1</td></tr></table>",
        "<table><tr><th>Model</th><td>B</td></tr>"
        "<tr><td colspan=2><table><tr><th>Serial Number</th><td>X1</td></tr></table></td></tr></table>",
        "<table><caption>Serial Number</caption><tr><td>X1</td></tr></table>",
        "<fieldset><legend>Serial Number</legend><p>X1</p></fieldset>",
        "<table><tr><td>Serial Number</td></tr><tr><td>X1</td></tr></table>",
        "<table><tr><td>Serial Number</td><td><input type=text readonly value=X1></td></tr></table>",
        "<label for=o>Serial Number</label><p>between</p><output id=o>X1</output>",
        "<h4 id=h>Serial Number</h4><p>between</p><span aria-labelledby=h>X1</span>",
        "<p><b>Serial Number</b><span>:</span> <i>X1</i></p>",
        "<dl><dt><table><tr><td>Serial Number</td></tr></table></dt><dd><center><font>X1</font></center></dd></dl>",
        "<div><font><b>Model:</b></font> B<br><font><b>Serial Number:</b></font> X1</div>",
        "<p>Serial <!-- of this one --> Number:<script>1</script> X1</p>",
    ],
)
@pytest.mark.parametrize("around", ["{}", NESTED])
def test_a_pair_is_read_in_any_nesting(page, body, around):
    assert read_facts(page(f"<html><body><h1>Basics</h1>{around.format(body)}</body></html>"))["Serial Number"] == "X1"


def test_two_values_of_one_label_are_none(page, labels):
    facts = read_facts(page("<table><tr><td>Base Version</td><td>6.0.2</td></tr><tr><td>Base Version</td><td>6.2.0</td></tr></table>"))
    assert pick(facts, labels, "base_version") == ""
    assert describe_conflict(facts, labels, "base_version") == "'6.0.2' and '6.2.0' next to one label"


def test_one_value_that_is_shown_twice_is_one(page, labels):
    facts = read_facts(page("<dl><dt>Base Version<dd>6.2.0</dl><p>Base Version: 6.2.0</p>"))
    assert pick(facts, labels, "base_version") == "6.2.0"


def test_head_over_two_rows_is_empty(page, labels):
    """A head row over two rows gives no value."""
    facts = read_facts(page("<table><tr><th>Name<th>Serial Number<tr><td>a<td>X1<tr><td>b<td>X2</table>"))
    assert pick(facts, labels, "serial") == ""
