# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The certificates that the nodes of a pair serve for their public name: if they differ, no client comes back after a failover. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model.pair import Pair
from .blockers import Blocker, Problem


def certificate_problems(pair: Pair) -> list[Problem]:
    """Problems with what was read; nothing where the certificates were not read."""
    served = [node for node in pair.nodes if node.certificate]
    found = [
        Problem(Blocker.CERTIFICATE_UNTRUSTED, f"The certificate of {node.name} would not be believed.", node.certificate["distrust"])
        for node in served
        if node.certificate.get("distrust")
    ]
    if len({node.certificate["fingerprint_sha256"] for node in served}) > 1:
        evidence = "; ".join(f"{node.name}: {_shown(node.certificate)}" for node in served)
        found.append(Problem(Blocker.CERTIFICATES_DIFFER, "The nodes serve different certificates for the public name.", evidence))
    return found


def _shown(facts: Mapping[str, Any]) -> str:
    return f"SHA-256 {facts['fingerprint_sha256'][:16]}..., for {', '.join(facts['names'])}, {facts['days_left']} days left"
