# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules that only read and write a journal, without Ansible in between."""

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.bomgar.appliance.plugins.modules import journal, journal_info, upgrade_run


class Kept:
    """The journal at .path through its modules."""

    def __init__(self, path):
        self.path = path

    def read(self, **given):
        """The result of journal_info."""
        return self._run(journal_info, given)

    def declare(self, state, **given):
        """The result of journal."""
        return self._run(journal, {"state": state, **given})

    def open(self, **given):
        """The result of upgrade_run."""
        return self._run(upgrade_run, {"state": "opened", **given})

    def close(self, **given):
        """The result of upgrade_run."""
        return self._run(upgrade_run, {"state": "closed", **given})

    def _run(self, module, given):
        check_mode = given.pop("check_mode", False)
        operation = module.OPERATION
        checked = ArgumentSpecValidator(operation.argument_spec(), **operation.rules).validate({"path": self.path, **given})
        assert not checked.error_messages, checked.error_messages
        return operation.function(checked.validated_parameters, check_mode=check_mode, say=lambda text: None)


def remove_second_line(path):
    """Damage a journal."""
    with open(path, "rb+") as stream:
        lines = stream.read().splitlines(keepends=True)
        stream.seek(0)
        stream.truncate()
        stream.write(b"".join([lines[0], *lines[2:]]))


def performed(operation, /, *, check_mode=False, **given):
    """The result of an operation that talks to no appliance, as users see it."""
    checked = ArgumentSpecValidator(operation.argument_spec(), **operation.rules).validate(given)
    assert not checked.error_messages, checked.error_messages
    return operation.perform(checked.validated_parameters, check_mode=check_mode)
