# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A browser in the area /login."""

import pytest

LOGIN = "/login/login"


@pytest.fixture
def inside(site, browse, shown):
    """A browser before a login that leads to My Account (a page with passwords of its own)."""
    site.lay("GET", LOGIN, shown("site/login.html"))
    site.lay("POST", LOGIN, shown("site/account.html", "/login/my_account", cookies={"ns_s": "1"}))
    return browse(area="login")
