# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Nothing in a text from elsewhere acts on a terminal, hides, or changes what is seen."""

import unicodedata

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.table import cell
from ansible_collections.bomgar.appliance.plugins.module_utils.model.plain_text import plain, plain_line, plain_values
from hypothesis import given
from hypothesis import strategies as st

KEPT_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")  # Arabic signs that are seen


def bad(sign):
    kind = unicodedata.category(sign)
    return kind in ("Cc", "Cs", "Zl", "Zp") or kind == "Cf" and sign not in KEPT_FORMATS and ord(sign) < 0x11000


@given(st.text(st.characters(codec=None)))
def test_no_sign_that_acts_or_hides_stays(text):
    assert not [sign for sign in plain_line(text) if bad(sign)]
    assert not [sign for sign in plain(text) if bad(sign) and sign != "\n"]


@pytest.mark.parametrize(
    "text", ["\x1b[1mBase 6.2.0\x1b[0m", "\x1b]0;OWNED\x07Base 6.2.0\x1b[2J", "\x9b31mBase 6.2.0", "\x1b]8;;http://x\x1b\\Base 6.2.0"]
)
def test_a_name_in_colors_is_that_name(text):
    assert plain_line(text) == "Base 6.2.0"


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_a_plain_text_stays_as_it_is(text):
    assert plain(text) == plain_line(text) == text


def test_every_control_and_format_character_is_known():
    every = [chr(number) for number in range(0x11000)] + [chr(number) for number in range(0xE0000, 0xE0100)]
    assert [hex(ord(sign)) for sign in every if bad(sign) and any(bad(one) for one in plain_line(sign))] == []


def test_keys_and_values_of_any_depth_are_cleaned():
    assert plain_values({"a\x1b": ["x\x07y", {"b": "\u202edc"}, 3, None]}, plain_line) == {"a ": ["x y", {"b": "dc"}, 3, None]}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\uff1d1", "\x00=1"])
def test_no_cell_is_a_formula(text):
    assert cell(text).startswith("'")
