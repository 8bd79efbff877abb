# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where one entry of a list ends and the next begins: in tables, lists, cards, definition lists and flat pages."""

from __future__ import annotations

from .text import classes, fold, own_text, text_of

ROW_TAGS = ("tr", "li", "article", "option")
HEADINGS = ("h2", "h3", "h4", "h5", "h6", "legend", "summary", "dt")
_OUTERMOST = ("body", "html", "[document]")
_LISTS = ("main", "form", "table", "tbody", "thead", "ul", "ol", "dl", "section")


def entry_around(seed, borders, is_name):
    """The tags that make up the list entry of a seed (a button, or a box to tick).

    borders: tags that belong to something else (the other seeds, a file field ...). is_name(text) tells a text that
    names an entry. The nearest box around the seed that names something is the entry; where names stand beside the
    seed (dt and dd, a heading before a form, a row of its own above), the siblings are gathered.
    """
    inner, speaking = seed, None
    for box in seed.parents:
        if box.name in _OUTERMOST or holds(box, borders) or _is_list(box, is_name) or inner.name == "dd":
            break
        inner = box
        if box.name == "dd" and _is_one_entry(box.parent, borders, is_name):
            return [box.parent]
        names, speaks = count_names(box, is_name), bool(text_of(box, skip=[seed]))
        if box.name != "dd" and names or speaks and (box.name in ROW_TAGS or in_series(box)):
            return _completed(box, borders, is_name)
        speaking = speaking or (box if speaks else None)
    return _gather(inner, borders, is_name) or [speaking or inner]


def _is_one_entry(dl, borders, is_name):
    """True for a definition list that describes a single entry, its name being a value and not a term."""
    if dl is None or dl.name != "dl" or holds(dl, borders) or _is_list(dl, is_name):
        return False
    return any(count_names(dd, is_name) for dd in dl.find_all("dd")) or in_series(dl)


def _completed(box, borders, is_name):
    """The box, or the whole card around it where that holds nothing else to press and no heading of its own."""
    if box.name == "tr" and _continues(box):
        return _gather(box, borders, is_name) or [box]
    while box.name not in ROW_TAGS and not like_siblings(box) and box.parent.name not in (*_OUTERMOST, *_LISTS):
        if holds(box.parent, borders) or _is_list(box.parent, is_name) or _adds_controls(box):
            break
        box = box.parent
    return [box]


def _continues(row):
    """True for a table row that only carries on the row above: fewer cells than that one, or the rest of a rowspan."""
    above = row.find_previous_sibling("tr")
    return above is not None and is_continuation(row, above)


def is_continuation(row, above):
    """Fewer cells than the row it belongs to, and no heading."""
    return 0 < len(_cells(row)) < len(_cells(above)) and row.find("th") is None


def _cells(row):
    return row.find_all(["td", "th"], recursive=False)


def _adds_controls(box):
    """True if the parent of the box brings fields, buttons or headings that are not in the box."""
    tags = ["input", "button", "select", "textarea", "h1", "h2"]
    return len(box.parent.find_all(tags)) > len(box.find_all(tags))


def _gather(box, borders, is_name):
    """The box with its siblings back to the one that names the entry, and on to the next entry; [] without a name."""
    found, speaks = [box], bool(text_of(box))
    for sibling in box.find_previous_siblings(True):
        if holds(sibling, borders):
            return []
        found.insert(0, sibling)
        if box.name == "tr" and len(_cells(sibling)) > len(_cells(box)):
            return found
        if sibling.name in HEADINGS:
            return found + _rest(box, sibling)
        if count_names(sibling, is_name):
            return [] if speaks and _alike(sibling, box) else found + _rest(box, sibling)
    return []


def entry_from_head(head):
    """A heading or dt with everything up to the next one of its kind."""
    return [head, *_rest(head, head)]


def _rest(box, head):
    rest = []
    for sibling in box.find_next_siblings(True):
        if sibling.name == head.name or sibling.name in HEADINGS:
            break
        rest.append(sibling)
    return rest


def _is_list(box, is_name):
    """True if the box holds several entries: several names of one rank, or several headings side by side."""
    if count_names(box, is_name) > 1:
        return True
    heads = [(id(tag.parent), tag.name) for tag in box.find_all(["h2", "h3", "h4", "h5", "h6"])]
    return len(heads) > len(set(heads))


def count_names(box, is_name):
    """How many names of one rank stand in the box. A name inside a note has another tag or column than its own."""
    ranks = {}
    for tag in [box, *box.find_all(True)]:
        if is_name(own_text(tag)):
            key = (tag.name, " ".join(classes(tag)), column_of(tag))
            ranks[key] = ranks.get(key, 0) + 1
    return max(ranks.values(), default=0)


def column_of(tag):
    """The number of the table column in which a tag stands; 0 outside tables."""
    cell = tag if tag.name in ("td", "th") else tag.find_parent(["td", "th"])
    return len(cell.find_previous_siblings(["td", "th"])) if cell is not None else 0


def holds(element, others):
    """True if one of the tags `others` is the element or inside it."""
    ids = {id(one) for one in others}
    return id(element) in ids or any(id(tag) in ids for tag in element.find_all(True))


def like_siblings(element):
    """The siblings that are entries of the same list: the same tag, and for plain boxes the same classes or one."""
    return [one for one in element.parent.find_all(element.name, recursive=False)
            if one is not element and _alike(one, element)]


def _alike(one, other):
    ours, theirs = set(classes(one)), set(classes(other))
    return one.name in (*ROW_TAGS, *HEADINGS) or ours == theirs or bool(ours & theirs)


def in_series(box):
    """True for one of several cards side by side; plain boxes without a class are none."""
    return bool(classes(box) or box.name in ("fieldset", "details")) and bool(like_siblings(box))


def heading_before(element):
    """The text of the nearest heading or caption before an element, '' if there is none."""
    head = element.find_previous(["h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"])
    return text_of(head) if head is not None else ""


def column_label(tag):
    """The folded label of the table column in which a text stands, '' if the table has no head row."""
    cell = tag if tag.name == "td" else tag.find_parent("td")
    table = cell.find_parent("table") if cell is not None else None
    first = table.find("tr") if table is not None else None
    heads = [one for one in first.find_all("th") if one.find_parent("tr") is first] if first is not None else []
    column = column_of(cell) if cell is not None else 0
    return fold(heads[column].get_text()) if column < len(heads) and len(heads) > 1 else ""
