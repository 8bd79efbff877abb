# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The certificates that both nodes serve for their public name."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Node, Pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.blockers import Blocker
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.certificates import certificate_problems

GOOD = {"fingerprint_sha256": "ab" * 32, "names": ["s.example.com"], "days_left": 90, "distrust": ""}


def found(*certificates):
    nodes = tuple(Node(name, f"{name}.example.com", certificate=facts) for name, facts in zip("ab", certificates))
    return [one.blocker for one in certificate_problems(Pair(nodes))]


def test_equal_certificates_are_no_problem():
    assert found(GOOD, GOOD) == []


def test_unread_certificates_are_not_judged():
    assert found({}, GOOD) == [] and found({}, {}) == []


def test_other_certificates_are_a_problem():
    assert found(GOOD, dict(GOOD, fingerprint_sha256="cd" * 32)) == [Blocker.CERTIFICATES_DIFFER]


def test_untrusted_certificate_is_a_problem():
    assert found(GOOD, dict(GOOD, distrust="it has expired")) == [Blocker.CERTIFICATE_UNTRUSTED]
