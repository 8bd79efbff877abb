#!/usr/bin/env python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes the world of this scenario, or the journals of the sites that wait: given.py world|journals FOLDER."""

import json
import sys
from pathlib import Path

from tests.support.fleets import wait, world

WAITING = 200
LATER = "2999-01-01T00:00:00+00:00"


def main():
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "world":
        made = json.loads(world(WAITING + 1))
        made["appliances"][WAITING]["version"] = "22.1.4"  # nothing is left to do, but no journal says so
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "world.json").write_text(json.dumps(made), encoding="utf-8")
    else:
        for number in range(WAITING):
            wait(folder / "site", f"s{number}.example.com", LATER)


if __name__ == "__main__":
    main()
