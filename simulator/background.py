# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""python -m simulator.background: start a simulator that goes on when this command ends, or stop it. Each works in one call, and again."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request
from typing import Any

LOOK = 0.05  # seconds between two looks at the ready file
PATIENCE = 10  # seconds that the control has to answer
TIMEOUT = 60  # seconds that a start or a stop may take


def options(arguments: Any) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="simulator.background", description=__doc__, allow_abbrev=False)
    parser.add_argument("order", choices=["start", "stop"])
    parser.add_argument("--dir", type=pathlib.Path, required=True, help="folder for its ready file, its log and ca.pem")
    parser.add_argument("--timeout", type=float, default=TIMEOUT, help="seconds that the start may take (default %(default)s)")
    return parser.parse_known_args(arguments)


def main(arguments: Any = None) -> int:
    """Print `started`, `stopped` or `unchanged`; 1 when it did not start. What else is given goes to `python -m simulator`."""
    given, more = options(arguments)
    ready = given.dir / "ready.json"
    if given.order == "stop":
        print("stopped" if stop(ready) else "unchanged")
        return 0
    if control_of(ready):
        print("unchanged")
        return 0
    if why := start(given.dir, more, given.timeout):
        end = log_of(given.dir)[-2000:].strip() or "(nothing)"
        print(f"The simulator did not start: {why}. The end of {given.dir}/simulator.log:\n{end}", file=sys.stderr)
        return 1
    print("started")
    return 0


def control_of(ready: Any) -> str | None:
    """The address of the control of the simulator that runs, or None."""
    try:
        address = json.loads(ready.read_text(encoding="utf-8"))["control"]
        with urllib.request.urlopen(address + "/clock", timeout=PATIENCE):
            return address
    except (OSError, ValueError, KeyError):  # no file, half a file, nobody listens
        return None


def start(folder: Any, more: Any, timeout: Any) -> str:
    """Why it does not listen, or ''; it is in a session of its own, so that the end of what started it does not end it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "simulator", "--ready-file", str(ready), "--tls-dir", str(folder / "tls"), *more]
    with open(folder / "simulator.log", "w", encoding="utf-8", opener=private) as log:
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
        child = subprocess.Popen(command, **streams, start_new_session=True, umask=0o077)
    until(lambda: ready.exists() or child.poll() is not None, timeout)
    if child.poll() is not None:
        return f"it ended with exit status {child.returncode}"
    if ready.exists():
        return ""
    child.terminate()
    child.wait()
    return f"it was not ready after {timeout:g} seconds, and was ended. A busy machine needs a longer --timeout (simulator_start_timeout)"


def private(path: str, flags: Any) -> int:
    return os.open(path, flags, 0o600)


def stop(ready: Any) -> bool:
    """Whether there was one to stop; it removes its ready file last."""
    address = control_of(ready)
    if address is None:
        return False
    with urllib.request.urlopen(urllib.request.Request(address + "/stop", method="POST"), timeout=PATIENCE):
        return until(lambda: not ready.exists(), TIMEOUT)


def until(condition: Any, timeout: Any) -> bool:
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK)
    return True


def log_of(folder: Any) -> str:
    try:
        return (folder / "simulator.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
