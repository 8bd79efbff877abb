# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of cells as lines of text."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.text_table import TextTable

HEADS = {"step": "Step", "what": "What"}


def table(*rows, width=80, **more):
    return TextTable(HEADS, rows, width=width, least={"what": 8}, **more)


def test_columns_are_as_wide_as_their_widest_cell():
    row = {"step": "1", "what": "install Base 6.2.0"}
    assert table(row).head() == ["Step  What", "----  ------------------"]
    assert table(row).row(row) == ["1     install Base 6.2.0"]


def test_numbers_are_aligned_at_the_right():
    row = {"step": "1", "what": "x"}
    assert table(row, right=["step"]).row(row) == ["   1  x"]


def test_a_wide_column_is_wrapped_to_the_width():
    row = {"step": "1", "what": "install Base 6.2.0 on b"}
    lines = table(row, width=20).row(row)
    assert len(lines) == 2 and max(map(len, lines)) <= 20
    assert " ".join(" ".join(lines).split()) == "1 install Base 6.2.0 on b"


def test_no_column_is_narrower_than_it_may_be():
    row = {"step": "1", "what": "install the package"}
    assert max(map(len, table(row, width=5).row(row))) <= len("Step  ") + 8


def test_a_cell_may_have_several_lines():
    row = {"step": "1", "what": "one\n\ntwo"}
    assert table(row).row(row) == ["1     one", "", "      two"]
