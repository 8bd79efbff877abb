# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.version import Version, find_version, split_build


def test_versions_compare_by_number():
    assert Version("24.10") > Version("24.9.3") > Version("24.9")
    assert Version("24.3") == Version("24.3.0") and len({Version("24.3"), Version("24.3.0")}) == 1
    assert str(Version(" 24.3.0 ")) == "24.3.0"


@pytest.mark.parametrize("text", ["", "24", "24.x", "v24.3", None, 24])
def test_other_text_is_no_version(text):
    with pytest.raises(InvalidInput, match="is not a version"):
        Version(text)


def test_find_version_returns_the_first():
    assert find_version("Base 6.2.0 for 24.3") == "6.2.0" and find_version("none") is find_version(None) is None


def test_split_build_separates_the_brackets():
    assert split_build("23.2.1 (51234-0011)") == ("23.2.1", "51234-0011") and split_build("23.2.1") == ("23.2.1", "")
    with pytest.raises(InvalidInput):
        split_build("unknown")
