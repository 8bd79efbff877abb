# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who waits and who works, by what is asked."""

import pytest
import requests
from simulator.waiting import Waiting


@pytest.fixture
def waiting():
    return Waiting()


def asked(waiting, questions, site="a", client="program"):
    return [waiting.ask(site, client, one) for one in questions.split()]


def test_one_question_again_and_again_is_a_wait(waiting):
    assert asked(waiting, "x x x x x") == [None, 0, 1, 2, 3]


def test_repeated_round_of_questions_is_a_wait(waiting):
    assert asked(waiting, "x y z x y z x y z x") == [None] * 3 + [0, None, None, 1, None, None, 2]


def test_the_order_within_a_round_is_free(waiting):
    assert asked(waiting, "x y y x x y y") == [None, None, 0, None, 1, None, 2]


def test_a_client_that_asks_something_else_works(waiting):
    assert asked(waiting, "x x x x y x x") == [None, 0, 1, 2, None, 0, 0]
    assert max(filter(None, asked(waiting, "i h a i h u i h b i h c p i h a i h u")), default=0) == 0


def test_a_change_ends_the_wait(waiting):
    asked(waiting, "x x x x")
    waiting.clear("a")
    assert asked(waiting, "x x x") == [None, 0, 1]


def test_new_sign_in_is_no_own_question(waiting):
    asked(waiting, "i l i l i")
    for alike in range(2, 5):
        assert asked(waiting, "l i") == [None, alike]
        waiting.refused("a", "program", "i")
        assert [waiting.ask("a", "program", one) for one in (None, "home", "i")] == [None] * 3


def test_permanently_refused_client_waits_too(waiting):
    found = []
    for _time in range(12):
        found += asked(waiting, "x")
        waiting.refused("a", "program", "x")
    assert max(filter(None, found)) >= 3


def test_busy_site_holds_the_day_back(waiting):
    """A day passes for nobody while another site is at work."""
    asked(waiting, "x x x x x")
    asked(waiting, "first", "b")
    assert asked(waiting, "x x") == [0, 0]
    assert asked(waiting, "x " * 30)[-1] > 4, "who asks nothing more holds nobody up"


def test_monitor_does_not_end_a_wait(waiting):
    """A monitor that reads in between does not turn a wait into work."""
    for _look in range(8):
        asked(waiting, "health", client="monitor")
        found = asked(waiting, "i l")
        asked(waiting, "health", client="monitor")
    assert found == [6, None]


WATCHED = """
schema: 1
name: watched
product: rs
clock: {start: "2026-03-01T00:00:00+00:00", speed: 240, idle_speed: 14400, idle_after: 0}
appliances: [{name: a, hostname: a.example.com, base: 6.2.0, version: 23.2.1}]
packages: [{id: site-24, name: BeyondTrust 24.1.2, kind: site, version: 24.1.2, minutes: {download: 2, install: 8, reboot: 4, lag: 1}}]
accounts: {api: [{client_id: full, client_secret: secret, permissions: {perm_command: read_only}}]}
"""


class Real:
    """The real clock of a test: each request takes `each` seconds, a sleep as long as it is told."""

    def __init__(self):
        self.at = 50.0

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        self.at += seconds


def watched(run, each):
    real = Real()
    running = run(WATCHED, speed=None, idle_speed=None, real=real, sleep=real.sleep)
    running.fault("delay", times=None, seconds=each)
    return real, running


@pytest.mark.parametrize("each", [0.01, 5])
def test_monitor_sees_the_whole_installation(run, caller, each):
    """Through the restart, in which no connection is taken."""
    real, running = watched(run, each)
    running.machine().start_install("site-24")
    client, looks = caller(running), 0
    while running.machine().version != "24.1.2" and looks < 20:
        real.sleep(1)
        looks += 1
        try:
            client.plain("GET", "/check_health")
        except requests.ConnectionError:
            continue
    assert looks < 12
    assert running.now() < running.machine().history[-1]["time"] + 3600


@pytest.mark.parametrize("each", [0.01, 5])
def test_a_program_at_work_sees_real_time(run, caller, each):
    real, running = watched(run, each)
    client, begun = caller(running), running.now()
    for name in ("get_api_info", "check_health", "get_appliances") * 2 + ("get_logged_in_reps",):
        client.command(name)
    client.get("/check_health")
    assert running.now() - begun == pytest.approx(real.at - 50, abs=1)


def test_question_with_its_time_is_equal(run, caller):
    real, running = watched(run, 0.01)
    client, begun = caller(running), running.now()
    for look in range(8):
        real.sleep(1)
        client.get(f"/api/reporting?generate_report=SupportSession&start_time={int(running.now())}&duration=0&_={1790000000000 + look}")
    assert running.now() - begun > 3600


def test_a_wait_passes_a_day_in_few_requests(run, caller):
    """Although each needs a new token."""
    real, running = watched(run, 0.01)
    client, begun = caller(running), running.now()
    for _look in range(12):
        real.sleep(1)
        for name in ("get_api_info", "get_appliances"):
            if client.command(name).status_code == 401:
                client.token = None
                client.command(name)
    assert 86400 / 2 < running.now() - begun < 2 * 86400
