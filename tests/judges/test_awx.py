# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""awxkit, the command line of AWX, imports the workflow of the examples into a stand-in for AWX, which keeps what it is given.

Not checked: whether an AWX runs it; none can be had in a test. awxkit finds the objects by their natural keys and makes the edges.
"""

import datetime
import json
import re
import subprocess
import threading

import pytest
from dateutil import rrule
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.support.ansible import ROOT, command, program

from .sites import AUTOMATION, surrounding

pytestmark = pytest.mark.slow
AWX = ROOT / "examples/automation/awx"
KINDS = {
    "organizations": "organization",
    "projects": "project",
    "inventories": "inventory",
    "job_templates": "job_template",
    "workflow_job_templates": "workflow_job_template",
    "workflow_job_template_nodes": "workflow_job_template_node",
    "workflow_approval_templates": "workflow_approval_template",
    "schedules": "schedule",
}
OTHERS = (
    "users",
    "teams",
    "credential_types",
    "credentials",
    "notification_templates",
    "inventory_sources",
    "execution_environments",
    "applications",
    "system_job_templates",
    "hosts",
    "groups",
    "labels",
    "roles",
)
IDS = ("organization", "inventory", "project", "unified_job_template", "workflow_job_template")
TEXTS = ("name", "description", "job_type", "playbook", "extra_vars", "identifier", "rrule", "timeout", "extra_data")
FLAGS = ("ask_variables_on_launch", "ask_limit_on_launch", "allow_simultaneous")
EDGES = ("success_nodes", "failure_nodes", "always_nodes")


class StandIn:
    """Answers as AWX does where awxkit asks: lists, OPTIONS with the fields of POST, objects with their related addresses."""

    def __init__(self):
        self.held, self.edges, self.posted = {}, [], []
        for kind in ("organizations", "projects", "inventories"):
            self.add(kind, {"name": "Default" if kind == "organizations" else "Appliances", "organization": 1, "scm_type": "git"})

    def add(self, kind, facts):
        number = 1 + sum(path.startswith(f"/api/v2/{kind}/") for path in self.held)
        path = f"/api/v2/{kind}/{number}/"
        related = {name: f"/api/v2/{_plural(name)}/{facts[name]}/" for name in IDS if facts.get(name)}
        if kind == "workflow_job_templates":
            related["workflow_nodes"] = f"{path}workflow_nodes/"
        if kind == "workflow_job_template_nodes":
            related.update({name: f"{path}{name}/" for name in (*EDGES, "create_approval_template")})
        if kind.endswith("job_templates"):
            related["schedules"] = f"{path}schedules/"
        self.held[path] = {"id": number, "type": KINDS[kind], "url": path, "related": related, **facts}
        return self.held[path]

    def __call__(self, environ, start_response):
        request = Request(environ)
        return self._answer(request, request.path)(environ, start_response)

    def _answer(self, request, path):
        if request.method == "OPTIONS":
            fields = {name: {"type": "id" if name in IDS or name == "id" else "field"} for name in (*IDS, *TEXTS, *FLAGS)}
            if path.rstrip("/").endswith(EDGES):
                fields = {"id": {"type": "integer"}}
            return _json({"actions": {"POST": fields}, "search_fields": ["name"]}, headers={"Allow": "GET, POST, OPTIONS"})
        if path in ("/api/", "/api/v2/"):
            names = [*KINDS, *OTHERS]
            lists = {"inventory" if name == "inventories" else name: f"/api/v2/{name}/" for name in names}
            return _json(lists if path == "/api/v2/" else {"current_version": "/api/v2/", "available_versions": {"v2": "/api/v2/"}})
        if path in self.held:
            return _json(self.held[path])
        return self._post(request.get_json(), path) if request.method == "POST" else self._listed(request, path)

    def _post(self, given, path):
        self.posted.append(path)
        parts = path.strip("/").split("/")
        if parts[-1] in EDGES:
            self.edges.append((self.held[f"/api/v2/{parts[2]}/{parts[3]}/"]["identifier"], parts[-1], given["id"]))
            return Response(status=204)
        if parts[-1] == "create_approval_template":
            made = self.add("workflow_approval_templates", given)
            self.held[f"/api/v2/{parts[2]}/{parts[3]}/"]["unified_job_template"] = made["name"]
            return _json(made, 201)
        kind = {"workflow_nodes": "workflow_job_template_nodes"}.get(parts[-1], parts[-1])
        given.setdefault("organization", 1)
        return _json(self.add(kind, {**given, "parent": path}), 201)

    def _listed(self, request, path):
        kind = {"workflow_nodes": "workflow_job_template_nodes"}.get(path.strip("/").split("/")[-1], path.strip("/").split("/")[-1])
        rows = [one for one in self.held.values() if one["url"].startswith(f"/api/v2/{kind}/")]
        wanted = {name: request.args[name] for name in ("name", "identifier") if name in request.args}
        rows = [] if kind in EDGES else [one for one in rows if all(one.get(name) == value for name, value in wanted.items())]
        return _json({"count": len(rows), "next": None, "previous": None, "results": rows})


def _plural(name):
    return {"inventory": "inventories", "unified_job_template": "job_templates"}.get(name, f"{name}s")


def _json(data, status=200, headers=None):
    return Response(json.dumps(data), status=status, content_type="application/json", headers=headers)


@pytest.fixture
def awx():
    """A running StandIn; .url is its address."""
    stand_in = StandIn()
    server = make_server("127.0.0.1", 0, stand_in, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stand_in.url = f"http://127.0.0.1:{server.port}"
    yield stand_in
    server.shutdown()
    server.server_close()


def imported(awx, need, folder, text):
    asked = [need("awx", str(AUTOMATION)), "--conf.host", awx.url, "--conf.token", "t", "import", "-f", "yaml"]
    return subprocess.run(asked, input=text, env=surrounding(folder), capture_output=True, text=True, timeout=120, check=False)


def judge(awx, done):
    assert done.returncode == 0 and "Could not find" not in done.stderr, done.stdout + done.stderr
    names = {one["name"]: one for one in awx.held.values() if one["type"] == "job_template"}
    assert sorted(names) == ["Bomgar next run", "Bomgar plan", "Bomgar preflight", "Bomgar upgrade"]
    assert {one["inventory"] for one in names.values()} == {one["project"] for one in names.values()} == {1}
    nodes = {one["id"]: one for one in awx.held.values() if one["type"] == "workflow_job_template_node"}
    order = [(begin, nodes[end]["identifier"]) for begin, kind, end in awx.edges if kind == "success_nodes"]
    assert order == [("preflight", "plan"), ("plan", "approval"), ("approval", "upgrade"), ("upgrade", "next")]
    by_name = {one["identifier"]: one["unified_job_template"] for one in nodes.values()}
    assert by_name["approval"] == "Upgrade as planned" and by_name["upgrade"] == names["Bomgar upgrade"]["id"]


def test_awxkit_imports_the_workflow(awx, need, tmp_path):
    judge(awx, imported(awx, need, tmp_path, (AWX / "assets.yml").read_text()))


PLANTED = {
    "an edge to a node that does not exist": (
        "success_nodes: [&node_upgrade {identifier: upgrade,",
        "success_nodes: [&node_upgrade {identifier: upgrad,",
    ),
    "an inventory that does not exist": ("{name: Appliances, organization: &organization", "{name: Appliance, organization: &organization"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_reported(awx, need, tmp_path, fault):
    good, bad = PLANTED[fault]
    text = (AWX / "assets.yml").read_text()
    assert good in text
    with pytest.raises(AssertionError):
        judge(awx, imported(awx, need, tmp_path, text.replace(good, bad, 1)))
    assert awx.posted, "the judge was at work"


PLANS = {"a.example.com": "sha256:2f7c"}


def approved(folder, template, **stats):
    """{host: what the upgrade gets as its approved plan}, from the custom stats of the jobs before it."""
    task = {"debug": {"msg": "{{ inventory_hostname }}={{ upgrade_approved_plan }};"}}
    (folder / "show.yml").write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [task]}]))
    given = ["-e", template["extra_vars"], "-e", json.dumps(stats)]
    asked = [program("ansible-playbook"), "-i", "a.example.com,b.example.com,", "show.yml", *given]
    return dict(re.findall(r"(\w\.example\.com)=(\S*);", command(asked, folder).stdout))


def test_what_was_approved_is_what_is_upgraded(awx, need, tmp_path):
    judge(awx, imported(awx, need, tmp_path, (AWX / "assets.yml").read_text()))
    (template,) = [one for one in awx.held.values() if (one["type"], one.get("name")) == ("job_template", "Bomgar upgrade")]
    assert approved(tmp_path, template, plan_hashes=PLANS) == {"a.example.com": "sha256:2f7c", "b.example.com": ""}


def scheduled(awx, folder, **stats):
    asked = [program("ansible-playbook"), str(AWX / "schedule_next_run.yml"), "-e", json.dumps(stats)]
    command(asked, folder, CONTROLLER_HOST=awx.url, CONTROLLER_OAUTH_TOKEN="t")
    return [one for one in awx.held.values() if one["type"] == "schedule"]


def test_waiting_site_gets_one_schedule(awx, tmp_path):
    awx.add("job_templates", {"name": "Bomgar upgrade"})
    assert scheduled(awx, tmp_path, state="reached", next_run_at="") == []
    for _time in range(2):
        (made,) = scheduled(awx, tmp_path, state="waiting", next_run_at="2026-03-03T20:41:00+00:00", plan_hashes=PLANS)
    (moment,) = rrule.rrulestr(made["rrule"].replace(" RRULE", "\nRRULE"))
    assert made["extra_data"] == {"target": "appliances", "plan_hashes": PLANS}
    assert moment == datetime.datetime(2026, 3, 3, 20, 41, tzinfo=datetime.timezone.utc)
