# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Twenty generated sites are rehearsed and then upgraded: the times are within 10 percent, and each stop was foreseen.

One or two of them in each run, others with the next commit; REHEARSALS=whole takes all and prints the table (make rehearsals).
"""

import pytest
from simulator.testing import Running

from tests.support.appliances import Bench
from tests.support.generated_sites import NUMBER, STOPS, site
from tests.support.rehearsals import read, rehearse, upgrade_whole
from tests.support.sample import part

WITHIN = 0.10
pytestmark = pytest.mark.timeout(1800)  # on a busy machine
LINE = (
    "{seed:>4} {nodes:>5} {mode:<12} {hops:>4} {clients:>7} {windows:<7} {length:>6} {stop:<12} {foreseen:<9} {expected:>10} "
    "{truth:>8} {off:>6}"
)


def predicted(one, folder):
    """(the rehearsal, the report of the upgrade) of a site, which is read and rehearsed before it is upgraded."""
    with Running(one.world) as running:
        bench = Bench(running, folder)
        variants = [STOPS[one.stop]] if STOPS[one.stop] not in ("", "expected") else []
        found = read(bench, folder / "site/rehearsal", one.variables, variants=variants)
        assert bench.writes() == []
        return rehearse(found, folder / "site/rehearsal", one.variables), upgrade_whole(bench, one.variables).report


@pytest.mark.parametrize("seed", part(range(NUMBER), 16, "REHEARSALS"))
def test_rehearsal_predicts_times_and_stops(seed, tmp_path):
    one = site(seed)
    rehearsal, report = predicted(one, tmp_path)
    expected, compared = rehearsal["worlds"][0], report["rehearsal"]
    foreseen = [world["id"] for world in rehearsal["worlds"] if world["state"] == report["state"]]
    took = [compared[name]["seconds"] for name in ("expected", "truth")]
    off = abs(took[0] / took[1] - 1) if all(took) else None
    hours = [f"{seconds / 3600:.1f} h" if seconds else "-" for seconds in took]
    shown = {"stop": one.stop or "-", "foreseen": ",".join(foreseen)[:9] or "no", "off": "-" if off is None else f"{off:.1%}"}
    print("\n" + LINE.format(seed=seed, expected=hours[0], truth=hours[1], **shown, **{k: str(v) for k, v in one.facts.items()}))
    assert compared["same_variables"] is True and compared["truth"]["state"] == report["state"]
    assert foreseen, (
        one.stop,
        [(world["id"], world["verdict"]) for world in rehearsal["worlds"]],
        report["verdict"],
        report["runs"][-1]["why"],
    )
    if one.stop:
        assert report["state"] != "reached", "the site was to stop"
    else:
        assert (expected["state"], report["state"]) == ("reached", "reached") and off <= WITHIN, took
        assert compared["installs"] and len(compared["installs"]) == len(
            [step for step in expected["steps"] if step["title"].startswith("install ")]
        )
