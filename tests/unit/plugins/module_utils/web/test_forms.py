# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fields by label, and what a press sends."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.web.labels import LABELS, Labels
from ansible_collections.bomgar.appliance.plugins.module_utils.web.upload import MultipartBody


@pytest.mark.parametrize("markup", [
    "<label for=p>Passphrase</label><input id=p name=hit>",
    "<label for=hit>Passphrase</label><input name=hit>",
    "<label>Passphrase: <input name=hit></label>",
    "<label>Passphrase <small>recommended</small> <input name=hit></label>",
    "<label for=p>Passphrase (recommended)</label><input id=p name=hit>",
    "<table><tr><td>Other<td><input name=no><tr><td>Passphrase *<td><input name=hit></table>",
    "<table><tr><th>Passphrase</th><td><input type=hidden name=x><input name=hit></td></tr></table>",
    "<dl><dt>Other<dd><input name=no><dt>Passphrase<dd><input name=hit></dl>",
    "<div><div>Passphrase</div><div><input name=hit></div></div>",
    "<p>Passphrase<br><input name=hit></p>",
    "<input name=hit aria-label=PASSPHRASE>",
    "<b id=q>Passphrase</b><p>text</p><input name=no><input name=hit aria-labelledby=q>",
    "<input name=no placeholder=Name><input name=hit placeholder=Passphrase>",
    "<input name=hit title=Passphrase>",
    "<span>Pass&shy;phrase&nbsp;:</span> <input name=hit>",
])
def test_a_field_is_found_by_what_a_person_reads_beside_it(page, labels, markup):
    (form,) = page(f"<form method=post>{markup}</form>").forms()
    assert form.find(labels, "passphrase").name == "hit"


@pytest.mark.parametrize("markup", [
    "<label><input type=checkbox name=hit> Private Key</label>",
    "<input type=checkbox name=hit> Private Key<br><input type=checkbox name=no> Other",
    "<table><tr><td>Private Key<td><input type=checkbox name=hit><tr><td><button>Export</button></table>",
    "<table><tr><td><input type=checkbox name=hit><td>Private Key<tr><td><input type=checkbox name=no><td>X</table>",
    "<div><input type=checkbox name=hit><span>Include private key in the export</span></div>",
])
def test_a_box_is_found_by_the_text_after_it_or_before_it(page, labels, markup):
    (form,) = page(f"<form method=post>{markup}</form>").forms()
    assert form.find(labels, "private_key", ("checkbox",), loose=True).name == "hit"


def test_a_part_of_a_label_is_not_enough_unless_that_is_wanted(page, labels):
    (form,) = page("<form><label>Private key of another <input type=checkbox name=a></label></form>").forms()
    assert form.find(labels, "private_key") is None
    assert form.find(labels, "private_key", loose=True).name == "a"


def test_of_two_fields_with_one_label_the_nearer_to_the_button_is_meant(page, labels):
    one = page("<form><div><label>Backup Password <input name=vault></label><button>Vault</button></div>"
               "<div><label>Backup Password <input name=backup></label><button>Download Backup</button></div></form>")
    near = one.usable(labels, "download_backup").element
    assert one.forms()[0].find(labels, "backup_password", near=near).name == "backup"


def test_everything_a_browser_would_send_is_sent_and_nothing_else(page, labels):
    one = page("""<form id=f method=post action="go.ns?x=1"><input type=hidden name=h value=1><input name=t value=a>
        <input name=off value=b disabled><fieldset disabled><input name=set value=c></fieldset>
        <input type=checkbox name=c1 checked><input type=checkbox name=c2><input type=radio name=r value=1>
        <input type=radio name=r value=2 checked><select name=s><option value=1>One<option value=2 selected>Two</select>
        <select name=d><option>First<option>Second</select><select name=m multiple><option selected>A<option selected>B
        </select><textarea name=ta>\nText</textarea><input type=reset name=z value=z><input type=file name=fl>
        <button name=b value=no>Cancel</button><input type=submit name=b value=Export></form>
        <input name=outside value=o form=f>""")
    control = one.usable(labels, "export")
    sent = one.form_of(control).submission(control)
    assert sent.pairs == (("h", "1"), ("t", "a"), ("c1", "on"), ("r", "2"), ("s", "2"), ("d", "First"), ("m", "A"),
                          ("m", "B"), ("ta", "Text"), ("b", "Export"), ("outside", "o"))
    assert (sent.method, sent.url) == ("POST", "https://a.example.com/appliance/go.ns?x=1")


def test_the_button_may_name_another_form_address_and_method(page, labels):
    one = page("<base href='/b/'><form id=f action=a><input name=i value=1></form>"
               "<button form=f formaction=e formmethod=post name=n value=v>Export</button>")
    control = one.usable(labels, "export")
    sent = one.form_of(control).submission(control)
    assert (sent.method, sent.url, sent.pairs) == ("POST", "https://a.example.com/b/e", (("i", "1"), ("n", "v")))


@pytest.mark.parametrize(("markup", "enabled"), [
    ("<button>Export</button>", True), ("<button disabled>Export</button>", False),
    ("<button class='btn btn-disabled'>Export</button>", False), ("<button aria-disabled=true>Export</button>", False),
    ("<input type=submit value='  EXPORT… '>", True), ("<a href=/x>» Export</a>", True), ("<a>Export</a>", False),
    ("<a href='javascript:document.f.submit()'>Export</a>", True), ("<input type=image alt=Export src=x>", True),
    ("<a href='#' onclick=\"location.href='/x'\">Export</a>", True), ("<button type=button>Export</button>", True),
    ("<button><i class=i></i><span>Export</span> <span>(3)</span></button>", True),
    ("<fieldset disabled><button>Export</button></fieldset>", False),
])
def test_controls_of_every_kind_are_found_with_their_state(page, labels, markup, enabled):
    one = page(f"<form method=post>{markup}</form>")
    assert [control.enabled for control in one.named(labels, "export")] == [enabled]


@pytest.mark.parametrize("markup", ["<button>Export all and delete</button>", "<button value=Export>Delete</button>",
                                    "<button>Exports</button>", "<p>Export</p>", "<button hidden>Delete</button>"])
def test_other_buttons_are_not_taken_for_it(page, labels, markup):
    assert page(f"<form method=post>{markup}</form>").named(labels, "export") == []


def test_an_override_is_tried_before_the_built_in_wordings():
    assert Labels({"install": "Los geht's"}).of("install")[:2] == ("Los geht's", "Install This Update")
    assert Labels({"install": ["A", "B"]}).of("install")[:2] == ("A", "B")


def test_an_unknown_key_is_refused_with_the_near_ones():
    with pytest.raises(InvalidInput, match="check_updates"):
        Labels({"check_update": "x"})


@pytest.mark.parametrize("value", ["", [], 3, [1], {"en": "x"}, ["ok", " "]])
def test_an_override_that_is_no_text_is_refused(value):
    with pytest.raises(InvalidInput, match="must be a text"):
        Labels({"install": value})


def test_every_key_has_both_languages():
    for key, wordings in LABELS.items():
        assert wordings["en"], key
        assert wordings["de"], key


def test_the_documented_german_labels_are_known():
    labels = Labels()
    for key, text in {"install": "Diese Aktualisierung installieren", "menu_basics": "Einfach",
                      "menu_certificates": "Zertifikate", "download_backup": "Sicherung herunterladen",
                      "backup_password": "Sicherungspasswort", "menu_software": "Softwareverwaltung",
                      "include_sessions": "Protokollierte Sitzungsberichtsdaten anhängen"}.items():
        assert labels.match(key, text), key


def test_a_body_with_files_knows_its_length_and_never_holds_the_file(tmp_path):
    path = tmp_path / 'a"b.nss'
    path.write_bytes(b"x" * 200_000)
    body = MultipartBody([("a", "ä")], {"f": str(path)})
    pieces = list(body)
    assert sum(map(len, pieces)) == len(body)
    assert max(map(len, pieces)) <= 65536
    assert b'filename="a%22b.nss"' in b"".join(pieces)
