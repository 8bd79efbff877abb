# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report on a fleet as data and as lines."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.report.fleet import build_fleet, failures, fleet_lines

from tests.support.fleets import MADE, decision


def report(**more):
    return build_fleet({**decision(), **more}, made=MADE, command="ansible-playbook bomgar.appliance.fleet")


def test_report_counts_and_names_held_sites():
    """The report counts the sites and says what holds the rest."""
    made = report()
    assert made["counts"] == {"done": 1, "waiting": 1, "failed": 1, "locked": 1, "unreachable": 1, "not_started": 1}
    assert made["verdict"].startswith("Sites failed. 1 done, 1 waiting,") and made["verdict"].endswith("batch 1 stops: c failed.")
    assert made["next"] == {"command": "ansible-playbook bomgar.appliance.fleet", "not_before": "2026-03-07T20:00:00+00:00"}


def test_failures_are_a_sentence_each():
    assert failures(report()) == [
        "c: failed. The account was not accepted.",
        "d: locked. A run of ada@controller is at work.",
        "e: unreachable. c: no response.",
    ]


def test_finished_fleet_has_no_next_command():
    done = [{**one, "verdict": "done", "until": "", "why": ""} for one in decision()["sites"]]
    made = report(state="done", sites=done, waves=[])
    assert made["next"] == {"command": "", "not_before": ""} and made["verdict"] == "All sites are done. 6 done."
    assert not [line for line in fleet_lines(made, 100) if "Next" in line]


def test_table_comes_before_actions_and_next_run():
    """The lines are a table, then what needs a person, then the next run."""
    lines = fleet_lines(report(), 100)
    assert lines[0].split() == ["wave", "site", "verdict", "version", "waits", "until"]
    assert [line.split()[-1] for line in lines[2:4]] == ["22.1.4", "20:00Z"] and all(len(line) <= 100 for line in lines[:-1])
    assert "  - d: A run of ada@controller is at work." in lines and not [line for line in lines if "- f:" in line]
    assert lines[-2:] == ["Next: run at 2026-03-07 20:00Z or later:", "  ansible-playbook bomgar.appliance.fleet"]


def test_texts_from_outside_are_one_plain_line():
    odd = [{**decision()["sites"][0], "why": "a\nb\x1b[31m\u202e"}]
    assert report(sites=odd)["sites"][0]["why"] == "a b"
