# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Agreements that come before an installation."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Refused
from ansible_collections.bomgar.appliance.plugins.module_utils.web.appliance.install import install
from ansible_collections.bomgar.appliance.plugins.module_utils.web.browser import PageNotUnderstood

CONTACT = {"name": "Ada", "email": "ada@example.com", "title": "Admin"}


def test_an_agreement_that_nobody_accepted_is_quoted(site, at_updates, shown):
    browser = at_updates("tables/updates.html")
    site.lay("POST", "/appliance/update.ns", shown("tables/eula.html"))
    with pytest.raises(Refused, match="accept_eula") as caught:
        install(browser, "Base 5.1.0", CONTACT)
    assert "End User License Agreement" in caught.value.facts["agreement"]


EULA = "<html><body><a href=/x>Log Out</a><h1>License Agreement</h1><form method=post action=/eula>{}</form></body>"


@pytest.mark.parametrize(
    ("inside", "form"),
    [
        (
            "<label><input type=radio name=a value=n checked> I do not agree</label><label><input type=radio name=a value=y> "
            "I agree</label><button name=go value=1>Continue</button>",
            {"a": "y", "go": "1"},
        ),
        (
            "<input type=checkbox name=a value=y id=i><label for=i>I have read and agree to the terms</label>"
            "<button disabled name=go value=1>Install This Update</button>",
            {"a": "y", "go": "1"},
        ),
        ("<button name=go value=1>I Agree</button><button name=go value=0>I Do Not Agree</button>", {"go": "1"}),
        (
            "<label>E-mail Address: <input name=m></label><button name=go value=0>Cancel</button>"
            "<button name=go value=1><b>Agree - Begin Download</b></button>",
            {"m": "ada@example.com", "go": "1"},
        ),
    ],
)
def test_agreements_of_other_kinds_are_passed(site, at_updates, shown, inside, form):
    browser = at_updates("cards/updates.html")
    site.lay("POST", "/appliance/updates/install", shown(EULA.format(inside)))
    site.lay("POST", "/eula", shown("tables/progress.html"))
    install(browser, "Base 6.2.0", CONTACT, accept_eula=True)
    assert site.sent[-1].form == form


def test_an_unknown_agreement_button_stops_before_the_download(site, at_updates, shown):
    browser = at_updates("cards/updates.html")
    page = EULA.format("<button>Weiterhin gern</button><button>No</button>")
    site.lay("POST", "/appliance/updates/install", shown(page))
    with pytest.raises(PageNotUnderstood, match="agree_download"):
        install(browser, "Base 6.2.0", CONTACT, accept_eula=True)
    assert len(site.sent) == 2


def test_a_question_whether_we_are_sure_is_answered(site, at_updates, shown):
    browser = at_updates("cards/updates.html")
    question = "<html><body><p>Install Base 6.2.0?</p><form method=post action=/sure><button>Yes</button></form></body>"
    site.lay("POST", "/appliance/updates/install", shown(question))
    site.lay("POST", "/sure", shown("tables/progress.html"))
    assert "Installing" in install(browser, "Base 6.2.0")
