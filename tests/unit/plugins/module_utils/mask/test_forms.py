# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The forms in which a secret may appear."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.mask.secrets import HIDDEN, Secrets
from ansible_collections.bomgar.appliance.plugins.module_utils.web.html.text import shorten
from hypothesis import given
from hypothesis import strategies as st

from tests.support.secret_forms import AWKWARD, WRITTEN


@pytest.mark.parametrize("secret", AWKWARD)
@pytest.mark.parametrize("written", WRITTEN)
def test_no_form_of_a_secret_stays(secret, written):
    known = Secrets()
    known.add(secret)
    echoed = WRITTEN[written](secret)
    assert echoed not in known.hide(f"You sent '{echoed}' to me.")
    assert HIDDEN in known.hide(f"You sent '{echoed}' to me.")


@given(st.text(min_size=4, max_size=30).filter(lambda text: len(shorten(text)) >= 4), st.sampled_from(sorted(WRITTEN)))
def test_no_form_of_any_secret_stays(secret, written):
    known = Secrets()
    known.add(secret)
    echoed = WRITTEN[written](secret).strip()
    if len(echoed) >= 8:
        assert echoed not in known.hide(f"\u2018{echoed}\u2019").replace(HIDDEN, "")
