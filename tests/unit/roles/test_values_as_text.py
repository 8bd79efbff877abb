# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every variable of every role given as text, as extra variables, INI files and surveys give it, is used as its argument spec means it."""

import json
from pathlib import Path

import pytest
import yaml

from tests.support.ansible import play

pytestmark = pytest.mark.slow
ROLES = Path(__file__).parents[3] / "roles"
# {type: [(text, what is meant)]}
FORMS = {
    "int": [(" 20 ", 20), ("7", 7)],
    "float": [(" 2.5 ", 2.5), ("50", 50.0)],
    "bool": [("no", False), ("off", False), ("False", False), ("yes", True), ("0", False), (" true ", True)],
    "list": [("a, b", ["a", "b"]), ("all,!clock", ["all", "!clock"]), ('["a", "b c"]', ["a", "b c"]), ("[x, '!y']", ["x", "!y"])],
    "dict": [('{"appliance": "x"}', {"appliance": "x"}), ("{appliance: x}", {"appliance": "x"})],
    "str": [("some text", "some text")],
    "path": [("/srv/x", "/srv/x")],
}
WAIVER = {"check": "storage", "target_version": "22", "reason": "r", "by": "Ada", "expires": "2030-01-31"}
# What an option of that ending asks for.
SPECIAL = {
    "_manifest": ('{"packages": []}', {"packages": []}),
    "_contact": ("{name: Ada}", {"name": "Ada"}),
    "_site": ("all", "all"),
    "_parts": ("preflight, backup", ["preflight", "backup"]),
    "_node": ("appliance", "appliance"),
    "_interim": ('{"min_seconds": "5", "acknowledge": "no"}', {"min_seconds": 5.0, "acknowledge": False}),
    "_filters": ('[{"area": "users"}]', [{"area": "users"}]),
    "_waivers": ("[{check: storage, target_version: '22', reason: r, by: Ada, expires: '2030-01-31'}]", [WAIVER]),
    "preflight_checks": ("all,!clock", ["all", "!clock"]),
    "preflight_skip": ("!clock", ["!clock"]),
    "preflight_confirmed": ("jump_client_upgrades", ["jump_client_upgrades"]),
    "_jump_client_settings": ('{"max_concurrent": "20"}', {"max_concurrent": 20}),
    "target_version": ("22.1", "22.1"),
    "status_width": ("100", 100),
    "fleet_width": ("100", 100),
    "window_list": ('[{"start": "22:00", "end": "02:00"}]', [{"start": "22:00", "end": "02:00", "days": []}]),
}
NUMBERS = [("1, 2", [1, 2]), ("[3]", [3])]


def specs(role):
    points = yaml.safe_load((ROLES / role / "meta/argument_specs.yml").read_text())["argument_specs"]
    return {name: option for point in points.values() for name, option in point.get("options", {}).items() if not option.get("no_log")}


def given(role):
    """({variable: text}, {variable: meant}) with the forms of each type in turn."""
    texts, meant = {}, {}
    for number, (name, option) in enumerate(specs(role).items()):
        kind = option.get("type", "str")
        forms = [(one, one) for one in option.get("choices", ())] or (NUMBERS if option.get("elements") == "int" else FORMS[kind])
        special = next((form for end, form in SPECIAL.items() if name.endswith(end)), None)
        texts[name], meant[name] = special or forms[number % len(forms)]
    return texts, meant


def resolve(role, folder, variables, *, check=True):
    """(the converted values by variable or None, the finished play)."""
    out = folder / "out.json"
    short = "{{ seen | dict2items | rejectattr('key', 'in', ['changed', 'failed']) | items2dict | to_json }}"
    tasks = [
        {"bomgar.appliance.role_arguments": {"role": role, "require": False}, "register": "seen"},
        {"ansible.builtin.copy": {"content": short, "dest": str(out)}},
    ]
    folder.mkdir(exist_ok=True)
    (folder / "given.json").write_text(json.dumps(variables))
    done = play(tasks, folder, arguments=["-e", f"@{folder}/given.json"], check=check)
    names = {name[len(role) + 1 :] if name.startswith(f"{role}_") else name: name for name in specs(role)}
    return {names[short]: value for short, value in json.loads(out.read_text()).items()} if out.exists() else None, done


@pytest.mark.parametrize("role", sorted(path.name for path in ROLES.iterdir() if path.is_dir()))
def test_text_becomes_what_the_spec_means(tmp_path, role):
    texts, meant = given(role)
    assert resolve(role, tmp_path, texts)[0] == meant


def test_empty_text_and_null_mean_the_default(tmp_path):
    names = [name for name, option in specs("upgrade").items() if not option.get("required")]
    for first, second in (("", None), (None, " ")):
        values = resolve("upgrade", tmp_path, {name: (first, second)[number % 2] for number, name in enumerate(names)})[0]
        assert values.pop("upgrade_state_dir").endswith("/sites/appliance")
        assert values == {name: value for name, value in defaults().items() if name in values}


def defaults():
    """The defaults of the role upgrade, those that name another variable by hand."""
    written = {name: option.get("default") for name, option in specs("upgrade").items()}
    return {name: "web" if value == "{{ upgrade_method }}" else value for name, value in written.items()}


BAD = {
    "upgrade_lock_expiry": "2.5",
    "upgrade_online_floor": "nan",
    "upgrade_aftercare": "maybe",
    "upgrade_mode": "both",
    "upgrade_target_version": 24.1,
    "upgrade_target_base": 6,
    "upgrade_base_versions": {"a": 6.1},
    "backup_keys_waiver": True,
    "upgrade_site": 1.5,
    "install_contact": "Ada",
    "install_poll_interval": True,
    "catch_up_threshold": "ten",
    "preflight_checks": "[all",
    "preflight_skip": ["!clok"],
    "preflight_confirmed": ["jump_client_upgrade"],
    "preflight_waivers": [{"check": "storag"}],
    "upgrade_target_verson": "24.3.1",
    "upgarde_mode": "asynchronous",
    "Upgrade_Other": "skip",
    "bomgar_urls": "x",
    "catch_up_treshold": "0",
    "backup_certificate_passphrase": 1.5,
    "drain_wait_timeout": "soon",
    "aftercare_installers": "perhaps",
    "bomgar_validate_certs": "perhaps",
    "bomgar_timeout": "long",
    "upgrade_installed": {"nobody": []},
}


def test_unfit_values_are_refused_by_name(tmp_path):
    values, done = resolve("upgrade", tmp_path, {**BAD, "unrelated": "{{ no_such_variable }}", "install_packages": ["vim"]}, check=False)
    assert values is None and done.returncode == 2
    shown = " ".join((done.stdout + done.stderr).split())
    assert [name for name in BAD if f"{name}:" not in shown and f"{name} " not in shown] == []
    assert "There is no check 'clok'" in shown and "A waiver has no target_version" in shown
    assert "did you mean upgrade_target_version?" in shown and "Put it in quotes" in shown and "did you mean upgrade_mode?" in shown
    assert "install_packages" not in shown and "no_such_variable" not in shown and "passphrase is 1.5" not in shown


def test_empty_target_is_refused_newest_is_valid(tmp_path):
    given = {
        "missing": "upgrade_site=''",
        "empty": "upgrade_target_version=''",
        "null": "upgrade_target_version=None",
        "said": "upgrade_target_version=newest",
    }
    hosts = "\n".join(f"{name} ansible_connection=local {value}" for name, value in given.items())
    done = play([{"bomgar.appliance.role_arguments": {"role": "upgrade"}}], tmp_path, hosts=hosts, check=False)
    shown = " ".join((done.stdout + done.stderr).split())
    refused = "nothing was begun. upgrade_target_version: no version"
    assert [name for name in ("missing", "empty", "null") if f"{name}: {refused}" not in shown] == []
    assert "ok: [said]" in shown and "or 'newest' for the newest one" in shown
