# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import json

from ansible_collections.bomgar.appliance.plugins.module_utils.storage import who


def test_the_controller_hands_on_the_person(monkeypatch):
    monkeypatch.setenv(who.VARIABLE, json.dumps({"user": "ada", "host": "c"}))
    assert who.current_actor() == {"user": "ada", "host": "c"}


def test_without_the_variable_a_process_describes_itself(monkeypatch):
    for value in ("", "no json", "[]", "{}"):
        monkeypatch.setenv(who.VARIABLE, value)
        assert who.current_actor()["user"] and who.current_actor()["collection"] == who.COLLECTION


def test_sudo_shows_both_accounts(monkeypatch):
    monkeypatch.setenv("SUDO_USER", "ada")
    monkeypatch.setattr(who, "account_name", lambda: "root")
    actor = who.this_process("2.19.0", person="Ada L.", awx_job="")
    assert (actor["user"], actor["account"], actor["person"], actor["ansible_core"]) == ("ada", "root", "Ada L.", "2.19.0")
    assert "awx_job" not in actor


def test_the_given_name_comes_first():
    assert who.actor_name({"person": "Ada", "awx_user": "al", "user": "a"}) == "Ada"
    assert who.actor_name({"awx_user": "al", "user": "a"}) == "al" and who.actor_name({}) == "unknown"
