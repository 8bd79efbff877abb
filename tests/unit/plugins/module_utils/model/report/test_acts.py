# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people did."""


def test_people_are_named_with_what_they_decided(finished):
    (person,) = finished["people"]
    assert person["name"] == "Ada Example" and person["account"] == "ada@controller"
    assert [act["event"] for act in person["acts"]].count("decided") == 4
