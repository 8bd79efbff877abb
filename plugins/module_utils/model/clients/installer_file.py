# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether a downloaded file is an installer, and not a page or an error in its place."""

from __future__ import annotations

from ...errors import NotUnderstood
from ..markup_text import looks_like_html
from ..strict_json import read_json

_TAGS = (r"!doctype", r"\?xml", r"[a-z_][\w:.-]*(?=[\s/>])")  # the first tag of a page or of XML

_MEDIA = ("text/html", "application/xhtml+xml", "application/json", "text/xml", "application/xml")


def verify_installer(head: bytes, size: int, content_type: str, *, what: str, host: str = "") -> None:
    """Raise NotUnderstood for an empty file, a page, XML or JSON in place of an installer."""
    media = content_type.split(";")[0].strip().lower()
    text = head.lstrip()
    kind = "nothing" if not size else "a web page or XML" if _is_markup(text.decode("latin-1")) else ""
    kind = kind or ("JSON" if text[:1] in (b"{", b"[") and _is_json(text, size) else "") or (media if media in _MEDIA else "")
    if kind:
        raise NotUnderstood(
            f"The appliance sent {kind} in place of {what}, with a status of success.",
            host=host,
            remedy="The file was deleted. Run the command again; if the error stays, check the pages of the appliance.",
        )


def _is_markup(text: str) -> bool:
    return text[:5].lower() == "<?xml" or looks_like_html(text, also=_TAGS)


def _is_json(text: bytes, size: int) -> bool:
    try:
        read_json(text)
    except ValueError:
        return size > len(text) and text[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]")
    return True
