# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A secret that cannot be hidden without hiding what later tasks need is refused by the name of its option."""

import re
from pathlib import Path

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.secret_words import refuse_unhideable

ROOT = Path(__file__).parents[5]
HIDDEN = {"no_log": True}
SPEC = {"web_password": HIDDEN, "web_username": {}, "dest": {}, "names": {"type": "list"}, "peer": {"options": {"password": HIDDEN}}}


@pytest.mark.parametrize("secret", ["abc", "24.2.1", "2026", "123456", "BeyondTrust", "Remote Support", "primary", "standalone", "Base"])
def test_an_unhideable_secret_names_its_option(secret):
    with pytest.raises(InvalidInput, match="'web_password'") as caught:
        refuse_unhideable(SPEC, {"web_password": secret})
    assert secret not in str(caught.value)


def test_suboptions_are_named_with_their_option():
    with pytest.raises(InvalidInput, match="'peer.password'"):
        refuse_unhideable(SPEC, {"peer": {"password": "primary"}})


@pytest.mark.parametrize("clear", [{"dest": "hunter22"}, {"names": ["a", "hunter22"]}])
def test_the_value_of_another_option_is_refused(clear):
    with pytest.raises(InvalidInput, match=f"it is also the value of '{next(iter(clear))}'"):
        refuse_unhideable(SPEC, {"web_password": "hunter22", **clear})


@pytest.mark.parametrize(
    "params",
    [
        {"web_password": "admin", "web_username": "admin"},
        {"web_password": "support", "dest": "/srv/support.example.com"},
        {"web_password": "s3cr3t-value"},
        {"web_password": ""},
        {"web_password": None},
    ],
)
def test_other_secrets_are_accepted(params):
    refuse_unhideable(SPEC, params)


def test_every_word_that_roles_compare_is_refused():
    sources = [path.read_text() for folder in ("roles", "playbooks") for path in (ROOT / folder).rglob("*.yml")]
    words = {word for text in sources for word in re.findall(r"(?:==|!=) '([a-z_]{4,})'", text)}
    assert words
    for word in words:
        with pytest.raises(InvalidInput):
            refuse_unhideable(SPEC, {"web_password": word})
