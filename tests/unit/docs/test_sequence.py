# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/docsite/sequence.py: the diagrams of the guides as tables."""

import importlib.util

import pytest

from tests.support.guides import ROOT, blocks

SPEC = importlib.util.spec_from_file_location("sequence", ROOT / "docs/docsite/sequence.py")
sequence = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sequence)

HEAD = "sequenceDiagram\nparticipant U as users\nparticipant A as A (primary)\nparticipant B as B\n"


def test_a_note_spans_its_participants():
    assert '<td></td><td class="event" colspan="2">synced &amp; broken</td></tr>' in sequence.table(f"{HEAD}Note over A,B: synced & broken")


def test_a_message_names_what_is_sent():
    assert '<tr><td class="event" colspan="2">→ served →</td><td></td></tr>' in sequence.table(f"{HEAD}U->>A: served")


def test_a_marked_part_ends():
    shown = sequence.table(f"{HEAD}rect rgb(1, 2, 3)\nNote over U: down\nend\nNote over U: up")
    assert shown.count("marked") == 1 and shown.index("marked") < shown.index("down") < shown.index("up")


def test_an_unknown_line_is_an_error():
    with pytest.raises(ValueError, match="loop forever"):
        sequence.table(f"{HEAD}loop forever")


def test_all_diagrams_of_the_guides_are_understood():
    diagrams = [block for page in (ROOT / "docs/guides").glob("*.md") for block in blocks(page) if block.kind == "mermaid"]
    assert len(diagrams) == 2 and all("(primary)" in sequence.table(block.text) for block in diagrams)
