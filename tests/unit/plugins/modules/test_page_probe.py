# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which steps the pages of a simulated appliance allow, found by reading only."""

from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.modules.page_probe import OPERATION

from tests.support.ansible import connection_of

from .test_preflight_clients import LAYOUTS, LOGIN, world

OTHER = "web: {labels: {install: Apply Package, download_backup: Save Configuration}}"


def probed(bench, **more):
    result = bench.run(OPERATION, **{**LOGIN, **more})
    return result, {one["step"]: one for one in result["steps"]}


@pytest.mark.parametrize(("layout", "language"), LAYOUTS)
def test_known_pages_allow_all_steps(given, layout, language):
    bench = given(world(layout, language))
    bench.machine.check_for_updates()  # else the modern layout shows no list
    result, steps = probed(bench)
    assert {name: one["method"] for name, one in steps.items()} == dict.fromkeys(steps, "web") and len(steps) == 9
    assert all(one["found"] for one in result["steps"]) and result["label_file"] == "" and not result["changed"]
    assert result["lines"] == bench.lines[-len(steps) - 1 :]
    assert result["lines"][-1].startswith("9 steps: 9 web (3 of them can ask more after a button is pressed"), result["lines"][-1]
    assert "unknown until pressed: agree_box, agree_download, confirm_install" in next(
        one for one in result["lines"] if "install a package" in one
    )


def test_only_reads_are_sent(given):
    bench = given(world())
    probed(bench)
    requests = bench.running.requests()
    assert bench.writes() == [] and len(requests) < 25
    posts = {entry["path"] for entry in requests if entry["method"] == "POST"}
    assert all("login" in path for path in posts), posts  # nothing but the sign-in


def test_unread_list_leaves_installation_open(given):
    _result, steps = probed(given(world("modern")))
    assert steps["install a package"]["method"] == "unknown" and "Check for Updates" in steps["install a package"]["why"]


def test_other_labels_make_it_manual(given, tmp_path):
    """And they are in a file."""
    bench = given(world("modern") + OTHER)
    result, steps = probed(bench, dest=str(tmp_path / "site/labels"), node="a.example.com")
    assert steps["download the backup"]["method"] == "manual" and "Save Configuration" in steps["download the backup"]["shown"]
    assert "install" in steps["install a package"]["missing"]
    text = (tmp_path / "site/labels/a.example.com.yml").read_text()
    assert yaml.safe_load(text) == {"bomgar_web_labels": None}
    assert '# install: "" # not: "Install This Update"' in text and '"Save Configuration"' in text
    assert result["changed"] and not probed(bench, dest=str(tmp_path / "site/labels"), node="a.example.com")[0]["changed"]


def test_labels_after_press_are_saved(given, tmp_path):
    result, steps = probed(given(world("modern") + OTHER), dest=str(tmp_path / "site/labels"))
    text = Path(result["label_file"]).read_text()
    assert "agree_box" in steps["install a package"]["pressed"] and "install a package, unknown until pressed." in text
    assert '# agree_download: "" # known: "' in text and text.count("# agree_download:") == 1


def test_a_filled_label_file_makes_the_steps_web(given, tmp_path):
    bench = given(world("modern") + OTHER)
    bench.machine.check_for_updates()
    result, _steps = probed(bench, dest=str(tmp_path / "site/labels"))
    text = Path(result["label_file"]).read_text()
    for key, label in (("install", "Apply Package"), ("download_backup", "Save Configuration")):
        text = text.replace(f'# {key}: ""', f'{key}: "{label}"')
    labels = yaml.safe_load(text)["bomgar_web_labels"]
    _result, steps = probed(bench, web_labels=labels, cache_dir=str(tmp_path / "other"))
    assert {one["method"] for one in steps.values()} == {"web"}


def test_without_an_account_its_steps_are_manual(given):
    bench = given(world())
    _result, steps = probed(bench, login_username=None, login_password=None)
    assert steps["download the backup"]["why"] == "No account for /login is set."


def test_a_pair_shows_what_its_relation_allows(given):
    bench = given("pair_one_hop")
    result = bench.run(OPERATION, **connection_of(bench.running, bench.folder, "a"), pair=True)
    steps = {one["step"]: one["method"] for one in result["steps"]}
    assert {name: steps[name] for name in ("sync the pair", "break the failover relation", "swap the roles")} == {
        "sync the pair": "web",
        "break the failover relation": "web",
        "swap the roles": "web",
    }
    assert steps["establish the failover relation"] == "unknown" and bench.writes() == []


def test_check_mode_writes_no_file(given, tmp_path):
    result = given(world("modern") + OTHER).run(OPERATION, **LOGIN, dest=str(tmp_path / "site/labels"), check_mode=True)
    assert result["changed"] and not (tmp_path / "site").exists()
