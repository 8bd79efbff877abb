# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The ports: TLS, silent clients, what is served while a machine is down, the log."""

import concurrent.futures
import socket
import ssl
import time

import pytest
import requests
from cryptography import x509
from simulator.server import PATIENCE
from simulator.testing import Running


def test_it_starts_and_stops_quickly(small):
    Running(small).stop()  # the keys of this process are made now

    def seconds():
        begun = time.monotonic()
        Running(small).stop()
        return time.monotonic() - begun

    assert any(seconds() < 0.5 for _try in range(20)), "a busy machine may take longer, but not each time"


def test_certificate_covers_host_name_and_loopback(run, caller):
    running = run()
    caller(running).plain("GET", "/check_health")
    for name in ("127.0.0.1", "localhost", "a.example.com"):
        context = ssl.create_default_context(cafile=running.ca_file)
        port = int(running.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as plain:
            context.wrap_socket(plain, server_hostname=name).close()


def test_nobody_else_trusts_it(run):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(run().url, verify=True, timeout=60)


def test_valid_default_certificate_is_served(run, small):
    running = run(small.replace('clock: {start: "2026-03-01T00:00:00+00:00"}\n', ""))
    served = ssl.get_server_certificate(("127.0.0.1", int(running.url.rpartition(":")[2])))
    assert x509.load_pem_x509_certificate(served.encode()) == running.machine().certificates[0].leaf


def test_expired_default_gets_a_stand_in(run, caller, small):
    running = run(small + "certificates: [{name: old, days_left: -5}]\n")
    assert caller(running).plain("GET", "/check_health").status_code == 200
    served = ssl.get_server_certificate(("127.0.0.1", int(running.url.rpartition(":")[2])))
    assert x509.load_pem_x509_certificate(served.encode()) != running.machine().certificates[0].leaf


def test_trust_file_has_the_self_signed(run, caller, small):
    text = small.replace('clock: {start: "2026-03-01T00:00:00+00:00"}\n', "")
    running = run(text + "certificates: [{name: own, chain: self_signed}]\n")
    assert caller(running).plain("GET", "/check_health").status_code == 200


def test_a_client_that_says_nothing_keeps_nobody_waiting(run, caller):
    running = run()
    port = int(running.url.rpartition(":")[2])
    silent = [socket.create_connection(("127.0.0.1", port)) for _connection in range(5)]
    begun = time.monotonic()
    assert caller(running).plain("GET", "/check_health").status_code == 200
    assert time.monotonic() - begun < PATIENCE  # the first of them would have to be given up by then
    for one in silent:
        one.close()


def installing(run, small, style="drop"):
    """A running world in the middle of a site package."""
    text = small.replace("requires: [base-7]", "requires: []")
    running = run(text.replace("hostname: a.example.com", f'hostname: a.example.com, down: {{style: "{style}"}}'))
    running.machine().start_install("site-24")
    running.advance(10 * 60)
    assert running.machine().installation.phase == "installing"
    return running


def test_site_package_leaves_appliance_pages_up(run, caller, small):
    """The site drops connections, but the pages of the appliance respond."""
    running = installing(run, small)
    client = caller(running)
    for path in ("/check_health", "/api/command", "/login", "/oauth2/token", "/"):
        with pytest.raises(requests.exceptions.ConnectionError):
            client.plain("GET", path)
    assert client.plain("GET", "/appliance/login.ns").status_code == 200


@pytest.mark.parametrize(("style", "status"), [("503", 503), ("html", 200)])
def test_or_it_serves_a_page(run, caller, small, style, status):
    answer = caller(installing(run, small, style)).plain("GET", "/api/command?action=check_health")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=UTF-8")


def test_reboot_silences_everything_for_a_time(run, caller, small):
    running = installing(run, small)
    running.advance(16 * 60)
    assert running.machine().is_down() == "all"
    for path in ("/appliance/login.ns", "/check_health"):
        with pytest.raises(requests.exceptions.ConnectionError):
            caller(running).plain("GET", path)
    running.advance(5 * 60)
    assert caller(running).plain("GET", "/check_health").status_code == 200


def test_the_old_version_answers_for_a_while(run, caller, small):
    running = installing(run, small)
    running.advance(20 * 60 + 30)
    client = caller(running)
    assert ">23.2.1 (" in client.command("check_health").text
    running.advance(60)
    assert ">24.1.2 (" in client.command("check_health").text


def test_log_separates_writes_and_hides_secrets(run, caller):
    running = run()
    client = caller(running)
    client.command("check_health")
    client.call("POST", "/api/config/v1/jump-client/installer", json={"jump_group_id": 1})
    client.plain("GET", "/api/command", params={"action": "x", "password": "canary", "username": "u"})
    client.plain("GET", "/appliance/login.ns")
    log = running.requests()
    assert [(one["kind"], one["effect"], one["status"]) for one in log] == [
        ("auth", "read", 200),
        ("api", "read", 200),
        ("api", "write", 201),
        ("api", "read", 401),
        ("page", "read", 200),
    ]
    assert [one["account"] for one in log][:3] == ["API account 1"] * 3
    assert log[1]["action"] == "check_health"
    assert "canary" not in str(log)
    assert client.token not in str(log)


def test_two_appliances_answer_on_two_ports(run, caller, small):
    second = "appliances: [{name: b, hostname: b.example.com, base: 6.2.0, version: 22.1.4}, "
    running = run(small.replace("appliances: [", second))
    client = caller(running)
    assert ">22.1.4 (" in client.command("check_health").text
    assert running.url_of("a") != running.url_of("b")
    answer = requests.get(running.url_of("a") + "/", verify=running.ca_file, timeout=60)
    assert "23.2.1" in answer.text


def test_many_threads_at_once_count_right(run, caller, small):
    running = run(small)
    client = caller(running)
    client.log_in()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: client.command("get_api_info").status_code, range(40)))
    assert codes == [200] * 40
    assert [one["n"] for one in running.requests()] == list(range(1, 42))


def spoken(running, lines):
    """What the appliance answers to these bytes, up to the end of the connection."""
    context = ssl.create_default_context(cafile=running.ca_file)
    port = int(running.url.rpartition(":")[2])
    plain = socket.create_connection(("127.0.0.1", port), timeout=60)
    with context.wrap_socket(plain, server_hostname="localhost") as secure:
        secure.sendall(lines)
        return b"".join(iter(lambda: secure.recv(65536), b""))


def test_http_1_0_monitor_gets_no_chunks(run):
    answer = spoken(run(), b"GET /check_health HTTP/1.0\r\nUser-Agent: check_http\r\nConnection: close\r\n\r\n")
    head, _blank, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200 ") and b"Transfer-Encoding" not in head
    assert body == b"The appliance is healthy.\n"


def test_expect_continue_is_answered_once(run):
    head = b"POST /oauth2/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n"
    answer = spoken(run(), head + b"Content-Length: 29\r\n\r\ngrant_type=client_credentials")
    assert answer.count(b"100 Continue") == 1 and b"HTTP/1.1 401 " in answer


def test_what_is_not_http_is_a_400(run, capfd):
    """And no line on the terminal."""
    assert b"400" in spoken(run(), b"GARBAGE\r\n\r\n")
    assert capfd.readouterr() == ("", "")


def test_every_kind_of_address_tells_its_methods(run, caller, small):
    client = caller(run(small.replace("version: 23.2.1}", "version: 26.1.1}")))
    addresses = {
        "/oauth2/token": "POST",
        "/api/command": "GET, POST",
        "/api/reporting": "GET, POST",
        "/api/backup": "GET, POST",
        "/api/command/v2/health": "GET",
        "/api/config/v1/jump-client": "GET",
        "/check_health": "GET",
        "/get_mech_list": "GET",
        "/api/command.xsd": "GET",
        "/appliance/login.ns": "GET, POST",
        "/login/login": "GET, POST",
        "/": "GET",
    }
    for path, methods in addresses.items():
        answer = client.plain("OPTIONS", path)
        told = set(answer.headers["Allow"].split(", "))
        assert (answer.status_code, told - {"HEAD", "OPTIONS"}) == (200, set(methods.split(", "))), path
        for method in ("PUT", "TRACE", "FOO"):
            refused = client.plain(method, path)
            assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, told), (method, path)
        if "GET" in told:
            assert (client.call("HEAD", path).content, client.call("HEAD", path).status_code) == (b"", client.get(path).status_code), path


@pytest.mark.parametrize("kind", ["command", "reporting"])
def test_xml_schema_is_there_with_namespace(run, caller, kind):
    answer = caller(run()).plain("GET", f"/api/{kind}.xsd")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=UTF-8")
    assert f'targetNamespace="https://www.beyondtrust.com/namespaces/API/{kind}"' in answer.text
