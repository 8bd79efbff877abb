# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""openapi-core looks at each request of the collection, and each reply of the simulator, during whole upgrades.

It judges by our description of the Command API v2, and by the vendor's of the Configuration API where VENDOR_OPENAPI names that.
"""

import os
import pathlib

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils.api.command_json import CommandJson
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import ApplianceError
from ansible_collections.bomgar.appliance.plugins.modules import session_drain
from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from simulator.front import Front
from werkzeug.wrappers import Response

from tests.support.appliances import Bench
from tests.support.upgrades import Upgrade

OURS = pathlib.Path(__file__).parents[2] / "docs/vendor/command-api-v2.openapi.yaml"
pytestmark = pytest.mark.filterwarnings("ignore:Unsupported scheme type")  # OAuth2: the simulator itself refuses a wrong token
VENDOR = os.environ.get("VENDOR_OPENAPI", "")
TARGET = {"target_version": "26.2.1", "target_base": "7.1.0"}


class Judge:
    """Validates what passes the simulated appliances under a path; .seen: operations, .problems: sentences."""

    def __init__(self, description, base):
        whole = yaml.safe_load(pathlib.Path(description).read_text(encoding="utf-8"))
        # the vendor's file holds a default of another type, so that it is not validated itself
        self.api = OpenAPI.from_dict({**whole, "servers": [{"url": base}]}, config=Config(spec_validator_cls=None))
        self.base, self.seen, self.problems = base, set(), []

    def looks_at(self, request):
        return request.path.startswith(self.base)

    def note(self, request, response):
        asked, where = WerkzeugOpenAPIRequest(request), f"{request.method} {request.path}"
        self.seen.add(where)
        try:
            self.api.validate_request(asked)
            replied = Response(response.get_data(), status=response.status_code, headers=response.headers)
            self.api.validate_response(asked, WerkzeugOpenAPIResponse(replied))
        except OpenAPIError as exc:
            self.problems.append(f"{where}: {exc} ({exc.__cause__})")


@pytest.fixture
def judged(monkeypatch):
    """judged(description, base) -> a Judge that sees all requests from now on."""

    def start(description, base):
        judge, answer = Judge(description, base), Front._answer

        def watched(front, request):
            response = answer(front, request)
            if judge.looks_at(request):
                judge.note(request, response)
            return response

        monkeypatch.setattr(Front, "_answer", watched)
        return judge

    return start


def upgraded(run, folder, mode="synchronous"):
    bench = Bench(run("pair_json"), folder)
    return Upgrade(bench, mode, request=TARGET).result()


def test_a_whole_upgrade_asks_only_what_is_described(run, judged, tmp_path):
    judge = judged(OURS, "/api/command/v2")
    assert upgraded(run, tmp_path)["outcome"] == "reached"
    assert judge.problems == []
    assert {one.rpartition("/")[2] for one in judge.seen} >= {"health", "appliance", "client-count", "info", "user"}, judge.seen


def test_ending_sessions_and_an_unhealthy_node_fit_too(run, judged, tmp_path):
    judge, bench = judged(OURS, "/api/command/v2"), Bench(run("json_generation"), tmp_path)
    bench.machine.health_problem = "a disk failed"
    bench.run(session_drain.OPERATION, policy="terminate", reason="maintenance", log_out=True)
    facade = bench.appliance(bench.params(session_drain.OPERATION, policy="wait"))
    assert not facade.health().healthy
    assert judge.problems == []
    assert {one.split("/")[0] for one in judge.seen} == {"GET ", "POST ", "DELETE "}


@pytest.mark.slow
@pytest.mark.skipif(not VENDOR, reason="VENDOR_OPENAPI does not name the vendor's file (terraform-provider-sra, openapi/)")
def test_vendor_description_allows_own_requests(run, judged, tmp_path):
    """The vendor's description allows each request to the Configuration API."""
    judge = judged(VENDOR, "/api/config/v1")
    assert upgraded(run, tmp_path)["outcome"] == "reached"
    assert judge.problems == []
    assert len(judge.seen) > 1, judge.seen


def plant_request(monkeypatch):
    """The collection sends a text where a flag belongs."""
    sent = CommandJson._request

    def wrong(self, method, path, **body):
        if path == "/failover-role":
            body["json"]["data_sync_first"] = "no"
        return sent(self, method, path, **body)

    monkeypatch.setattr(CommandJson, "_request", wrong)


def test_planted_faults_are_reported(run, judged, tmp_path, monkeypatch):
    judge, bench = judged(OURS, "/api/command/v2"), Bench(run("pair_json"), tmp_path)
    facade = bench.appliance(bench.params(session_drain.OPERATION, policy="wait"))
    facade.health()
    assert judge.problems == []
    bench.running.advance(120)
    bench.running.fault("remove_field", field="cluster_role", match={"path": "/api/command/v2/health"})
    with pytest.raises(ApplianceError):
        facade.health()
    assert len(judge.problems) == 1 and "cluster_role" in judge.problems[0]
    plant_request(monkeypatch)
    with pytest.raises(ApplianceError):
        facade.set_failover_role("backup", data_sync_first=False)
    assert len(judge.problems) == 2 and "POST /api/command/v2/failover-role" in judge.problems[1]
