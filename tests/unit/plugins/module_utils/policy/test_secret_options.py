# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.secret_options import refuse_odd_secrets

ACCOUNT = {"web_username": {}, "web_password": {"no_log": True}}
SPEC = {**ACCOUNT, "dest": {}, "peer": {"options": ACCOUNT}, "nodes": {"options": ACCOUNT}}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("secret\n", "ends with a line break"),
        ("\ufeffsecret", "begins with a byte order mark"),
        (" secret", "begins with a blank"),
        ("se\tcret", "holds a tab"),
        ("se\x00cret", "holds a control character"),
    ],
)
@pytest.mark.parametrize("option", list(ACCOUNT))
def test_odd_characters_are_refused(option, value, fault):
    with pytest.raises(InvalidInput, match=f"{option} {fault}") as caught:
        refuse_odd_secrets(SPEC, {option: value})
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    ("params", "name"),
    [({"peer": {"web_password": "x\n"}}, "peer.web_password"), ({"nodes": [{}, {"web_password": "x\n"}]}, r"nodes\[2\].web_password")],
)
def test_suboptions_are_named(params, name):
    with pytest.raises(InvalidInput, match=name):
        refuse_odd_secrets(SPEC, params)


def test_an_empty_password_of_an_account_is_refused():
    with pytest.raises(InvalidInput, match="web_password is empty"):
        refuse_odd_secrets(SPEC, {"web_username": "ada", "web_password": ""})


@pytest.mark.parametrize("value", ["pass word", "pässwörd", None, ""])
def test_other_values_are_accepted(value):
    refuse_odd_secrets(SPEC, {"web_password": value, "dest": "odd\n"})
