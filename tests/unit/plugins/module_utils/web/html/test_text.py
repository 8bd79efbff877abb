# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Only visible text is read, and wordings are compared as people do."""

from __future__ import annotations

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.markup import parse
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import fold, text_of


@pytest.mark.parametrize("text", ["Check for Updates", " check  for\u00a0updates… ", "» Check for Updates:", "CHECK FOR UPDATES *"])
def test_signs_case_and_white_space_do_not_count(text):
    assert fold(text) == "check for updates"


def test_what_nobody_sees_is_not_read():
    page = parse("<div>a<script>b</script><span style='display: none'>c</span><i hidden>d</i><!-- e --><b>f</b></div>")
    assert text_of(page) == "a f"
