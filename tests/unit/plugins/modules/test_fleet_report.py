# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report on a fleet as files: private, and fit for programs."""

import json
import os
import stat

import jsonschema
import pytest
from ansible_collections.bomgar.appliance.plugins.modules.fleet_report import OPERATION

from tests.support.ansible import ROOT
from tests.support.fleets import decision
from tests.support.journals import performed

SCHEMA = json.loads((ROOT / "docs/schemas/fleet.schema.json").read_text())


def test_the_files_are_private_and_fit_the_schema(tmp_path):
    made = performed(OPERATION, fleet=decision(), dir=str(tmp_path / "report"), language="de", zone="Europe/Berlin")
    written = json.loads((tmp_path / "report/fleet.json").read_text())
    jsonschema.validate(written, SCHEMA)
    assert written == json.loads(json.dumps(made["report"])) and made["changed"]
    assert '<html lang="de">' in (tmp_path / "report/fleet.html").read_text()
    assert [stat.S_IMODE(os.stat(path).st_mode) for path in made["files"]] == [0o600, 0o600]


@pytest.mark.parametrize("given", [{}, {"dir": "DIR", "check_mode": True}])
def test_nothing_is_written_without_folder_or_checked(tmp_path, given):
    """Without a folder, and in check mode, nothing is written."""
    folder = {"dir": str(tmp_path / "report")} if "dir" in given else {}
    made = performed(OPERATION, **{**given, **folder}, fleet=decision())
    assert not made["changed"] and made["files"] == [] and not list(tmp_path.iterdir()) and made["lines"]


def test_unwritable_folder_is_one_problem(tmp_path):
    (tmp_path / "file").write_text("")
    made = performed(OPERATION, fleet=decision(), dir=str(tmp_path / "file" / "report"))
    assert not made.get("failed") and len(made["problems"]) == 4 and "file" in made["problems"][-1]


def test_an_unknown_zone_is_refused(tmp_path):
    made = performed(OPERATION, fleet=decision(), zone="Nowhere/Land")
    assert made["failed"] and "Nowhere/Land" in made["msg"]
