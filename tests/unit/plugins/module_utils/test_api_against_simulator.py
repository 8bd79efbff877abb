# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The documented interfaces against the stand-in appliance, which was written from the same documents by others."""

from __future__ import annotations

import collections
import pathlib

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.api.backup import Backup
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command import command
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_xml import CommandXml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.configuration import Configuration
from ansible_collections.bomgar.appliance.plugins.module_utils.api.credentials import Legacy, OAuth
from ansible_collections.bomgar.appliance.plugins.module_utils.api.oauth import Tokens
from ansible_collections.bomgar.appliance.plugins.module_utils.api.probes import check_health, mech_list
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import (
    AccessDenied,
    ApplianceError,
    NotUnderstood,
    PermissionMissing,
    Unreachable,
    Untrusted,
)
from ansible_collections.bomgar.appliance.plugins.module_utils.http.transport import Transport
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.tally import Tally
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.secret_cache import SecretCache

testing = pytest.importorskip("simulator.testing", reason="the simulator is not part of an installed collection")
WORLDS = pathlib.Path(testing.__file__).parent / "worlds"


@pytest.fixture
def start(tmp_path):
    """start(world, old=text, new=text) -> Site on a running world."""
    running = []

    def begin(name, old="", new=""):
        text = (WORLDS / f"{name}.yml").read_text()
        assert old in text
        running.append(testing.Running(text.replace(old, new)))
        return Site(running[-1], tmp_path / "cache")

    yield begin
    for one in running:
        one.stop()


class Site:
    """A running world and what a task would make to talk to it."""

    def __init__(self, world, folder):
        self.world, self.folder = world, folder

    def transport(self, **options):
        return Transport(self.world.url, **{"ca_path": self.world.ca_file, "sleep": lambda seconds: None, **options})

    def task(self, secret=None, **options):
        """(transport, credentials) as each task makes them anew."""
        account, transport = self.world.world["accounts"]["api"][0], self.transport(**options)
        cache = SecretCache(str(self.folder))
        return transport, OAuth(Tokens(transport, account["client_id"], secret or account["client_secret"], cache))

    def user(self):
        user = self.world.world["accounts"]["legacy_users"][0]
        return self.transport(), Legacy(user["username"], user["password"])

    def sent(self):
        return collections.Counter(entry["path"] for entry in self.world.requests())


def test_both_generations_agree_on_one_world(start):
    task = start("json_generation").task()
    xml, json = CommandXml(*task), CommandJson(*task)
    assert command(*task).generation == "json"
    sides = [{**one.health().as_dict(), "cluster_role": one.members()[0].cluster_role} for one in (xml, json)]
    assert sides[0] == sides[1]
    assert xml.members() == json.members()
    assert xml.logged_in() == json.logged_in()
    assert xml.info().permissions == json.info().permissions
    assert xml.info().clock == pytest.approx(json.info().clock, abs=1)
    counted = json.client_counts()
    assert counted and counted == {kind: xml.client_counts()[kind] for kind in counted}


@pytest.mark.parametrize("name", ["far_outdated", "json_generation"])
def test_one_token_serves_all_tasks_of_an_hour(start, name):
    site = start(name)
    for _task in range(20):
        chosen = command(*site.task())
        chosen.info()
        chosen.health()
        Backup(*site.task()).download(lambda chunk: None)
    assert site.sent()["/oauth2/token"] == 1


def test_a_dead_token_is_renewed_once(start):
    site = start("json_generation")
    command(*site.task()).health()
    site.world.advance(3601)
    assert command(*site.task()).health().healthy
    assert site.sent()["/oauth2/token"] == 2


def test_an_observation_costs_at_most_four_requests(start):
    site = start("json_generation")
    chosen = command(*site.task())
    assert chosen.info().clock and chosen.health().healthy and chosen.members()
    sent = site.sent()
    assert sum(sent.values()) - sent["/oauth2/token"] <= 4


def test_a_user_password_is_never_in_a_url(start):
    site = start("old_xml")
    chosen = command(*site.user())
    assert (chosen.generation, chosen.health().healthy) == ("xml", True)
    password = site.world.world["accounts"]["legacy_users"][0]["password"]
    assert all(password not in str(entry) for entry in site.world.requests())


def test_jump_clients_are_read_page_by_page(start):
    site = start("json_generation")
    configuration = Configuration(*site.task())
    tally = Tally()
    for row in configuration.jump_clients():
        tally.add(row)
    counts = tally.counts()
    assert counts["total"] == configuration.count("jump-client") > 100
    assert counts["total"] == counts["relevant"] + sum(counts["excluded"].values())
    assert site.sent()["/api/config/v1/jump-client"] == 3


def test_a_truncated_backup_does_not_pass(start):
    site, got = start("far_outdated"), []
    Backup(*site.task()).download(got.append)
    assert sum(map(len, got)) > 100_000
    site.world.fault("truncate", match={"path": "/api/backup"})
    with pytest.raises(Unreachable):
        Backup(*site.task()).download(lambda chunk: None)


def test_the_probes_need_no_account(start):
    site = start("far_outdated")
    assert check_health(site.transport())[0] is True
    assert mech_list(site.transport())["product"] == "rs"
    assert site.sent()["/oauth2/token"] == 0


def test_a_wrong_secret_is_tried_once(start):
    site = start("far_outdated")
    with pytest.raises(AccessDenied, match="or its secret was refused"):
        command(*site.task(secret="canary"))
    assert site.sent()["/oauth2/token"] == 1


@pytest.mark.parametrize(
    ("name", "permission", "ask"),
    [
        ("json_generation", "perm_command", lambda task: command(*task).health()),
        ("far_outdated", "perm_command", lambda task: command(*task).health()),
        ("json_generation", "perm_backup", lambda task: Backup(*task).download(pytest.fail)),
        ("json_generation", "perm_configuration", lambda task: list(Configuration(*task).jump_clients())),
    ],
)
def test_a_missing_permission_is_named(start, name, permission, ask):
    given = "full_access" if permission == "perm_command" else "true"
    access_denied = "deny" if permission == "perm_command" else "false"
    site = start(name, f"{permission}: {given}", f"{permission}: {access_denied}")
    with pytest.raises(PermissionMissing, match=f"(?s)127.0.0.1.*{permission}"):
        ask(site.task())


def test_disabled_xml_api_names_the_switch(start):
    site = start("far_outdated", "product: rs\n", "product: rs\nfeatures: {xml_api_enabled: false}\n")
    with pytest.raises(PermissionMissing, match="Enable XML API"):
        command(*site.task()).health()


def test_unknown_issuer_is_not_trusted(start):
    with pytest.raises(Untrusted, match="ca_path"):
        check_health(start("far_outdated").transport(ca_path=None))


@pytest.mark.parametrize("fault", ["login_page", "xml_error", "body", "truncate", "drop_after"])
@pytest.mark.parametrize("name", ["far_outdated", "json_generation"])
def test_no_odd_answer_is_taken_for_good_health(start, name, fault):
    site = start(name)
    chosen = command(*site.task())
    site.world.fault(fault, times=9, match={"path": "/api/command*"})
    with pytest.raises(ApplianceError, match=r"127\.0\.0\.1"):
        chosen.health()


@pytest.mark.parametrize("name", ["far_outdated", "json_generation"])
def test_a_read_survives_one_lost_response(start, name):
    site = start(name)
    chosen = command(*site.task())
    site.world.fault("drop_after", match={"path": "/api/command*"})
    site.world.fault("content_type", times=1, skip=1, match={"path": "/api/command*"})
    assert chosen.health().healthy


FIELDS = {
    "far_outdated": ("version", "success", "failover_role", "appliance"),
    "json_generation": ("version", "build", "appliance_hostname", "appliance_id", "cluster_role", "failover_role"),
}


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, fields in FIELDS.items() for field in fields])
def test_missing_health_field_is_named(start, name, field):
    site = start(name)
    chosen = command(*site.task())
    site.world.fault("remove_field", field=field, match={"path": "/api/command*"})
    with pytest.raises(NotUnderstood, match=field):
        chosen.health()


@pytest.mark.parametrize("field", ["needs_update", "is_lost", "connection_type"])
def test_a_missing_catch_up_field_is_named(start, field):
    site = start("json_generation")
    site.world.fault("remove_field", field=field, match={"path": "/api/config/v1/jump-client"})
    with pytest.raises(NotUnderstood, match=field):
        list(map(Tally().add, Configuration(*site.task()).jump_clients()))
