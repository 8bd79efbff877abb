# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides which wave of a fleet may go on. A wave begins when all sites of the waves before it are done and verified. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .standing import CHECK, DONE, DUE, FAILURES, MANUAL, NOT_STARTED, PLANNED, STOPPED, WAITING, Standing
from .waves import Wave

COMPLETE, OPEN, HALTED, HELD = "complete", "open", "halted", "held"
_PENDING = (WAITING, MANUAL, STOPPED, NOT_STARTED, DUE, CHECK)
_NAMED = 3  # sites that a sentence names


@dataclass(frozen=True)
class WaveState:
    """state: complete, open, halted (too many of its own sites failed) or held (by a wave before it). why: a sentence for the last two.

    failures: sites that failed in it. tolerated: how many of them may fail.
    """

    wave: Wave
    state: str
    why: str
    failures: int
    tolerated: int


def tolerated(count: int, max_fail_percentage: float) -> int:
    """How many of `count` sites may fail: as in Ansible, the percentage must be exceeded before the rest stops."""
    return int(count * max_fail_percentage / 100 + 1e-9)


def wave_states(waves: Sequence[Wave], standings: Mapping[str, Standing], *, max_fail_percentage: float = 0) -> list[WaveState]:
    """The state of each wave, in order."""
    states, held = [], ""
    for wave in waves:
        allowed = tolerated(len(wave.sites), max_fail_percentage)
        failed = [site for site in wave.sites if standings[site].verdict in FAILURES]
        pending = [site for site in wave.sites if standings[site].verdict not in (DONE, PLANNED, *FAILURES)]
        too_many = len(failed) > allowed
        why = "" if not (too_many or pending) else _reason(wave, standings, failed if too_many else [])
        state = HELD if held else HALTED if too_many else OPEN if pending else COMPLETE
        states.append(WaveState(wave, state, held or (why if too_many else ""), len(failed), allowed))
        held = held or why
    return states


def with_held(states: Sequence[WaveState], standings: Mapping[str, Standing]) -> dict[str, Standing]:
    """The standings, but a site that needs a run and whose wave is halted or held is not started, and says why."""
    held = {site: state.why for state in states if state.state in (HALTED, HELD) for site in state.wave.sites}
    return {
        site: replace(one, verdict=NOT_STARTED, why=held[site]) if site in held and one.verdict in (DUE, STOPPED) else one
        for site, one in standings.items()
    }


def may_begin(waves: Sequence[Wave], standings: Mapping[str, Standing], *, max_fail_percentage: float = 0) -> list[Wave]:
    """The waves that may begin in this pass: if all that is due before them gets done."""
    hoped = {site: replace(one, verdict=DONE) if one.verdict in (DUE, CHECK) else one for site, one in standings.items()}
    states = wave_states(waves, hoped, max_fail_percentage=max_fail_percentage)
    return [one.wave for one in states if one.state in (COMPLETE, OPEN)]


def _reason(wave: Wave, standings: Mapping[str, Standing], failed: Sequence[str]) -> str:
    """Why the waves after this one are held."""
    if failed:
        return f"{wave.name} stops: {_names(failed)} failed."
    return f"{wave.name} is not complete: {' '.join(_pending(wave, standings))}"


def _pending(wave: Wave, standings: Mapping[str, Standing]) -> Iterator[str]:
    words = {WAITING: "waits", MANUAL: "waits for a person", STOPPED: "stopped between two steps"}
    for verdict in dict.fromkeys(standings[site].verdict for site in wave.sites if standings[site].verdict in _PENDING):
        sites = [site for site in wave.sites if standings[site].verdict == verdict]
        until = max((standings[site].until for site in sites), default="") if verdict == WAITING else ""
        yield f"{_names(sites)} {words.get(verdict, 'is not at the target yet')}{f' until {until}' if until else ''}."


def _names(sites: Sequence[str]) -> str:
    more = len(sites) - _NAMED
    return ", ".join(sites[:_NAMED]) + (f" and {more} more" if more > 0 else "")
