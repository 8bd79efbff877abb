# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Backup API, and what answers without a login."""

import pytest


def test_a_backup_comes_in_chunks_without_a_length(run, caller):
    answer = caller(run()).get("/api/backup", stream=True)
    assert answer.status_code == 200
    assert "Content-Length" not in answer.headers
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="backup-a.example.com-23.2.1.nsb"'
    assert len(answer.content) > 256 * 1024


def test_a_password_changes_the_file(run, caller):
    client = caller(run())
    open_one = client.get("/api/backup").content
    locked = client.call("POST", "/api/backup", json={"password": "x"}).content
    assert open_one[:20] != locked[:20]


def test_taking_a_backup_changes_nothing_but_is_remembered(run, caller):
    running = run()
    caller(running).get("/api/backup")
    assert running.requests("write") == []
    assert "backup_created" in [event["event"] for event in running.machine().history]


def test_without_permission_it_is_403_with_json(run, caller):
    answer = caller(run(), "reader").get("/api/backup")
    assert (answer.status_code, answer.json()["error"]) == (403, "access_denied")


@pytest.mark.parametrize("path", ["/api/backup", "/api/backup.ns"])
def test_an_old_login_answers_with_a_text(run, caller, path):
    """Also a wrong one, with status 200."""
    client = caller(run("old_xml"))
    right = client.plain("GET", path, params={"username": "api-user", "password": "api-password"})
    wrong = client.plain("GET", path, params={"username": "api-user", "password": "no"})
    assert len(right.content) > 100_000
    assert (wrong.status_code, wrong.text) == (200, "Invalid credentials")


def test_the_probe_answers_anyone_with_200_or_500(run, caller):
    running = run()
    assert caller(running).plain("GET", "/check_health").status_code == 200
    running.machine().health_problem = "Disk failure."
    answer = caller(running).plain("GET", "/check_health")
    assert (answer.status_code, "Disk failure." in answer.text) == (500, True)


@pytest.mark.parametrize(("product", "code"), [("rs", "ingredi"), ("pra", "bpam")])
def test_the_mechanism_list_tells_the_product(run, caller, small, product, code):
    client = caller(run(small.replace("product: rs", f"product: {product}")))
    facts = client.plain("GET", "/get_mech_list?version=3").json()
    assert facts["product"] == code
    assert {"mechs", "default_mech", "cache", "company"} <= set(facts)
    assert client.plain("GET", "/get_mech_list?version=2").text == f"company=Example Ltd;product={code}"


def test_the_resource_file_holds_the_version(run, caller):
    content = caller(run()).plain("GET", "/get_rdf?comp=sdcust&locale_code=en-us").content
    assert content.startswith(b"0 Successful\nen-us\n")
    assert b"23.2.1" in content


def test_the_portal_tells_the_version_in_a_comment(run, caller):
    assert "<!--Product Version: 23.2.1-->" in caller(run()).plain("GET", "/").text


def test_what_is_nowhere_is_a_missing_document(run, caller):
    answer = caller(run()).plain("GET", "/nothing")
    assert (answer.status_code, "Document Not Found" in answer.text) == (404, True)
