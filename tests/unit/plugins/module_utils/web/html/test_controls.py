# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What can be pressed on a page is found with its label and state."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("markup", "enabled"),
    [
        ("<button>Export</button>", True),
        ("<button disabled>Export</button>", False),
        ("<button class='btn btn-disabled'>Export</button>", False),
        ("<button aria-disabled=true>Export</button>", False),
        ("<input type=submit value='  EXPORT… '>", True),
        ("<a href=/x>» Export</a>", True),
        ("<a>Export</a>", False),
        ("<a href='javascript:document.f.submit()'>Export</a>", True),
        ("<input type=image alt=Export src=x>", True),
        ("<a href='#' onclick=\"location.href='/x'\">Export</a>", True),
        ("<button type=button>Export</button>", True),
        ("<button><i class=i></i><span>Export</span> <span>(3)</span></button>", True),
        ("<fieldset disabled><button>Export</button></fieldset>", False),
    ],
)
def test_controls_have_kind_and_state(page, labels, markup, enabled):
    one = page(f"<form method=post>{markup}</form>")
    assert [control.enabled for control in one.named(labels, "export")] == [enabled]


@pytest.mark.parametrize(
    "markup",
    [
        "<button>Export all and delete</button>",
        "<button value=Export>Delete</button>",
        "<button>Exports</button>",
        "<p>Export</p>",
        "<button hidden>Delete</button>",
    ],
)
def test_other_buttons_are_not_taken_for_it(page, labels, markup):
    assert page(f"<form method=post>{markup}</form>").named(labels, "export") == []
