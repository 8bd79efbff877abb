# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.markup_text import (
    looks_like_html,
    numbered_references,
    safe_references,
    visible_text,
    without_blocks,
)


@pytest.mark.parametrize("text", ["<html>", " <!DOCTYPE html><p>", "<?xml version='1.0'?>\n<!-- x --><HTML>", "<!--a--><!--b--><body>"])
def test_html_is_recognized(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["", "html", "<error/>", "<!-- <html>", "{}", "<htmlx>"])
def test_other_text_is_not_html(text):
    assert not looks_like_html(text)


def test_more_tags_may_count():
    assert looks_like_html("<div>x", also=("div",)) and not looks_like_html("<div>x")


def test_visible_text_has_no_tags_and_scripts():
    assert visible_text("<p>It &amp; he</p><script>x()</script>\n<b>failed</b>") == "It & he failed"
    assert visible_text("a" * 300, 10) == "a" * 9 + "…"


def test_an_open_block_ends_with_the_text():
    assert without_blocks("a<script>b") == "a " and without_blocks("a<!-- b -->c") == "a c"


def test_impossible_references_are_replaced():
    assert safe_references("&#0;&#xD800;&#65;") == "\ufffd\ufffd&#65;"


def test_names_of_characters_become_numbers():
    assert numbered_references("&nbsp;&amp;lt; &acE; &unknown; &copy x&y") == "&#160;&#38;lt; &#8766;&#819; &unknown; &copy x&y"
