# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which lines an event adds to the screen, on a clock that the test moves."""

import pytest
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_channel import (
    BEGUN,
    INSTRUCTION,
    PROGRESS,
    Channel,
    Message,
)
from ansible_collections.bomgar.appliance.plugins.plugin_utils.progress_screen import Screen

HOST = "a.example.com"
STEPS = [
    {
        "number": number,
        "total": 12,
        "hop": 1,
        "title": title,
        "node": "b.example.com",
        "disturbs": "",
        "estimate": {"seconds": 3600, "least": 900, "basis": "vendor"},
    }
    for number, title in ((9, "install Base 6.2.0"), (10, "install Bomgar 22.1.4"))
]


class Scene:
    """A screen without a terminal, its clock, and all that it showed."""

    def __init__(self, interval=60, width=120, verbose=False):
        self.time, self.shown = 0.0, []
        self.screen = Screen(width=lambda: width, now=lambda: self.time, zone=None, interval=interval, verbose=verbose)

    def __getattr__(self, name):
        def act(*args, **kwargs):
            lines = [line.text for line in getattr(self.screen, name)(*args, **kwargs)]
            self.shown += lines
            return lines

        return act

    def plan(self, *steps):
        return self.__getattr__("plan")(HOST, {"steps": list(steps), "next": steps[0] if steps else {}, "lines": ["the plan"]})

    def says(self, text, kind=PROGRESS, node="b.example.com"):
        return self.message(Message(HOST, node, kind, text))


@pytest.fixture
def scene():
    return Scene()


def test_plan_once_and_each_finished_step(scene):
    """The plan is shown once, and each step when it is done."""
    assert scene.plan(*STEPS) == ["the plan"]
    scene.time = 725
    assert scene.plan(STEPS[1]) == ["[ 9/12] b.example.com  install Base 6.2.0     done in 0:12:05"]
    scene.time = 800
    assert scene.plan() == ["[10/12] b.example.com  install Bomgar 22.1.4  done in 0:01:15"]


def test_a_step_that_is_planned_again_goes_on(scene):
    scene.plan(*STEPS)
    scene.time = 60
    assert scene.plan(*STEPS) == []


def test_log_lines_come_each_minute(scene):
    """The first line comes after 15 seconds."""
    scene.plan(*STEPS)
    scene.says("Base 6.2.0: 35 % Installing")
    times = []
    for scene.time in range(200):
        times += [scene.time for _line in scene.tick()]
    assert times == [15, 75, 135, 195]
    assert scene.shown[1] == "[ 9/12] b.example.com  install Base 6.2.0      35 %  0:00:15 of about 15-60 min (vendor)  Installing"


def test_a_narrow_log_has_no_long_line():
    narrow = Scene(width=60)
    narrow.plan(*STEPS)
    narrow.says("Base 6.2.0: 35 % Installing")
    narrow.time = 15
    assert narrow.tick() == [
        "[ 9/12] b.example.com  install Base 6.2.0   35 %  0:00:15 of",
        "    about 15-60 min (vendor)  Installing",
    ]
    summary = {
        "verdict": "It waits.",
        "nodes": [{"name": "b", "version": "22.1.4", "base": "6.2.0", "role": "primary", "serves": True}] * 2,
    }
    narrow.closed(HOST, {"summary": {**summary, "state": "waiting", "public": "a.support.example.com", "open": ["clients " * 9]}})
    assert "    a.support.example.com" in narrow.summary({}, 0) and max(map(len, narrow.shown)) <= 60


def test_bar_replaces_the_lines():
    scene = Scene(interval=0)
    scene.plan(*STEPS)
    scene.says("Base 6.2.0: 35 % Installing")
    scene.time = 1000
    assert scene.tick() == []
    (one,) = scene.screen.bars()
    assert (one.percent, one.right, one.detail) == (35, "0:16:40 of about 15-60 min (vendor)", "Installing")


def test_instructions_and_news_are_always_shown(scene):
    scene.plan(*STEPS)
    assert scene.says("1. Press Install.", INSTRUCTION) == ["  b.example.com: 1. Press Install."]
    assert scene.says("no cache: the disk is full") == ["  b.example.com: no cache: the disk is full"]


def test_progress_outside_of_a_plan_is_shown(scene):
    assert scene.says("Base: 3 % Downloading") == ["  b.example.com: Base: 3 % Downloading"]


def test_lines_before_a_plan_come_each_minute(scene):
    """An installation of an earlier run is finished before the plan."""
    times = []
    for scene.time in range(0, 150, 15):
        times += [scene.time for _line in scene.says(f"Base 6.2.0: {scene.time} % Installing")]
    assert times == [0, 60, 120]
    scene.says("backup", BEGUN)
    assert scene.says("Base 6.2.0: 99 % Installing") and not scene.says("Base 6.2.0: 100 % Installing")


def test_a_changed_number_of_steps_is_said(scene):
    scene.plan(*STEPS)
    later = {**STEPS[1], "total": 14}
    assert "  a.example.com: the plan now has 14 steps; it had 12." in scene.plan(later)


def test_saved_file_names_its_node(scene):
    scene.says("backup", BEGUN)
    scene.screen.saved(HOST, "settings")
    assert scene.says("certificate_export", BEGUN) == []
    scene.screen.saved(HOST, "certificates")
    assert scene.says("failover_sync", BEGUN, node=HOST) == ["  b.example.com  saved: settings, certificates"]
    assert scene.says("backup", BEGUN) == []
    scene.screen.saved(HOST, "settings")
    assert scene.says("backup", BEGUN, node=HOST) == ["  b.example.com  saved: settings"]


def test_shown_plan_is_not_repeated(scene):
    scene.plan(*STEPS)
    assert scene.debug(HOST, {"msg": ["the plan"]}) == []
    assert scene.debug(HOST, {"msg": "of a user"}) == ["  of a user"]


def test_failed_run_shows_failure_once(scene):
    """The summary comes last."""
    scene.plan(*STEPS)
    failure = {"msg": "b.example.com: cannot install."}
    assert scene.failed(HOST, "Install", failure, ignored=False, own=True) == [
        "FAILED  a.example.com  Install",
        "  b.example.com: cannot install.",
    ]
    scene.time = 3
    closed = scene.closed(HOST, {"summary": {"state": "failed", "verdict": "The upgrade failed: b.example.com: cannot install."}})
    assert closed == ["[ 9/12] b.example.com  install Base 6.2.0     failed after 0:00:03"]
    assert scene.failed(HOST, "Report", {"msg": ["the report"]}, ignored=False, own=True) == []
    last = scene.summary({HOST: "failed"}, 3)
    assert last == ["", "SUMMARY: 3 changes", "a.example.com: The upgrade failed: b.example.com: cannot install."]


def test_a_report_repeats_no_failure(scene):
    scene.failed(HOST, "Open the run", {"msg": "The disk is full.\nFree space."}, ignored=False, own=True)
    lines = scene.failed(HOST, "Report", {"msg": ["The disk is full.", "Free space.", "a runs 22.1.4."]}, ignored=False, own=True)
    assert lines == [f"FAILED  {HOST}  Report", "  a runs 22.1.4."]


def test_a_later_play_shows_its_own_results(scene):
    """Not only those that come before the first summary, as the table of a fleet."""
    scene.play("Upgrade it")
    scene.plan(*STEPS)
    scene.closed(HOST, {"summary": {"state": "waiting", "verdict": "The upgrade waits."}})
    assert scene.debug(HOST, {"msg": ["the report"]}, own=True) == []
    assert scene.debug(HOST, {"msg": "of a user"}) == ["  of a user"]
    scene.play("Report on the fleet")
    assert scene.debug(HOST, {"msg": ["the table"]}, own=True) == ["  the table"]
    assert scene.failed(HOST, "Verify", {"msg": "no"}, ignored=False, own=True)[1:] == ["  no"]
    assert scene.summary({HOST: "failed"}, 1)[2:] == [f"{HOST}: The upgrade waits."]


def test_second_run_of_a_site_is_new(scene):
    scene.plan(*STEPS)
    scene.closed(HOST, {"summary": {"state": "prepared", "verdict": "Prepared."}})
    scene.screen.opened(HOST)
    assert scene.plan(*STEPS) == ["the plan"]
    scene.closed(HOST, {"summary": {"state": "reached", "verdict": "Finished."}})
    assert scene.summary({}, 1)[2:] == [f"{HOST}: Finished."]


@pytest.mark.parametrize(
    ("state", "said"),
    [("waiting", "waits after 0:00:00"), ("manual", "is left to a person after 0:00:00"), ("stopped", "not begun after 0:00:00")],
)
def test_a_step_that_is_left_says_how(scene, state, said):
    scene.plan(*STEPS)
    assert scene.closed(HOST, {"summary": {"state": state}})[0].endswith(said)


def test_failed_user_task_is_in_summary(scene):
    scene.failed("x", "My task", {"msg": "no"}, ignored=False, own=False)
    assert scene.summary({"x": "failed"}, 0)[-1] == "x: failed: My task. The message is above."


def test_the_summary_names_who_holds_the_lock(scene):
    held = "Another run locks this site: ada@controller (process 4711), begun 2026-03-02T20:00:00+00:00. Wait for its end."
    scene.failed(HOST, "Open the run, which locks the site", {"msg": held}, ignored=False, own=True)
    scene.failed(HOST, "Report, and fail if the upgrade failed", {"msg": [held]}, ignored=False, own=True)
    assert " ".join(line.strip() for line in scene.summary({HOST: "failed"}, 0)[2:]) == f"{HOST}: failed: {held}"


@pytest.mark.parametrize(("changes", "said"), [(3, "something"), (0, "nothing")])
def test_a_dry_run_predicts(scene, changes, said):
    assert scene.summary({}, changes, True)[1] == f"SUMMARY: dry run, the real run would change {said}"


def test_failed_dry_run_promises_nothing(scene):
    """And names no report."""
    scene.closed(HOST, {"summary": {"state": "failed", "verdict": "The upgrade failed."}, "files": ["/state/report.html"]})
    assert scene.summary({HOST: "failed"}, 0, True) == ["", "SUMMARY: dry run, which failed", f"{HOST}: The upgrade failed."]
    assert scene.summary({HOST: "failed"}, 0)[-1] == "  report: /state/report.html"


def test_without_a_failure_the_summary_says_so(scene):
    assert scene.summary({}, 0)[-1] == "No task failed."


def test_nothing_is_longer_than_a_narrow_terminal():
    scene = Scene(width=60)
    scene.says("a long sentence that nobody can read on a terminal of sixty columns, because it is long", INSTRUCTION)
    scene.failed(HOST, "Install", {"msg": "word " * 40}, ignored=False, own=False)
    assert max(map(len, scene.shown)) <= 60


def test_a_channel_keeps_the_order_and_the_text():
    channel = Channel()
    channel.write('["a", "b", "progress", "Küche \\u001b[2J"]\n["a", "b", "begun"'.encode())
    assert list(channel.messages()) == [Message("a", "b", "progress", "Küche \x1b[2J")]
    channel.write(b', "backup"]\n')
    assert list(channel.messages()) == [Message("a", "b", "begun", "backup")]


WORK = {
    "lines": ["Open (1)", "- Call [the owners]"],
    "work_list": [{"title": "Call", "owner": "the owners", "state": "open"}, {"title": "Sleep", "state": "done"}],
    "files": ["/srv/aftercare.json", "/srv/aftercare.md"],
}


def test_inside_an_upgrade_the_work_list_is_short(scene):
    scene.plan(*STEPS)
    assert scene.work_list(HOST, WORK) == ["  Left to do for the clients: 1; what to do is in /srv/aftercare.md", "  - Call (the owners)"]
    assert scene.debug(HOST, {"msg": WORK["lines"]}) == []


def test_summary_repeats_open_work_and_report(scene):
    scene.plan(*STEPS)
    scene.work_list(HOST, WORK)
    scene.closed(HOST, {"summary": {"state": "reached", "verdict": "Finished."}, "files": ["/srv/report.json", "/srv/report.html"]})
    assert scene.summary({}, 1)[-3:] == [
        f"{HOST}: Finished.",
        "  open:  Left to do for the clients: 1; what to do is in /srv/aftercare.md",
        "  report: /srv/report.html",
    ]


def test_finished_work_list_is_not_open(scene):
    scene.plan(*STEPS)
    scene.work_list(HOST, {**WORK, "work_list": WORK["work_list"][1:]})
    scene.closed(HOST, {"summary": {"state": "reached", "verdict": "Finished."}})
    assert scene.summary({}, 1)[-1] == f"{HOST}: Finished."


def test_on_its_own_the_work_list_is_whole(scene):
    assert scene.work_list(HOST, WORK) == []
    assert scene.debug(HOST, {"msg": WORK["lines"]}) == ["  Open (1)", "  - Call [the owners]"]


def test_the_batches_of_a_play_have_one_heading(scene):
    assert scene.play("Upgrade") + scene.play("Upgrade") == ["Upgrade"]


CHECKS = (
    "[PASS] storage: 54 % are in use.",
    "[FAIL_UPGRADE] clock: It is late.",
    "[POST] consoles: Look.",
    "3 checks: 1 prevents the upgrade.",
)


def test_each_preflight_check_has_a_line(scene):
    scene.says("preflight", BEGUN)
    assert [line for text in CHECKS for line in scene.says(text)] == [f"  b.example.com  {text}" for text in CHECKS]
    kinds = [line.kind for text in CHECKS for line in scene.screen.message(Message(HOST, "b", PROGRESS, text))]
    assert kinds == ["good", "bad", "warn", "good"]


def test_upgrade_shows_later_work_last(scene):
    scene.plan(*STEPS)
    scene.says("preflight", BEGUN)
    assert scene.says(CHECKS[2]) == [] and scene.says(CHECKS[1]) == [f"  b.example.com  {CHECKS[1]}"]


def test_preparation_shows_no_current_step(scene):
    result = {"steps": STEPS, "next": STEPS[0], "lines": ["the plan"], "purpose": "prepare"}
    assert scene.__getattr__("plan")(HOST, result) == ["the plan"]
    scene.time = 600
    assert scene.tick() == [] and scene.screen.bars() == []
    assert scene.closed(HOST, {"summary": {"state": "failed"}}) == []
