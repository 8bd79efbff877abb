# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A journal from which a line was removed: who only reads goes on, who acts is refused before the first request that changes anything."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal import Journal
from ansible_collections.bomgar.appliance.plugins.modules import (
    aftercare,
    backup,
    catch_up,
    client_info,
    jump_client_settings,
    update_install,
)


@pytest.fixture
def damaged(tmp_path):
    journal = Journal(str(tmp_path / "site" / "journal.jsonl"))
    for text in ("one", "two", "three"):
        journal.append("note", text=text)
    lines = (tmp_path / "site" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "site" / "journal.jsonl").write_bytes(lines[0] + lines[2])
    return journal.path


ACTS = [
    (update_install, {"package": "Base 6.0.2", "backup": "/none.json", "keys_waiver": "none"}),
    (backup, {"dest": "DEST"}),
    (catch_up, {}),
    (jump_client_settings, {"max_concurrent": 20, "login_username": "admin", "login_password": "login-password"}),
]


@pytest.mark.parametrize(("module", "options"), ACTS, ids=lambda one: getattr(one, "__name__", "").rpartition(".")[2])
def test_who_acts_is_refused(given, damaged, tmp_path, module, options):
    bench = given()
    options = {name: str(tmp_path / "dest") if value == "DEST" else value for name, value in options.items()}
    with pytest.raises(Unsafe, match=r"is damaged: line 2 .*state: accepted"):
        bench.run(module.OPERATION, journal=damaged, **options)
    assert bench.writes() == []


def test_who_counts_or_lists_goes_on(given, damaged, tmp_path):
    bench = given()
    counted = bench.run(client_info.OPERATION, journal=damaged)
    assert counted["lines"]
    result = aftercare.OPERATION.perform(bench.params(aftercare.OPERATION, journal=damaged, dest=str(tmp_path / "list")))
    assert not result.get("failed"), result
