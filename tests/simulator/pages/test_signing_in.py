# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Getting in: the login page, wrong passwords, agreement, expiry, idle time, reboots, form tokens."""

from __future__ import annotations

AGREEMENT = "Authorised use only."


def test_login_page_has_the_scanned_title(box):
    """The login page has the title and the names that scanners saw."""
    person = box().visitor()
    assert person.response.status_code == 200
    assert person.title.startswith("Log into the Appliance Administrative Interface")
    assert "bomgar" in person.response.text.lower()
    names = {field["name"] for field in person.page.select("input, button") if field.get("name")}
    assert {"login[username]", "login[password]", "login[submit]"} <= names


def test_every_address_shows_strangers_the_login(box):
    person = box().visitor()
    for address in ("/appliance", "/appliance/no/such/page", "/login"):
        assert person.get(address).status_code == 200
        assert person.control("Password") is not None


def test_addresses_outside_the_two_areas_are_not_ours(box):
    assert box().visitor().get("/api/command").text == "not a page"


def test_right_password_shows_basics_and_sets_cookie(box, sign_in):
    person = sign_in(box())
    assert person.fact("Serial Number") == "SN-1"
    assert "nsbase_session=" in box().visitor().response.headers["Set-Cookie"]


def test_areas_have_own_accounts_and_cookies(box, sign_in):
    one = box()
    person = sign_in(one, "login")
    assert person.fact("Product Version") == "22.1.1"
    assert "ns_s=" in person.get("/login").headers["Set-Cookie"]
    person.get("/appliance")
    assert person.control("Password") is not None


def test_wrong_password_is_200_and_changes_nothing(box, sign_in):
    one = box()
    person = sign_in(one, password="guess")
    assert person.response.status_code == 200
    assert "incorrect" in person.text
    assert one.machine.writes == []


def test_many_wrong_passwords_lock_the_account(box, sign_in):
    one = box(limits={"lockout_after": 2, "lockout_minutes": 10})
    for _guess in range(2):
        sign_in(one, password="guess")
    assert "locked" in sign_in(one).text
    one.later(minutes=11)
    assert sign_in(one).fact("Serial Number") == "SN-1"


def test_a_new_cookie_is_given_at_sign_in(box):
    person = box().visitor()
    before = person.response.headers["Set-Cookie"].partition(";")[0]
    person.type("Username", "admin").type("Password", "appliance secret").press("Login")
    assert before not in person.get("/appliance").headers["Set-Cookie"]


def test_login_agreement_blocks_until_accepted(box, sign_in, layout):
    one = box({"login_agreement": AGREEMENT})
    person = one.visitor()
    if layout == "classic":
        assert AGREEMENT in person.text
        person.press("Accept")
        person.type("Username", "admin").type("Password", "appliance secret").press("Login")
    else:
        person = sign_in(one)
        assert AGREEMENT in person.text
        person.get("/appliance/overview")
        assert AGREEMENT in person.text
        person.press("Accept")
    assert person.fact("Serial Number") == "SN-1"


def test_declining_the_agreement_leaves_one_outside(box, sign_in, layout):
    one = box({"login_agreement": AGREEMENT})
    person = one.visitor() if layout == "classic" else sign_in(one)
    person.press("Decline")
    person.get("/appliance")
    assert person.fact("Serial Number") is None


def test_expired_password_must_be_changed_first(box, sign_in):
    one = box({"password_expired": True})
    person = sign_in(one)
    assert person.page.find("input", attrs={"name": "login[use_curr]"}) is not None
    person.type("New Password", "brand new").type("Confirm New Password", "brand knew").press("Change Password")
    assert "not the same" in person.text
    person.type("New Password", "appliance secret").type("Confirm New Password", "appliance secret")
    person.press("Change Password")
    assert "not used before" in person.text
    person.type("New Password", "brand new").type("Confirm New Password", "brand new").press("Change Password")
    assert person.fact("Serial Number") == "SN-1"
    assert one.machine.writes == ["change password of admin"]
    assert sign_in(one, password="brand new").fact("Serial Number") == "SN-1"


def test_session_ends_after_its_idle_time(box, sign_in):
    one = box(web={"session_minutes": 30})
    person = sign_in(one)
    for _visit in range(3):
        one.later(minutes=29)
        person.get("/appliance")
        assert person.fact("Serial Number") == "SN-1"
    one.later(minutes=31)
    assert person.get("/appliance").status_code == 200
    assert person.control("Password") is not None


def test_a_form_after_the_session_shows_the_login(box, sign_in):
    """Nothing else happens."""
    one = box()
    person = sign_in(one)
    one.later(minutes=31)
    assert person.press("Restart").status_code == 200
    assert person.control("Password") is not None
    assert one.machine.writes == []


def test_a_reboot_ends_all_sessions(box, sign_in):
    one = box()
    person = sign_in(one)
    one.machine.restart()
    one.later(minutes=10)
    person.get("/appliance")
    assert person.control("Password") is not None


def test_the_control_port_can_end_all_sessions(box, sign_in):
    one = box()
    person = sign_in(one)
    one.handle.end_sessions()
    person.get("/appliance")
    assert person.control("Password") is not None


def test_signing_out_ends_the_session(box, sign_in):
    one = box()
    person = sign_in(one)
    person.follow("Logout")
    person.get("/appliance")
    assert person.control("Password") is not None


def test_modern_layout_refuses_a_missing_token(box, sign_in, layout):
    one = box()
    person = sign_in(one).follow("Updates")
    answer = person.press("Check for Updates", leave_out=("form_token",))
    assert answer.status_code == (403 if layout == "modern" else 200)
    assert (one.machine.checked_at is None) == (layout == "modern")


def test_a_token_of_another_form_does_not_fit(box, sign_in, layout):
    one = box()
    person = sign_in(one)
    tokens = person.page.find_all("input", attrs={"name": "form_token"})
    assert (len({token["value"] for token in tokens}) == 3) == (layout == "modern")
    for token in tokens:
        token["value"] = tokens[0]["value"]
    refused = person.press("Restart").status_code == 403
    assert refused == (layout == "modern")
    assert one.machine.writes == ([] if refused else ["restart"])


def test_other_methods_than_get_and_post_are_refused(box):
    person = box().visitor()
    assert person._client.delete("/appliance/login.ns", base_url="https://a").status_code == 405
