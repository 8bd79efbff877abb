# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How fast a backup comes, against curl with the same file, and how much memory it takes (docs/performance.md).

BACKUP_BYTES=2147483648 takes the size of the budget, which is held there; the default is an eighth of it, so that `make bench` stays short.
A file that small lies in memory whole, where curl writes faster than any disk: there a floor keeps the path from becoming slow unnoticed.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.ansible import ROOT

SIZE = int(os.environ.get("BACKUP_BYTES", 256 << 20))
LEAST_ROUNDS, MOST_ROUNDS = 5, 15
BUDGET = 2 << 30  # bytes
RATIO, MEMORY = 0.8 if SIZE >= BUDGET else 0.5, 80

# The module as it is, in a process of its own. fsync is timed apart because curl does none. The memory is VmHWM: ru_maxrss of
# a child begins with what its parent had when it was forked.
CHILD = """
import json, os, re, sys, time
from ansible_collections.bomgar.appliance.plugins.module_utils import appliance
from ansible_collections.bomgar.appliance.plugins.modules.backup import OPERATION
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

spent, fsync = [0.0], os.fsync
def timed(descriptor):
    begun = time.perf_counter()
    fsync(descriptor)
    spent[0] += time.perf_counter() - begun
os.fsync = timed
params = ArgumentSpecValidator(OPERATION.argument_spec(), **OPERATION.rules).validate(json.loads(sys.argv[1])).validated_parameters
begun = time.perf_counter()
result = OPERATION.perform(params)
seconds = time.perf_counter() - begun
assert not result.get("failed"), result
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1)) / 1024
print(json.dumps({"seconds": seconds - spent[0], "fsync": spent[0], "memory": memory, "saved": result["backup"]}))
"""


@pytest.fixture
def server(tmp_path):
    """The folder and the address of fast_server.py in a process of its own."""
    missing = [name for name in ("curl", "openssl") if not shutil.which(name)]
    if missing or not Path("/proc/self/status").exists():
        reason = f"nothing to compare with: {' and '.join(missing) or '/proc'} is missing on this machine"
        print(f"\nbackup: skipped, {reason}")
        pytest.skip(reason)
    _certificate(tmp_path)
    for name in ("info", "health"):
        shutil.copy(ROOT / f"tests/unit/fixtures/command_json/{name}.json", tmp_path)
    command = [sys.executable, str(Path(__file__).with_name("fast_server.py")), str(tmp_path), str(SIZE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield tmp_path, f"https://localhost:{int(process.stdout.readline())}"
        process.terminate()


def _certificate(folder):
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "ca.pem",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (folder / "server.pem").write_bytes((folder / "key.pem").read_bytes() + (folder / "ca.pem").read_bytes())


def test_backup_time_and_memory_are_near_curl(server):
    """A backup comes nearly as fast as by curl and in little memory."""
    ours, theirs = [], []
    while len(ours) < LEAST_ROUNDS or (len(ours) < MOST_ROUNDS and _best(theirs) / _best(ours) < RATIO):
        theirs.append(_by_curl(*server))
        ours.append(_by_module(*server))
    ratio, best = _best(theirs) / _best(ours), min(ours, key=lambda one: one["seconds"])
    memory = max(one["memory"] for one in ours)
    print(
        f"\nbackup of {SIZE >> 20} MiB, best of {len(ours)}: module {_speed(best)}, curl {_speed({'seconds': _best(theirs)})}, "
        f"ratio {ratio:.2f}; fsync {best['fsync']:.2f} s more; curl to /dev/null {_speed(_by_curl(*server, '/dev/null'))}; "
        f"peak memory {memory:.0f} MB"
    )
    assert memory < MEMORY
    assert ratio >= RATIO


def _best(rounds):
    return min(one["seconds"] for one in rounds)


def _speed(one):
    return f"{SIZE / one['seconds'] / 1e6:.0f} MB/s"


def _by_curl(folder, url, to=None):
    target = to or str(folder / "by-curl")
    done = subprocess.run(
        [
            "curl",
            "-q",
            "-sS",
            "--fail",
            "--noproxy",
            "*",
            "--cacert",
            str(folder / "ca.pem"),
            "-o",
            target,
            "-w",
            "%{time_total}",
            f"{url}/api/backup",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    if not to:
        assert os.path.getsize(target) == SIZE
        os.unlink(target)
    return {"seconds": float(done.stdout)}


def _by_module(folder, url):
    params = {
        "url": url,
        "ca_path": str(folder / "ca.pem"),
        "client_id": "robot",
        "client_secret": "secret",
        "cache_dir": str(folder / "cache"),
        "dest": str(folder / "saved"),
    }
    done = subprocess.run([sys.executable, "-c", CHILD, json.dumps(params)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["saved"]["bytes"] == SIZE
    shutil.rmtree(folder / "saved")
    return told
