# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writing the XML of the Command API the way it was recorded: unprefixed root, tabs, an empty line."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..clock import to_iso


def document(body: Any, namespace: str) -> str:
    """Declaration, an empty line, the unprefixed root: as recorded on 19.1.8."""
    name = body[1:].split(None, 1)[0].split(">")[0].rstrip("/")
    root = body.replace(f"<{name}", f"<{name} xmlns={quoteattr(namespace)}", 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n{root}\n'


def element(tag: str, content: Any = "", /, **attributes: Any) -> str:
    """One element as text; content is escaped."""
    return _tagged(tag, escape(str(content)), attributes)


def group(tag: str, parts: Any, /, **attributes: Any) -> str:
    """An element with children, each on a line with tabs, as recorded."""
    inner = "".join("\n\t" + part.replace("\n", "\n\t") for part in parts)
    return _tagged(tag, f"{inner}\n" if inner else "", attributes)


def _tagged(tag: str, inner: Any, attributes: Any) -> str:
    given = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{tag}{given}>{inner}</{tag}>" if inner else f"<{tag}{given}/>"


def time_element(name: str, moment: float) -> str:
    return element(name, to_iso(moment), ts=int(moment))
