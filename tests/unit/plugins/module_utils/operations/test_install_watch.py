# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused, Unreachable
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.install_watch import InstallWatch
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.install import Seen, Wanted

SITE = Wanted("Bomgar 22.1.4", "site", "22.1.4")
BASE = Wanted("Base 7.0.0", "base", "7.0.0")
HOTFIX = Wanted("Hotfix BT22-01", "hotfix", None)
BEFORE = Seen("20.2.1", "6.2.0", (), "ab", "1")


def appliance(*, running=False, failed=False, text="", version="20.2.1", healthy=True, base="6.2.0", rows=(), error=None):
    def progress():
        if error:
            raise error
        return SimpleNamespace(running=running, failed=failed, text=text, percent=60 if running else None)

    pages = SimpleNamespace(
        progress=progress,
        basics=lambda: SimpleNamespace(base_version=base),
        updates=lambda check: SimpleNamespace(packages=rows, installing=running),
    )
    health = SimpleNamespace(version=version, build="2", healthy=healthy, message="raid degraded")
    return SimpleNamespace(host="a", pages=pages, health=lambda: health, probe_health=lambda: (healthy, ""), say=lambda text: None)


@pytest.mark.parametrize(
    ("wanted", "state", "evidence"),
    [
        (SITE, {"version": "22.1.4"}, {"version": "22.1.4", "build": "2"}),
        (SITE, {"version": "22.1.5"}, {"version": "22.1.5", "build": "2"}),
        (SITE, {"version": "22.1.4", "healthy": False}, None),
        (SITE, {"version": "20.2.1"}, None),
        (BASE, {"base": "7.0.0"}, {"base_version": "7.0.0"}),
        (BASE, {"base": "7.0.0", "healthy": False}, None),
        (BASE, {"base": "6.2.0"}, None),
        (HOTFIX, {}, {"left_the_list": True}),
        (HOTFIX, {"rows": (SimpleNamespace(name=HOTFIX.name, state="available"),)}, None),
        (SITE, {"version": "22.1.4", "running": True}, None),
    ],
)
def test_a_package_is_verified_by_reading(wanted, state, evidence):
    found = InstallWatch(appliance(**state), wanted, BEFORE)()
    assert found == evidence if evidence else not found


def test_a_new_failure_is_refused():
    with pytest.raises(Refused, match="The installation of 'Bomgar 22.1.4' failed"):
        InstallWatch(appliance(failed=True, text="disk full"), SITE, BEFORE)()


def test_an_old_failure_is_ignored():
    assert not InstallWatch(appliance(failed=True, text="disk full"), SITE, BEFORE, "disk full")()


@pytest.mark.parametrize(("state", "started"), [({}, False), ({"running": True}, True), ({"error": Unreachable("away")}, True)])
def test_progress_or_silence_is_a_start(state, started):
    assert InstallWatch(appliance(**state), SITE, BEFORE).has_started() is started


@pytest.mark.parametrize(("state", "untouched"), [("available", True), ("installed", False), ("blocked", False)])
def test_an_offered_package_is_untouched(state, untouched):
    rows = (SimpleNamespace(name="bomgar 22.1.4", state=state),)
    assert InstallWatch(appliance(rows=rows), SITE, BEFORE).is_untouched() is untouched
