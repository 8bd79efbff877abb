# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A browser that knows a page of the area /appliance."""

import pytest


@pytest.fixture
def at(site, browse, shown):
    """at('certificates', page, ...) -> browser that knows where that page is."""

    def make(place, *pages, **options):
        browser = browse(**options)
        browser._session.cookies = {"s": "1"}
        browser.remember(place, f"https://a.example.com/appliance/{place}")
        site.lay("GET", f"/appliance/{place}", *[shown(page) for page in pages])
        return browser

    return make
