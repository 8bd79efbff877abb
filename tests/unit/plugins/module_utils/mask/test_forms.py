# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The forms in which a secret may appear."""

import base64
import html
import json
import unicodedata
from urllib.parse import quote, quote_plus

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import visible_text
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.secrets import HIDDEN, Secrets
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import fold, shorten
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("secret", AWKWARD)
@pytest.mark.parametrize("written", WRITTEN)
def test_no_form_of_a_secret_stays(secret, written):
    known = Secrets()
    known.add(secret)
    echoed = WRITTEN[written](secret)
    assert echoed not in known.hide(f"You sent '{echoed}' to me.")
    assert HIDDEN in known.hide(f"You sent '{echoed}' to me.")


@given(st.text(min_size=4, max_size=30).filter(lambda text: len(shorten(text)) >= 4), st.sampled_from(sorted(WRITTEN)))
def test_no_form_of_any_secret_stays(secret, written):
    known = Secrets()
    known.add(secret)
    echoed = WRITTEN[written](secret).strip()
    if len(echoed) >= 8:
        assert echoed not in known.hide(f"\u2018{echoed}\u2019").replace(HIDDEN, "")
