# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A simulator in another process, for a controller that is going to be killed: what tests.support.upgrades asks of it, over its ports."""

import json
from datetime import datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit


class Remote:
    """told: what a running simulator (simulator.testing.Running) says of itself, see told_by()."""

    name = ""  # of its only pair

    def __init__(self, told):
        self.world, self.ca_file, self.url = told["world"], told["ca_file"], told["urls"]["a"]
        self._told = told
        self._control = HTTPConnection(urlsplit(told["control"]).netloc, timeout=60)

    def url_of(self, name):
        return self._told["urls"][name]

    def public_url(self, pair=""):
        """Of its only pair, whatever the name."""
        return self._told["public"]

    def first_pair(self):
        return self

    @property
    def front(self):
        return self._ask("/state")["pairs"][0]["front"]

    def switch(self, node):
        self._ask("/act", {"do": "switch_public", "node": node})

    def now(self):
        return datetime.fromisoformat(self._ask("/clock")["now"]).timestamp()

    def advance(self, seconds):
        self._ask("/clock", {"advance": seconds})

    def _ask(self, path, order=None):
        """The answer of the control port, over one connection that stays open: a clock is read before each request."""
        data = None if order is None else json.dumps(order)
        self._control.request("GET" if data is None else "POST", path, data, {"Content-Type": "application/json"})
        with self._control.getresponse() as answer:
            assert answer.status == 200, (path, answer.status, answer.read())
            return json.load(answer)


def told_by(running):
    """What Remote needs, as plain values."""
    return {
        "world": {"accounts": running.world["accounts"]},
        "ca_file": running.ca_file,
        "control": running.control_url,
        "urls": {one["name"]: running.url_of(one["name"]) for one in running.world["appliances"]},
        "public": running.public_url() if running.world["pairs"] else "",
    }
