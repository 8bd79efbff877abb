# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A secret leaves in none of its forms, and takes nothing with it that the task was given in clear text."""

import base64

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import NotUnderstood
from ansible_collections.bomgar.appliance.plugins.module_utils.http.response import visible_text
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.options import collect
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.secrets import HIDDEN, Secrets
from ansible_collections.bomgar.appliance.plugins.module_utils.model.fields import Fields
from ansible_collections.bomgar.appliance.plugins.module_utils.options import CONNECTION_OPTIONS
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import shorten


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
