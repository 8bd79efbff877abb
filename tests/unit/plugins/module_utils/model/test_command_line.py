# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The command line of a run, to copy."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.command_line import next_command, shown_command

UPGRADE = "bomgar.appliance.upgrade"


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["-e", "target=a", "-e", "@vars file.yml"], "-e target=a -e '@vars file.yml'"),
        (["-e", "bomgar_client_secret=x"], "-e '(as before)'"),
        (["--extra-vars", '{"web_Password": "x"}'], "--extra-vars '(as before)'"),
        (["--extra-vars=api_token=x", "-eapi_token=x", "-e@secrets.yml"], "'(as before)' '(as before)' -e@secrets.yml"),
        (["--vault-password-file", "secret.txt"], "--vault-password-file secret.txt"),
        (["-e", "pw=x"], "-e '(as before)'"),
        (["-e", "upgrade_mode=standalone pw=x"], "-e '(as before)'"),
        (["-e", '{"upgrade_mode": "standalone", "pw": "x"}'], "-e '(as before)'"),
        (["-e", '{"window_list": [{"start": "22:00"}]}'], """-e '{"window_list": [{"start": "22:00"}]}'"""),
        (["-e", '{"window_list": [{"api_key": "x"}]}', "-e", "[1]"], "-e '(as before)' -e '(as before)'"),
        (["-e", "{upgrade_mode: standalone}", "-e", "x"], "-e '{upgrade_mode: standalone}' -e '(as before)'"),
        (["-e", "upgrade_public_url=https://support.example.com"], "-e upgrade_public_url=https://support.example.com"),
        (["-e", "bomgar_person='Ada Example'"], """-e 'bomgar_person='"'"'Ada Example'"'"''"""),
    ],
)
def test_the_command_is_shown_without_secrets(arguments, shown):
    assert shown_command(["ansible-playbook", *arguments]) == f"ansible-playbook {shown}"


@pytest.mark.parametrize(
    ("given", "options", "shown"),
    [
        ({"args": ["my play.yml"]}, {}, "ansible-playbook -i '/my hosts.yml' 'my play.yml'"),
        ({"args": [UPGRADE], "check": True, "diff": True, "tags": ["all"]}, {}, f"ansible-playbook -i '/my hosts.yml' {UPGRADE}"),
        ({"args": ["x.yml"], "subset": "a:b"}, {}, "ansible-playbook -i '/my hosts.yml' x.yml --limit a:b"),
        ({"args": ["x.yml"], "subset": "a:b"}, {"limit": "a"}, "ansible-playbook -i '/my hosts.yml' x.yml --limit a"),
        ({"args": ["bomgar.appliance.prepare"]}, {"instead": True}, f"ansible-playbook -i '/my hosts.yml' {UPGRADE}"),
        ({"args": "localhost", "module_name": "include_role"}, {}, f"ansible-playbook -i '/my hosts.yml' {UPGRADE}"),
        ({}, {}, f"ansible-playbook -i '/my hosts.yml' {UPGRADE}"),
        (
            {"args": [UPGRADE], "extra_vars": ["@/v.yml"], "tags": ["site"], "vault_ids": ["prod@prompt"], "ask_vault_pass": True},
            {},
            f"ansible-playbook -i '/my hosts.yml' {UPGRADE} -e @/v.yml --tags site --vault-id prod@prompt --ask-vault-pass",
        ),
    ],
)
def test_the_next_command_is_what_was_really_used(given, options, shown):
    assert next_command(given, ["/my hosts.yml"], UPGRADE, **options) == shown
