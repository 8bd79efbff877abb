# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from ansible_collections.bomgar.appliance.plugins.module_utils.model.counted import counted


def test_one_thing_is_singular():
    assert [counted(number, "hop") for number in (0, 1, 2)] == ["0 hops", "1 hop", "2 hops"]


def test_a_plural_can_be_named():
    assert [counted(number, "wait for clients", "waits for clients") for number in (1, 2)] == ["1 wait for clients", "2 waits for clients"]
