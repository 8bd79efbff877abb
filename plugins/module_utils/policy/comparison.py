# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Before and after: what changed that should not have, and what was promised and is not there. Pure.

A snapshot is {section: as_dict() of what was read}: health, info, basics, certificate (of the served one),
jumpoints (list), jump_clients (counts of model.client.summarise); `errors` as in preflight. What is missing on one
side is an error; what no side shows is unknown, which is not the same as equal.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction

from ..errors import InvalidInput
from ..model.version import Version
from .facts import Facts, Missing
from .gate import is_number

BAD, UNKNOWN, CHANGED = "bad", "unknown", "changed"
_ORDER = (BAD, UNKNOWN, CHANGED)


@dataclass(frozen=True)
class Difference:
    """severity: 'bad' (it must not be so), 'unknown' (neither side shows it), 'changed' (as expected, or harmless)."""

    area: str
    severity: str
    text: str
    before: object = None
    after: object = None

    def as_dict(self):
        return asdict(self)

    def line(self):
        return f"{self.severity} {self.area}: {self.text}"


def compare(before, after, *, expect_version, expect_base=None, max_client_loss=5.0):
    """The list of Differences, the bad ones first; empty when everything is as it was and as promised.

    expect_version:  product version that must run now; None: the one of before
    expect_base:     Base version that must run at least; None: not older than before
    max_client_loss: percent of the Jump Clients, listed or online, that may be missing; exact at the edge
    """
    if not is_number(max_client_loss) or not 0 <= max_client_loss <= 100:
        raise InvalidInput(f"The allowed loss of clients is {max_client_loss!r} percent.", remedy="Give 0 to 100.")
    then, now = Facts(before), Facts(after)
    wanted = {"version": expect_version, "base": expect_base, "max_loss": Fraction(str(max_client_loss))}
    found = [difference for area in _AREAS for difference in _look(area, then, now, wanted)]
    return sorted(found, key=lambda difference: _ORDER.index(difference.severity))


def _look(area, then, now, wanted):
    """The Differences of one area; missing facts are one as well."""
    name, reader, judge = area
    values, missing = [], []
    for when, facts in (("before", then), ("after", now)):
        try:
            values.append(reader(facts))
        except Missing as exc:
            missing.append(f"{when}: {exc}")
    if missing:
        return [Difference(name, UNKNOWN if len(missing) == 2 else BAD, " ".join(missing))]
    return list(judge(name, *values, wanted))


def _same(name, before, after, wanted):
    if before != after:
        yield Difference(name, BAD, f"It was {before or 'empty'} and is {after or 'empty'}.", before, after)


def _version(name, before, after, wanted):
    expected = wanted["version"] or before
    if Version(after) != Version(expected):
        yield Difference(name, BAD, f"It runs {after}; promised was {expected}.", before, after)
    elif before != after:
        yield Difference(name, CHANGED, f"From {before} to {after}, as promised.", before, after)


def _base(name, before, after, wanted):
    least = Version(wanted["base"] or before)
    if Version(after) < least:
        yield Difference(name, BAD, f"Base is {after}; promised was {least} at least.", before, after)
    elif before != after:
        yield Difference(name, CHANGED, f"Base went from {before} to {after}.", before, after)


def _healthy(name, before, after, wanted):
    if not after[0]:
        yield Difference(name, BAD, f"It is not healthy: {after[1] or 'without a reason'}.", before[0], after[0])


def _jumpoints(name, before, after, wanted):
    for point, (title, connected) in sorted(before.items()):
        if not connected:
            continue
        if point not in after:
            yield Difference(name, BAD, f"The Jumpoint {title} is gone.", True, None)
        elif not after[point][1]:
            yield Difference(name, BAD, f"The Jumpoint {title} was connected and is not.", True, False)
    for point in sorted(after.keys() - before.keys()):
        yield Difference(name, CHANGED, f"The Jumpoint {after[point][0]} is new.", None, after[point][1])


def _fewer(name, before, after, wanted):
    lost = before - after
    if lost > 0:
        share = Fraction(100 * lost, before)
        severity = BAD if share > wanted["max_loss"] else CHANGED
        yield Difference(name, severity, f"{lost} of {before} are missing ({float(share):.2f} %).", before, after)


def _read_jumpoints(facts):
    numbers = range(len(facts.rows("jumpoints")))
    return {facts.count("jumpoints", n, "id"): (facts.text("jumpoints", n, "name"), facts.flag("jumpoints", n, "connected"))
            for n in numbers}  # fmt: skip


_AREAS = (
    ("identity", lambda facts: facts.text("health", "guid"), _same),
    ("product", lambda facts: facts.text("info", "product"), _same),
    ("version", lambda facts: facts.text("health", "version"), _version),
    ("base", lambda facts: facts.text("basics", "base_version"), _base),
    ("health", lambda facts: (facts.flag("health", "healthy"), facts.text("health", "message")), _healthy),
    ("host name", lambda facts: facts.text("health", "hostname"), _same),
    ("failover role", lambda facts: facts.text("health", "failover_role"), _same),
    ("cluster role", lambda facts: facts.text("health", "cluster_role"), _same),
    ("certificate", lambda facts: facts.text("certificate", "fingerprint_sha256"), _same),
    ("Jumpoints", _read_jumpoints, _jumpoints),
    ("Jump Clients", lambda facts: facts.count("jump_clients", "relevant"), _fewer),
    ("Jump Clients online", lambda facts: facts.count("jump_clients", "online"), _fewer),
)
