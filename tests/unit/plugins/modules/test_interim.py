# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Between the two nodes of a pair: since when the second one waits, and what was acknowledged, each noted once."""

from ansible_collections.bomgar.appliance.plugins.modules.interim import OPERATION

from tests.support.journals import performed

NOW = 1_772_452_800.0


def wait(journal, **given):
    return performed(OPERATION, node="b", appliance_time=NOW, journal=journal.path if journal else None, **given)


def events(journal):
    return [entry["event"] for entry in journal.read()]


def test_it_waits_and_notes_since_when_once(journal):
    for _run in range(2):
        result = wait(journal, reason="a waits at least 60 seconds", next_run_at="2026-03-02T12:01:00+00:00")
        assert (result["state"], result["outcome"]) == ("waiting", "waiting")
        assert result["next_run_at"] == "2026-03-02T12:01:00+00:00" and "60 seconds" in result["reason"]
    assert events(journal) == ["action_begun"] and journal.state().pair.first_done_at == NOW


def test_an_acknowledgement_is_noted_once_with_its_name(journal):
    for _run in range(2):
        assert wait(journal, acknowledged=True, done=True, by="Ada Example")["state"] == "open"
    assert events(journal) == ["action_begun", "acknowledged"] and journal.read()[-1]["data"] == {"what": "interim", "by": "Ada Example"}


def test_check_mode_records_nothing(journal):
    """A run without a journal neither."""
    assert wait(journal, acknowledged=True, check_mode=True)["state"] == "waiting" and events(journal) == []
    assert wait(None, done=True)["state"] == "open"
