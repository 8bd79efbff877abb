# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An operation of a module against a simulator in this process: waiting moves the simulator's clock, nothing sleeps."""

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.module_utils.appliance import connect

from .ansible import connection_of


class Bench:
    """A running simulator and the means to run operations on its appliance.

    .lines: what was shown as progress. seconds_asleep: how long the waits would have slept.
    """

    def __init__(self, running, folder):
        self.running, self.folder, self.lines, self.seconds_asleep = running, folder, [], 0.0

    @property
    def machine(self):
        return self.running.machine()

    def params(self, operation, **given):
        """Validated params of an operation, with the connection options filled in where it has them."""
        connection = connection_of(self.running, self.folder) if operation.appliance else {}
        spec = operation.argument_spec()
        checked = ArgumentSpecValidator(spec, **operation.rules).validate({**connection, **given})
        assert not checked.error_messages, checked.error_messages
        operation.check(checked.validated_parameters)
        return checked.validated_parameters

    def on(self, operation, node, peer, *, check_mode=False, **given):
        """The result of an operation on one node of a pair."""
        options = {
            **connection_of(self.running, self.folder, node),
            "name": node,
            "poll_interval": 30,
            "peer": dict(connection_of(self.running, self.folder, peer), name=peer),
        }
        return self.run(operation, check_mode=check_mode, **{**options, **given})

    def appliance(self, params, say=None, **_time):
        """As appliance.connect, with this bench's progress and clock."""
        return connect(params, say=self.lines.append, clock=self.running.now, sleep=self._sleep)

    def run(self, operation, *, check_mode=False, **given):
        """The operation's result; errors come as they are raised."""
        params = self.params(operation, **given)
        if not operation.appliance:
            return operation.function(params, check_mode=check_mode, say=self.lines.append)
        return operation.function(self.appliance(params), params, check_mode=check_mode)

    def writes(self):
        return [entry["write"] for entry in self.running.requests("write")]

    def _sleep(self, seconds):
        self.seconds_asleep += seconds
        self.running.advance(seconds)
