# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Awkward secrets, and the ways in which a text writes them."""

import base64
import html
import json
import unicodedata
from urllib.parse import quote, quote_plus

from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import visible_text
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import fold, shorten

AWKWARD = [
    "pa  ss word",
    "soft\u00adhyphen",
    "\ufb01ne-ligature",
    "am&per<san>d\"quote'",
    "tab\tbetween",
    "back\\slash",
    "große-größe-ß",
    "a+b c%20d",
    "ends-with-newline\n",
    "two\nlines-of-it",
    "zero\u200bwidth",
    "full\uff37idth",
]


WRITTEN = {
    "as it is": lambda text: text,
    "in an address": lambda text: quote(text, safe=""),
    "in a form": quote_plus,
    "in a page": html.escape,
    "in data": lambda text: json.dumps(text)[1:-1],
    "quoted": repr,
    "tidied": shorten,
    "visible_text": visible_text,
    "normalized": lambda text: unicodedata.normalize("NFKC", text),
    "encoded": lambda text: base64.b64encode(text.encode()).decode(),
    "as a column label": lambda text: fold(text) if len(text) >= 8 else text,
}
