# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.clients.filter import client_filter


def test_an_empty_expression_accepts_all():
    assert client_filter("")({}) and client_filter(None)({})


def test_an_expression_selects_rows():
    active = client_filter("connection_type=='active'")
    assert active({"connection_type": "active"}) and not active({"connection_type": "passive"})


@pytest.mark.parametrize("expression", ["a ==", "no_such_function(name)", "]"])
def test_a_wrong_expression_is_refused_early(expression):
    with pytest.raises(InvalidInput, match="is no JMESPath expression"):
        client_filter(expression)


def test_a_wrong_type_is_refused_at_its_row():
    with pytest.raises(InvalidInput, match="cannot be applied to a Jump Client"):
        client_filter("contains(name, 'x')")({"name": 5})
