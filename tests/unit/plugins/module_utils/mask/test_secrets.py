# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A secret leaves in none of its forms, and takes nothing with it that the task was given in clear text."""

import base64
import html
import json
import unicodedata
from urllib.parse import quote, quote_plus

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import visible_text
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.options import collect, masked_params
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.secrets import HIDDEN, Secrets
from ansible_collections.bomgar.appliance.plugins.module_utils.model.fields import Fields
from ansible_collections.bomgar.appliance.plugins.module_utils.options import CONNECTION_OPTIONS, NODE
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


@pytest.mark.parametrize("shortened", [lambda text: shorten(text, 60), lambda text: visible_text(text, 60)])
def test_shortened_texts_hide_partial_secrets(shortened):
    known = Secrets()
    known.add("correct-horse-battery-staple")
    text = known.hide(repr(shortened("The login was refused for the password correct-horse-battery-staple of admin")))
    assert "corr" not in text


def test_errors_of_fields_hide_partial_secrets():
    known = Secrets()
    known.add("correct-horse-battery-staple")
    with pytest.raises(NotUnderstood) as caught:
        Fields({"count": "x" * 40 + "correct-horse-battery-staple"}, what="GET /x").integer("count")
    assert "corr" not in known.hide(str(caught.value))


def test_the_basic_credential_of_a_login_is_hidden():
    known = Secrets()
    collect(known, CONNECTION_OPTIONS, {"client_id": "me", "client_secret": "s3cr3t-value", "url": "https://host"})
    assert "bWU6" not in known.hide("Authorization: Basic " + base64.b64encode(b"me:s3cr3t-value").decode())


def test_the_password_in_an_address_is_hidden(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy-user:proxy-pass@proxy:3128")
    known = Secrets()
    collect(known, CONNECTION_OPTIONS, {"url": "https://me:S3CR3T@host"})
    assert known.hide("https://me:S3CR3T@host, S3CR3T and proxy-pass") == f"https://{HIDDEN}@host, {HIDDEN} and {HIDDEN}"


def test_values_of_wrong_shape_are_masked():
    known = Secrets()
    collect(known, {"nodes": {"type": "list", "elements": "dict", "options": NODE}}, {"nodes": [[{"client_secret": "s3cr3t-value"}]]})
    assert known.hide("s3cr3t-value") == HIDDEN


def test_what_was_given_in_clear_text_stays_readable():
    known = Secrets()
    spec = {"passphrase": {"no_log": True}, "url": {}, "dest": {"type": "path"}}
    collect(known, spec, {"passphrase": "support", "url": "https://support.example.com:8443", "dest": "/srv/support/keys"})
    path = "/srv/support/keys/support.example.com-of-support-2026.p12.json"
    assert known.hide(path) == path
    assert known.hide("support.example.com:8443: no") == "support.example.com:8443: no"
    assert known.hide("You sent support.") == f"You sent {HIDDEN}."


def test_digests_and_moments_stay_whole():
    known = Secrets()
    known.add("cafe", "11-28T19")
    assert known.hide("cafe" * 16) == "cafe" * 16
    assert known.hide("2026-11-28T19:00:00Z") == "2026-11-28T19:00:00Z"
    assert known.hide("open the cafe") == f"open the {HIDDEN}"


def test_masked_params_hides_secrets_and_unknown_options():
    spec = {"url": {}, "client_secret": {"no_log": True}, "peer": {"options": NODE}, "nodes": {"options": NODE}}
    told = masked_params(
        spec,
        {
            "url": "u",
            "client_secret": "a-secret",
            "client_secrt": "b-secret",
            "peer": {"password": "c-secret", "url": "p"},
            "nodes": [[{"password": "d-secret"}]],
        },
    )
    assert "-secret" not in json.dumps(told)
    assert told["url"] == "u" and told["peer"]["url"] == "p"
