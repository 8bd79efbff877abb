# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The verdict on one area, and how several verdicts become one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

SAME, EXPECTED, BAD, UNKNOWN = "same", "changed_as_expected", "bad", "unknown"
VERDICTS = (BAD, UNKNOWN, EXPECTED, SAME)  # the first one that is found is the verdict on all


@dataclass(frozen=True)
class Finding:
    """verdict: of VERDICTS; sentence: what was found; evidence: values and counts, and at most so many names as examples."""

    verdict: str
    sentence: str
    evidence: dict[str, Any] = field(default_factory=dict)


def worst(verdicts: Iterable[str]) -> str:
    """The verdict on all; unknown if there is none: nothing was compared."""
    known = set(verdicts)
    return next((one for one in VERDICTS if one in known), UNKNOWN)


def joined(findings: Iterable[Finding]) -> Finding:
    """One Finding of several: the worst verdict, and the sentences in the order of the verdicts."""
    known = list(findings)
    ordered = [one.sentence for verdict in VERDICTS for one in known if one.verdict == verdict and one.sentence]
    evidence: dict[str, Any] = {}
    for one in known:
        evidence.update(one.evidence)
    return Finding(worst(one.verdict for one in known), " ".join(ordered), evidence)
