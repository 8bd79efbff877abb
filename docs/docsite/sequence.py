# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A sequence diagram of Mermaid as a table of HTML: readable on a phone and by a screen reader, and without a script from elsewhere."""

import re
from html import escape

PARTICIPANT = re.compile(r"participant (\w+) as (.*)")
NOTE = re.compile(r"Note over (\w+)(?:,(\w+))?: (.*)")
MESSAGE = re.compile(r"(\w+)->>(\w+): (.*)")


def table(source):
    """The table of a diagram that has participants, notes, messages and one level of `rect`. Raises ValueError for anything else."""
    names, rows, marked = {}, [], False
    for line in filter(None, map(str.strip, source.splitlines()[1:])):
        if found := PARTICIPANT.fullmatch(line):
            names[found[1]] = found[2]
        elif found := NOTE.fullmatch(line):
            rows.append(_row(list(names), found[1], found[2] or found[1], escape(found[3]), marked))
        elif found := MESSAGE.fullmatch(line):
            rows.append(_row(list(names), found[1], found[2], f"→ {escape(found[3])} →", marked))
        elif line.startswith("rect ") or line == "end":
            marked = line != "end"
        else:
            raise ValueError(f"a sequence diagram has a line that is not known here: {line}")
    head = "".join(f"<th>{escape(name)}</th>" for name in names.values())
    return f'<table class="sequence"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _row(names, first, last, text, marked):
    start, end = sorted((names.index(first), names.index(last)))
    cells = [*["<td></td>"] * start, f'<td class="event" colspan="{end - start + 1}">{text}</td>']
    cells += ["<td></td>"] * (len(names) - end - 1)
    return f"<tr{' class=marked' if marked else ''}>{''.join(cells)}</tr>"
