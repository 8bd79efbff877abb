# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/glossary.md is in alphabetical order and defines each term once. Its links are tested in test_citations.py."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[3] / "docs/glossary.md").read_text(encoding="utf-8")
TERMS = [term.casefold() for term in re.findall(r"^## (.*)$", PAGE, re.M)]
TEXTS = [text.strip() for text in re.split(r"^## .*$", PAGE, flags=re.M)[1:]]


def test_terms_are_sorted():
    assert sorted(TERMS) == TERMS


def test_no_term_twice():
    assert len(set(TERMS)) == len(TERMS)


def test_each_term_has_a_definition():
    assert [term for term, text in zip(TERMS, TEXTS) if not text] == []


def test_definitions_are_short():
    """A definition is one or two sentences, three where the term has values."""
    long = [term for term, text in zip(TERMS, TEXTS) if len(re.findall(r"[.)](?:\s|$)", re.sub(r"\([^)]*\)", "", text))) > 3]
    assert long == []
