# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The secrets among the options of a task."""

import json

from ansible_collections.bomgar.appliance.plugins.module_utils.mask.options import collect, masked_params
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.secrets import HIDDEN, Secrets
from ansible_collections.bomgar.appliance.plugins.module_utils.options import CONNECTION_OPTIONS, NODE


def test_the_password_in_an_address_is_hidden(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy-user:proxy-pass@proxy:3128")
    known = Secrets()
    collect(known, CONNECTION_OPTIONS, {"url": "https://me:S3CR3T@host"})
    assert known.hide("https://me:S3CR3T@host, S3CR3T and proxy-pass") == f"https://{HIDDEN}@host, {HIDDEN} and {HIDDEN}"


def test_values_of_wrong_shape_are_masked():
    known = Secrets()
    collect(known, {"nodes": {"type": "list", "elements": "dict", "options": NODE}}, {"nodes": [[{"client_secret": "s3cr3t-value"}]]})
    assert known.hide("s3cr3t-value") == HIDDEN


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
