# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Management > Failover and Management > Security, in both layouts and languages: what is pressed there happens to the pair."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from simulator.machine import pair as pair_module
from simulator.pages.failover import EVENTS
from simulator.pages.layouts import LAYOUTS
from simulator.pages.words import labels

HOUR = 3600
BROKEN = {"related": False}
PULL = {
    "classic": "Check this box to pull a data-sync from the site instance while becoming the backup",
    "modern": "Pull a data-sync from the site instance while becoming the backup",
}
FORCE = {
    "classic": "Become backup even if the peer site instance cannot be contacted",
    "modern": "Change the role even if the peer is unreachable",
}


@pytest.fixture
def opened(sign_in):
    """opened(node) -> a Person on its Management > Failover."""

    def enter(node):
        management = "Verwaltung" if node.machine.language == "de" else "Management"
        return sign_in(node, "login").follow(management, "Failover")

    return enter


def roles(node):
    return [one.failover_role for one in node.pair.nodes]


def events(node, name):
    return [event for event in node.machine.history if event["event"] == name]


def typed(person, node, layout, backup="b.example.com", primary="a.example.com", port="443"):
    """Fill in the form that establishes a relation: two halves whose fields are called alike."""
    fields = LAYOUTS[layout].fields
    values = {"new_host": backup, "new_port": port, "reverse_host": primary, "reverse_port": port}
    for key, value in values.items():
        person.page.find("input", attrs={"name": fields[key]})["value"] = value
    return person


def broken(person, german=False):
    """Press Break Failover Relations, and answer the question where it comes."""
    person.press("Failover-Beziehungen aufheben" if german else "Break Failover Relations")
    yes = "Ja" if german else "Yes"
    return person.press(yes) if person.has_button(yes) else None


# --- what it shows


def test_standalone_shows_form_and_reaches_nobody(box, opened, layout):
    one = box()
    person = opened(one)
    assert "There is no failover relationship." in person.text
    assert person.has_button("Establish Relationship") and not person.has_button("Sync Now")
    typed(person, one, layout).press("Establish Relationship")
    assert "The appliance at b.example.com:443 cannot be reached." in person.text
    assert one.machine.writes == []


def test_each_node_shows_itself_and_its_peer(two, opened, layout):
    a, b = two()
    person, other = opened(a), opened(b)
    assert "is the primary site instance" in person.text and "is the backup site instance" in other.text
    assert person.fact("This Host's Status") == "Primary" and other.fact("This Host's Status") == "Backup"
    assert person.fact("Peer Host") == "b.example.com"
    assert person.fact("Peer Host's Status") == "Reached, last check 2024-10-12 14:58:35 UTC"
    assert bool(person.page.find("dl")) == (layout == "modern")
    a.pair.cut = True
    assert opened(a).fact("Peer Host's Status").startswith("Not reached")


def test_a_german_pair_speaks_german(two, opened):
    a, _b = two(language="de")
    person = opened(a)
    assert "ist die primäre Site-Instanz" in person.text and person.fact("Status dieses Hosts") == "Primär"
    person.press("Jetzt synchronisieren")
    assert "Datensynchronisierung läuft: 0 %" in person.text
    person.press("Jetzt synchronisieren")
    assert "Fehler: Eine Datensynchronisierung oder ein Rollenwechsel läuft." in person.text
    a.later(10)
    broken(opened(a), german=True)
    assert "Es besteht keine Failover-Beziehung." in opened(a).text


def test_backup_loses_most_tabs_while_related(two, opened, sign_in):
    a, b = two()
    full, person = opened(a).menu(), opened(b)
    assert "Jump" in full and {"Jump", "My Account", "Software", "Security"}.isdisjoint(person.menu())
    layout = LAYOUTS[b.machine.layout]
    for page in ("jump_clients", "software", "site_security"):
        person.get(layout.address("login", page))
        assert person.response.status_code == 404
    a.pair.break_relation(a.machine)
    assert "Jump" in opened(b).menu()


def test_form_of_a_missing_tab_is_refused(two, sign_in):
    a, b = two(BROKEN)
    person = sign_in(b, "login").follow("Jump", "Jump Clients").type("Maximum number of concurrent Jump Client upgrades", "7")
    a.pair.establish(a.machine, b.machine)
    person.press("Save")
    assert person.response.status_code == 404 and b.machine.jump_settings["max_concurrent"] != 7


# --- data sync


def test_sync_runs_with_percent_after_closing(two, opened):
    """The button "Sync Now" shows percent and continues when the page is closed."""
    a, b = two()
    person = opened(a)
    person.press("Sync Now")
    assert a.machine.writes == ["sync now"] and "Data sync in progress: 0 %" in person.text
    a.later(5)
    assert "Data sync in progress: 50 %" in opened(b).text
    a.later(5)
    person = opened(a)
    assert "in progress" not in person.text and person.fact("Last Data-Sync") == "Success"
    assert "A data-sync was completed." in person.text


def test_a_sync_that_failed_is_on_the_page(two, opened):
    a, _b = two({"sync": {"fails": "No space left"}})
    opened(a).press("Sync Now")
    a.later(10)
    person = opened(a)
    assert person.fact("Last Data-Sync") == "Failed: No space left" and "was not completed" in person.text


@pytest.mark.parametrize(
    ("arrange", "said"),
    [
        (lambda pair: setattr(pair, "cut", True), "The peer host cannot be reached."),
        (lambda pair: setattr(pair.backup, "inter_appliance_key", "other"), "pre-shared keys do not match"),
        (lambda pair: setattr(pair.backup, "version", "23.1.1"), "The software versions of the two appliances differ."),
        (lambda pair: pair.settings.update(backup_operations=False), "Backup operations are disabled."),
    ],
)
def test_refused_sync_names_reason_and_begins_nothing(two, opened, arrange, said):
    a, _b = two()
    arrange(a.pair)
    person = opened(a)
    person.press("Sync Now")
    assert said in person.text and a.pair.syncing is None and a.machine.writes == []


# --- roles


def test_take_over_with_sync_swaps_the_roles(two, opened, layout):
    """Both nodes are backups until the data sync ends; then the roles are exchanged."""
    a, b = two()
    person = opened(b)
    assert person.control(FORCE[layout]) is None
    person.tick(PULL[layout]).press("Become Primary")
    assert a.pair.syncing["swap"] == "b" and roles(a) == ["primary", "backup"]
    a.later(10)
    assert roles(a) == ["backup", "backup"]
    a.later(2)
    assert roles(a) == ["backup", "primary"] and b.machine.writes == ["set failover role primary"]


def test_become_backup_without_the_box_syncs_nothing(two, opened):
    a, _b = two()
    opened(a).press("Become Backup")
    a.later(2)
    assert roles(a) == ["backup", "primary"] and events(a, "sync_started") == []


def test_backup_without_peer_needs_the_second_box(two, opened, layout):
    """The button "Become Backup" needs the second box when the peer is silent."""
    a, _b = two()
    a.pair.cut = True
    person = opened(a)
    person.press("Become Backup")
    assert "The peer host cannot be reached." in person.text and roles(a) == ["primary", "backup"]
    opened(a).tick(FORCE[layout]).press("Become Backup")
    assert roles(a) == ["backup", "backup"] and a.machine.writes == ["set failover role backup by force"]


def test_button_works_though_the_role_changed(two, opened):
    """A button does what it says although the role changed meanwhile."""
    a, _b = two()
    person = opened(a)
    a.pair.set_role(a.machine, "backup")
    a.later(2)
    person.press("Become Backup")
    a.later(2)
    assert roles(a) == ["backup", "primary"]


# --- break and establish


def test_break_asks_in_one_layout_only(two, opened, layout):
    a, _b = two()
    person = opened(a)
    person.press("Break Failover Relations")
    assert person.has_button("Yes") == (layout == "modern") == a.pair.related
    if layout == "modern":
        assert "really" in person.text and a.machine.writes == []
        person.press("Yes")
    assert not a.pair.related and a.machine.writes == ["break failover relation"]
    assert "There is no failover relationship." in person.text


def test_who_answers_cancel_breaks_nothing(two, opened, layout):
    a, _b = two()
    person = opened(a)
    if layout == "modern":
        person.press("Break Failover Relations")
        person.follow("Cancel")
    assert a.pair.related and person.has_button("Sync Now")


def test_control_of_a_broken_relation_is_refused(two, opened):
    a, b = two()
    person = opened(a)
    a.pair.break_relation(b.machine)
    person.press("Sync Now")
    assert "There is no failover relationship." in person.text and a.machine.writes == []


def test_establish_makes_primary_and_syncs(two, opened, layout):
    """Establishing makes this node the primary, and the first data sync follows."""
    a, _b = two(BROKEN)
    typed(opened(a), a, layout).press("Establish Relationship")
    assert a.pair.related and roles(a) == ["primary", "backup"]
    assert a.machine.writes == ["establish failover relation with a as primary"]
    a.later(12)
    assert a.machine.sync_status == "Success"


def test_establishing_wrong_way_overwrites_the_other(two, opened, layout):
    """Establishing from the wrong node overwrites what the other node recorded."""
    a, b = two({**BROKEN, "sessions_per_hour": 30})
    a.later(120)
    assert a.machine.records["a"] == pytest.approx(60)
    typed(opened(b), b, layout, backup="a.example.com", primary="b.example.com").press("Establish Relationship")
    assert a.pair.primary is b.machine and a.machine.records["a"] == 0
    assert events(a, "data_overwritten")[0]["lost"] == 60
    assert "The data of this host was overwritten." in opened(a).text


@pytest.mark.parametrize(
    "wrong",
    [{"backup": "c.example.com"}, {"backup": "a.example.com"}, {"primary": "b.example.com"}, {"backup": "localhost", "port": "9"}],
)
def test_foreign_address_is_no_peer(two, opened, layout, wrong):
    a, _b = two(BROKEN)
    person = typed(opened(a), a, layout, **wrong)
    person.press("Establish Relationship")
    assert "cannot be reached" in person.text and not a.pair.related and a.machine.writes == []


@pytest.mark.parametrize("wrong", [{"backup": ""}, {"port": ""}, {"port": "https"}])
def test_an_address_has_a_host_and_a_port(two, opened, layout, wrong):
    a, _b = two(BROKEN)
    person = typed(opened(a), a, layout, **wrong)
    person.press("Establish Relationship")
    assert "Enter a host name and a port." in person.text and not a.pair.related


# --- Security


def test_different_keys_prevent_a_relation(two, opened, sign_in, layout):
    """Until they are made equal on the page Security."""
    a, b = two(BROKEN)
    b.machine.inter_appliance_key = "another"
    person = typed(opened(a), a, layout)
    person.press("Establish Relationship")
    assert "pre-shared keys do not match" in person.text and not a.pair.related
    person = sign_in(b, "login").follow("Management", "Security")
    person.type("Inter-appliance Communication Pre-shared Key", a.machine.inter_appliance_key).press("Save")
    assert "The settings were saved." in person.text and b.machine.writes == ["save inter-appliance key"]
    typed(opened(a), a, layout).press("Establish Relationship")
    assert a.pair.related


def test_an_empty_key_is_not_saved(box, sign_in):
    one = box()
    person = sign_in(one, "login").follow("Management", "Security")
    person.type("Inter-appliance Communication Pre-shared Key", " ").press("Save")
    assert "A key is needed." in person.text and one.machine.inter_appliance_key == "shared key" and one.machine.writes == []


# --- settings


def test_settings_are_shown_and_saved_as_one_write(two, opened):
    a, _b = two(shared_ips=["192.0.2.1", "192.0.2.2"])
    person = opened(a)
    assert person.control("Automatic Data-Sync Interval")["value"] == "24"
    assert person.control("Enable Backup Operations").has_attr("checked")
    person.type("Automatic Data-Sync Interval", "6").type("Primary Site Instance Timeout", "15")
    person.type("Network Connectivity Test IPs", "192.0.2.9,2001:db8::1").type("Data-Sync Bandwidth Limit", "500")
    person.tick("Enable Automatic Failover").tick("Enable Backup Operations", on=False).tick("192.0.2.2", on=False)
    person.press("Save Changes")
    assert "The settings were saved." in person.text and a.machine.writes == ["save failover settings"]
    assert a.pair.settings == {
        "backup_operations": False,
        "sync_interval_hours": 6,
        "sync_bandwidth": "500",
        "automatic_failover": True,
        "primary_timeout_minutes": 15,
        "test_ips": "192.0.2.9, 2001:db8::1",
    }
    assert a.machine.shared_ips == ["192.0.2.1"] and person.control("192.0.2.2") is not None


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Automatic Data-Sync Interval", "often"),
        ("Primary Site Instance Timeout", "0"),
        ("Data-Sync Bandwidth Limit", "-1"),
        ("Network Connectivity Test IPs", "gateway"),
    ],
)
def test_invalid_setting_saves_nothing(two, opened, label, value):
    a, _b = two()
    before = dict(a.pair.settings)
    person = opened(a)
    person.tick("Enable Automatic Failover").type(label, value).press("Save Changes")
    assert f"Error: {label}" in person.text and a.pair.settings == before and a.machine.writes == []


# --- words


def test_every_refusal_and_history_line_has_words():
    source = Path(pair_module.__file__).read_text()
    for code in set(re.findall(r'Refused\("(\w+)"', source)):
        assert f"failover_refused_{code}" in labels()
    for event in EVENTS:
        assert f"event_{event}" in labels()


def test_no_word_of_the_pages_is_defined_twice():
    text = Path(pair_module.__file__).parents[1].joinpath("pages", "labels.yml").read_text(encoding="utf-8")
    keys = re.findall(r'(?m)^"?([\w@]+)"?:', text)
    assert len(keys) == len(set(keys))


def test_layouts_share_no_field_and_address():
    classic, modern = LAYOUTS["classic"], LAYOUTS["modern"]
    for key in set(modern.actions) & set(classic.actions) - {"change_password", "appliance_sign_in"}:
        assert classic.actions[key].path != modern.actions[key].path
    assert set(classic.fields) == set(modern.fields)
