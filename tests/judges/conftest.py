# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Programs of others judge the simulator and the collection. Each judge also has a test with a planted fault, which it must report."""

import os
import shutil
from collections import Counter

import pytest
import requests
from simulator.testing import Running


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch):
    """requests, httpx and OpenSSL prefer these over the simulator's own authority."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run():
    """run(world, **options) -> a simulator.testing.Running that is stopped after the test."""
    started = []

    def start(world, **options):
        started.append(Running(world, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def need():
    """need(program, *folders) -> its path; the test is skipped by the program's name where it is missing."""

    def find(program, *folders):
        found = shutil.which(program, path=os.pathsep.join([os.environ["PATH"], *folders]))
        return found or pytest.skip(f"{program} is not installed")

    return find


@pytest.fixture
def token():
    """token(running) -> a bearer token of the first API account."""

    def fetch(running, url=None):
        account = running.world["accounts"]["api"][0]
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                f"{url or running.url}/oauth2/token",
                auth=(account["client_id"], account["client_secret"]),
                data={"grant_type": "client_credentials"},
                verify=running.ca_file,
                timeout=60,
            )
        return answer.json()["access_token"]

    return fetch


def pytest_terminal_summary(terminalreporter):
    """The time of each judge: the seconds of all tests of its file."""
    seconds = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            seconds[getattr(report, "nodeid", "").partition("::")[0]] += getattr(report, "duration", 0)
    terminalreporter.section("seconds of each judge")
    for name, count in seconds.most_common():
        if name:
            terminalreporter.write_line(f"{count:8.1f}  {name}")
