# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sphinx extension: the navigation follows docs/contents.md, whose names of modules, roles and so on lead to the reference."""

import posixpath
import re

import sequence
from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.util import logging

LOG = logging.getLogger(__name__)
INDEX = "docs/contents"
VENDOR = "docs/vendor/README"
LINK = re.compile(r"^\| \[([^\]]+)\]\(([\w./-]+)\.md\)", re.M)  # in the first column of a table
ANCHOR = re.compile(r'<a id="([\w-]+)">')
SECTION = re.compile(r"^## (.*)$", re.M)
# {heading in docs/contents.md: how antsibull-docs names the pages}
KINDS = {"Modules": ("module",), "Roles": ("role",), "Callback": ("callback",), "Filters and lookups": ("filter", "lookup")}
# Ansible's documentation, which the generated pages refer to: rules in place of its index, so that a build needs no network.
ANSIBLE = "https://docs.ansible.com/projects/ansible/latest"
FOREIGN = {
    "action_plugins": f"{ANSIBLE}/plugins/action.html",
    "ansible_configuration_settings": f"{ANSIBLE}/reference_appendices/config.html",
    "callback_plugins": f"{ANSIBLE}/plugins/callback.html",
    "common_return_values": f"{ANSIBLE}/reference_appendices/common_return_values.html",
    "NO_COLOR": "https://no-color.org/",
}
PLUGIN = re.compile(r"ansible_collections\.(ansible)\.(builtin)\.(\w+)$")
VARIABLE = re.compile(r"ANSIBLE_\w+$")


def pages(name, text):
    """{heading: {page: label}} of the pages to which the page `name` links, each at its first link, as a path without .md."""
    parts = ["", *SECTION.split(text)]
    seen, found = {name}, {}
    for heading, body in zip(parts[::2], parts[1::2]):
        linked = [(posixpath.normpath(posixpath.join(posixpath.dirname(name), path)), label) for label, path in LINK.findall(body)]
        new = {page: label for page, label in reversed(linked) if page not in seen}
        seen.update(new)
        if new:
            found[heading] = dict(reversed(new.items()))
    return found


def add_navigation(_app, name, source):
    """Append hidden tables of contents to the index, one for each section, and to the vendor facts; shorten those of the reference."""
    text = source[0]
    if name == INDEX:
        sections = pages(name, text[text.index("\n## ") :])
        source[0] += "".join(_toctree(listed, heading) for heading, listed in sections.items())
        source[0] += _toctree({"reference/index": "Modules, roles, plugins"}, "Generated reference")
    elif name == VENDOR:
        source[0] += _toctree({page: label for listed in pages(name, text).values() for page, label in listed.items()})
    elif name.startswith("reference/"):
        shorter = re.sub(r"^\.\. contents::\n(   .*\n)+", "", text, flags=re.M)  # the theme has a table of contents
        source[0] = re.sub(r"^    ((\w+)_(module|role|filter|lookup|callback))$", r"    \2 (\3) <\1>", shorter, flags=re.M)


def _toctree(listed, heading=""):
    caption = f":caption: {heading}\n" if heading else ""
    entries = "\n".join(f"{label} </{page}>" for page, label in listed.items())
    return f"\n\n```{{toctree}}\n:hidden:\n:maxdepth: 1\n{caption}\n{entries}\n```\n"


def add_anchors(app, tree):
    """Make `<a id="...">` in a page known as a target of links, as it is on GitHub."""
    known = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for raw in tree.findall(nodes.raw):
        for anchor in ANCHOR.findall(raw.astext()):
            known[anchor] = (0, anchor, anchor)


def draw_sequences(_app, tree):
    """Show the diagrams of Mermaid, which other places draw by a script, as tables."""
    for block in list(tree.findall(nodes.literal_block)):
        if block.get("language") == "mermaid":
            block.replace_self(nodes.raw("", sequence.table(block.astext()), format="html"))


def link_names(app, tree, name):
    """In the tables of the index, make each name in the first column a link to its page of the reference; warn of a name without a page."""
    if name != INDEX:
        return
    for section in tree.findall(nodes.section):
        kinds = KINDS.get(section.next_node(nodes.title).astext(), ())
        for row in section.findall(nodes.row) if kinds else ():
            for literal in list(row.next_node(nodes.entry).findall(nodes.literal)):
                _link(app, literal, kinds)


def _link(app, literal, kinds):
    found = [page for page in (f"reference/{literal.astext()}_{kind}" for kind in kinds) if page in app.env.found_docs]
    if found:
        target = app.builder.get_relative_uri(INDEX, found[0])
        literal.replace_self(nodes.reference("", "", literal.deepcopy(), internal=True, refuri=target))
    else:
        LOG.warning("%s names %s, which has no page", INDEX, literal.astext())


def foreign(_app, _env, node, content):
    """A link to a page outside of this site, or None if the target is none that is known here."""
    target = node.get("reftarget", "")
    address = FOREIGN.get(target)
    if VARIABLE.match(target):
        address = f"{ANSIBLE}/reference_appendices/config.html#envvar-{target}"
    if plugin := PLUGIN.match(target):
        address = f"{ANSIBLE}/collections/{'/'.join(plugin.groups())}.html"
    return nodes.reference("", "", content.deepcopy(), refuri=address) if address else None


def setup(app):
    app.add_lexer("mermaid", TextLexer)
    app.connect("source-read", add_navigation)
    app.connect("doctree-read", add_anchors)
    app.connect("doctree-read", draw_sequences)
    app.connect("doctree-resolved", link_names)
    app.connect("missing-reference", foreign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
