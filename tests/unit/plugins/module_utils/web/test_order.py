# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Positions of tags on a page."""

import bs4
from ansible_collections.bomgar.appliance.plugins.module_utils.web.order import Marks, order_of

PAGE = bs4.BeautifulSoup(
    "<body><h2 id=h>One</h2><form id=f><p id=p><input id=i></p></form><input id=far form=f><h3 id=g>Two</h3><b id=b></b></body>",
    "html.parser",
)


def tag(name):
    return PAGE.find(id=name)


def test_a_span_covers_what_is_inside():
    first, last = order_of(PAGE).span(tag("f"))
    assert order_of(PAGE).span(tag("i"))[0] in range(first, last + 1)
    assert order_of(PAGE).span(tag("far"))[0] not in range(first, last + 1)


def test_the_heading_before_a_tag_is_the_nearest():
    order = order_of(tag("i"))
    assert [order.heading_before(tag(name)) for name in ("h", "i", "b")] == [None, tag("h"), tag("g")]


def test_a_field_may_name_its_form():
    assert order_of(PAGE).fields[id(tag("f"))] == [tag("i"), tag("far")]


def test_the_order_is_computed_once():
    assert order_of(tag("i")) is order_of(tag("b"))


def test_marks_are_found_inside_and_around():
    marks = Marks([tag("p"), tag("b")])
    assert marks.inside(tag("f")) and not marks.inside(tag("h"))
    assert not marks.inside(tag("f"), but=tag("p")) and marks.inside(tag("p"))
    assert marks.around(tag("i")) and not marks.around(tag("f"))


def test_without_marks_nothing_is_found():
    assert not Marks().inside(tag("f")) and not Marks().around(tag("f"))
