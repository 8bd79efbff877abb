# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Given an appliance whose password is a part of other texts, when a module runs, then it works or names the option, and writes nothing."""

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION as BACKUP
from ansible_collections.bomgar.appliance.plugins.modules.update_info import OPERATION as UPDATES
from ansible_collections.bomgar.appliance.plugins.modules.update_install import OPERATION as INSTALL

from tests.chaos.cases import ALONE
from tests.support.sentences import performed

LISTED = ALONE.replace("name: BeyondTrust Remote Support 22.1.4", 'name: "BeyondTrust Remote Support 22.1.4 for Zebra Ltd"')
EVIL = ALONE.replace("name: BeyondTrust Remote Support 22.1.4", 'name: "BeyondTrust Remote Support 22.1.4\\u202e\\e\\a\\u200b"')

AGREED = {
    "keys_waiver": "x",
    "accept_eula": True,
    "poll_interval": 300,
    "contact": {"name": "Ada", "email": "ada@example.com", "title": "Admin"},
}


def with_password(given, world, password):
    return given(world.replace("canary-web", password))


def test_a_password_that_is_a_package_name(given):
    """It is refused before anything is installed."""
    bench = with_password(given, LISTED, "Zebra")
    result = performed(bench, UPDATES)
    assert result["failed"] and "'web_password'" in result["msg"] and "Zebra" not in result["msg"]
    assert "install" not in str(bench.writes())


def test_a_password_that_is_a_vendor_word(given):
    """It is refused before anything is sent."""
    bench = with_password(given, ALONE, "BeyondTrust")
    with pytest.raises(InvalidInput, match="'web_password'"):
        performed(bench, UPDATES)
    assert bench.running.requests() == []


def test_password_in_path_leaves_path_whole(given, tmp_path):
    bench = with_password(given, ALONE, "upgrades")
    folder = tmp_path / "upgrades-of-support"
    result = performed(bench, BACKUP, dest=str(folder))
    assert result["backup"]["path"].startswith(str(folder)) and result["backup"]["metadata"].startswith(str(folder))


def test_package_name_cannot_control_the_terminal(given, tmp_path):
    """The package still installs."""
    bench = given(EVIL)
    names = [one["name"] for one in performed(bench, UPDATES)["packages"]]
    evil = next(name for name in names if "22.1.4" in name)
    assert evil.isprintable()
    saved = performed(bench, BACKUP, dest=str(tmp_path / "saved"))["backup"]["metadata"]
    for package in ("Base 6.2.0", evil):
        result = performed(bench, INSTALL, package=package, backup=saved, **AGREED)
        assert not result.get("failed"), result
        assert json.dumps(result, ensure_ascii=False).isprintable()
    assert all(line.isprintable() for line in bench.lines)
