# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""python -m tests.chaos: the fault, the kill and the memory matrix, whole or a part of them, and their figures."""

import argparse
import collections
import json
import multiprocessing
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from concurrent import futures
from typing import NamedTuple

from . import kills, memory, others
from .cases import Verdict, play, requests_of
from .families import FAMILIES, MODES, every_case

WORDS = ("survived", "stopped safely", "needs a person")


class Matrix(NamedTuple):
    """Another matrix than that of the faults; cases: of a mode, play: the Verdict of one, what: they are called."""

    cases: Callable
    play: Callable
    what: str


MATRICES = {
    "kills": Matrix(kills.points_of, kills.play, "kills"),
    "others": Matrix(others.cases_of, others.play, "acts of others"),
    "memory": Matrix(memory.cases_of, memory.play, "memories taken"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", action="append", choices=MODES, help="only this one (may be repeated)")
    parser.add_argument("--family", action="append", choices=list(FAMILIES), help="only this one (may be repeated)")
    parser.add_argument("--sample", type=int, help="so many cases, drawn with --seed, instead of all")
    parser.add_argument("--seed", default="trust")
    parser.add_argument("--kills", action="store_true", help="the kill matrix instead of the fault matrix")
    parser.add_argument("--others", action="store_true", help="somebody else acts between look and press, instead of the fault matrix")
    parser.add_argument("--memory", action="store_true", help="the memory matrix instead of the fault matrix")
    parser.add_argument("--each-request", action="store_true", help="each request once, with the families taking turns")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--log", help="a file for one line of JSON per case")
    options = parser.parse_args()
    # forked before any thread runs
    with futures.ProcessPoolExecutor(options.jobs, multiprocessing.get_context("fork")) as pool:
        sys.exit(run(pool, options))


def chosen(lengths, options):
    """The cases that the options name."""
    cases = [one for one in every_case({**dict.fromkeys(MODES, 0), **lengths}) if not options.family or one[1] in options.family]
    if options.each_request:
        names = list(FAMILIES)
        cases = [one for one in cases if names[one[2] % len(names)] == one[1]]
    if options.sample:
        cases = random.Random(options.seed).sample(cases, min(options.sample, len(cases)))
    return cases


def run(pool, options):
    modes = options.mode or MODES
    matrix = next((one for name, one in MATRICES.items() if getattr(options, name)), None)
    if matrix:
        cases = [one for points in pool.map(matrix.cases, modes) for one in points]
        if options.sample:
            cases = random.Random(options.seed).sample(cases, min(options.sample, len(cases)))
    else:
        lengths = dict(zip(modes, pool.map(requests_of, modes), strict=True))
        cases = chosen(lengths, options)
        print(f"requests of an upgrade: {lengths}")
    print(f"cases: {len(cases)}", flush=True)
    begun, table, lies = time.monotonic(), collections.defaultdict(collections.Counter), []
    log = open(options.log, "w") if options.log else None  # noqa: SIM115
    totals = collections.Counter()
    for done in futures.as_completed([pool.submit(_played, matrix.play if matrix else play, case) for case in cases]):
        (mode, family, n), verdict = done.result()
        table[family][verdict.word] += 1
        totals.update(duplicates=verdict.duplicates, two_primaries=bool(verdict.two_primaries))
        if log:
            print(json.dumps([mode, family, n, verdict.__dict__]), file=log, flush=True)
        for lie in verdict.lies:
            lies.append(f"{mode}, {family}, request {n}: {lie}")
            print("LIE", lies[-1], flush=True)
    print(f"{'':34}" + "".join(f"{word:>16}" for word in WORDS))
    for family in (one for one in (*FAMILIES, *kills.POINTS, *others.OTHERS, *memory.MEMORIES) if one in table):
        print(f"{family:34}" + "".join(f"{table[family][word]:16}" for word in WORDS))
    summed = {word: sum(row[word] for row in table.values()) for word in WORDS}
    what = matrix.what if matrix else "faults injected"
    print(
        f"{what} {sum(summed.values())}, survived {summed['survived']}, "
        f"stopped safely and finished by the same command {summed['stopped safely']}, "
        f"stopped safely and left to a person {summed['needs a person']}, lies {len(lies)}, duplicate installs "
        f"{totals['duplicates']}, cases with two primaries {totals['two_primaries']}, in {time.monotonic() - begun:.0f} s"
    )
    return 1 if lies else 0


def _played(function, case):
    return case, _told(function, case)


def _told(played, case):
    """A case that breaks off, in the collection or in the tests, counts as a lie: nothing was verified."""
    try:
        return played(*case)
    except Exception:
        return Verdict("needs a person", [f"crashed: {traceback.format_exc()}"])


if __name__ == "__main__":
    main()
