# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a package's name says for certain."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import read_name

SITE = [
    "Bomgar 24.1.2",
    "BeyondTrust 24.1.2",
    "Remote Support 24.1.2",
    "BeyondTrust Remote Support 24.1.2",
    "BEYONDTRUST  remote support 24.1.2",
    "BeyondTrust® Remote Support™ 24.1.2",
    "BeyondTrust(R) Remote Support(TM) 24.1.2",
    "BeyondTrust Remote SupportTM 24.1.2",
    "Remote Support \u2013 24.1.2",
    "Remote-Support v24.1.2",
    "Remote Support Version 24.1.2",
    "24.1.2 Remote Support",
    "Remote\u00a0Support, 24.1.2 (64 bit), 300.5 MB",
    "Remote Support (24.1.2)",
    "Privileged Remote Access 24.1.2",
    "BeyondTrust Privileged Remote Access (PRA) 24.1.2",
    "Bomgar 24.1.2 for B300",
    "Remote Support 24.1.2 (build 37380-749b17ca33d2475427428f263608ae98d69f7a35)",
]
BASE = ["Base 6.0.2", "BeyondTrust Base 6.0.2", "BASE software  6.0.2", "Base - v6.0.2", "6.0.2 Base", "Base™ 6.0.2 (123)"]
UNKNOWN = [
    "RS 23.2.1",
    "PRA 24.1",
    "Update 4711",
    "Update 24.1.2",
    "24.1.2",
    "Base",
    "Remote Support",
    "Base 6.0.2 for Remote Support 24.1.2",
    "Remote Support 24.1.2 (Base 6.0.2)",
    "Remote Support 23.2.1 to 24.1.2",
    "Bomgar 24.1.2 hotfix 3",
    "BeyondTrust Security Update 24.1.2",
    "Patch 24.1.2",
    "Remote Support 24.1.2 Licence",
    "Remote Support 24.1.2 Integration Client",
    "Basement 6.0.2",
    "Firmware 6.0.2",
    "",
]
ADD_ONS = [
    ("Hotfix BT24-10-ONPREM1", "hotfix"),
    ("Hotfix BT24-10-ONPREM1 for Remote Support 24.1.2", "hotfix"),
    ("Licence add-on", "licence"),
    ("Lizenzpaket Support-Techniker", "licence"),
    ("Representative License Add\u2013On (25 seats), 1.2 MB", "licence"),
]


@pytest.mark.parametrize("name", SITE)
def test_names_of_site_packages_are_known(name):
    assert read_name(name) == ("site", "24.1.2")


@pytest.mark.parametrize("name", BASE)
def test_names_of_base_packages_are_known(name):
    assert read_name(name) == ("base", "6.0.2")


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_certain_has_no_kind(name):
    assert read_name(name) == ("other", None)


@pytest.mark.parametrize(("name", "kind"), ADD_ONS)
def test_add_ons_are_known_by_their_own_words(name, kind):
    assert read_name(name) == (kind, None)
