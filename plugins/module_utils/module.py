# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs an operation for Ansible: options, libraries, errors. The only user of AnsibleModule.

A module file has its documentation, OPTIONS, one function and an `Operation` that connects them. `run()` runs the Operation as a packed
module, plugins/plugin_utils/action_module.py runs it inside the controller's process.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from . import outcome
from .errors import ApplianceError
from .mask.options import addresses_with_login, collect, masked_params
from .mask.secrets import SECRETS
from .model import bounds
from .model.handed_on import HandedOn
from .model.handed_on import check as check_handed_on
from .options import CONNECTION_OPTIONS, ONE_OF, TOGETHER, WEB_OPTIONS
from .policy.secret_options import refuse_odd_secrets
from .policy.secret_words import refuse_unhideable

# import name -> name to install, see requirements.txt
LIBRARIES = {
    "requests": "requests",
    "defusedxml": "defusedxml",
    "bs4": "beautifulsoup4",
    "jmespath": "jmespath",
    "cryptography": "cryptography",
    "jinja2": "Jinja2",
    "yaml": "PyYAML",
}


class Operation:
    """What a module does.

    function:  called as function(appliance, params, check_mode=bool) for operations on an appliance and as
               function(params, check_mode=bool, say=callable) for those without one; returns the result as a dict
    options:   the module's own part of the argument spec; a number may also have a `range` (bounds.py)
    appliance: whether it uses an appliance; then it gets the connection and web options
    libraries: required import names from LIBRARIES
    handed_on: the options that take what another module returned
    rules:     mutually_exclusive, required_if and the like, as AnsibleModule takes them
    """

    def __init__(
        self,
        function: Callable[..., Mapping[str, Any]],
        options: Mapping[str, Any],
        *,
        appliance: bool = True,
        libraries: Iterable[str] = (),
        handed_on: Mapping[str, HandedOn] | None = None,
        **rules: Any,
    ) -> None:
        self.function, self.options, self.appliance, self.rules = function, options, appliance, rules
        self._handed_on = handed_on or {}
        self.libraries = (("requests", "defusedxml") if appliance else ()) + tuple(libraries)
        if appliance:
            self.rules.setdefault("required_together", []).extend(TOGETHER)
            self.rules.setdefault("required_one_of", []).extend(ONE_OF)

    def argument_spec(self) -> dict[str, Any]:
        """Return a new argument spec: validation changes it."""
        return bounds.spec_of(self._all_options())

    def _all_options(self) -> dict[str, Any]:
        return {**(dict(CONNECTION_OPTIONS, **WEB_OPTIONS) if self.appliance else {}), **self.options}

    def check(self, params: Mapping[str, Any]) -> None:
        """Raise InvalidInput for a number outside of its range, and for a secret that is not usable or cannot be masked."""
        bounds.check(self._all_options(), params)
        check_handed_on(self._handed_on, params)
        refuse_odd_secrets(self._all_options(), params)
        refuse_unhideable(self._all_options(), params)

    def perform(self, params: Mapping[str, Any], *, check_mode: bool = False, say: Callable[[str], None] | None = None) -> dict[str, Any]:
        """Run the operation on validated params and return its result; an ApplianceError becomes a failed result.

        say: callable(text) that shows one line of progress; None in a packed module, which cannot show it.
        The result and the progress have no secrets, control characters and invisible characters.
        """
        SECRETS.clear()
        collect(SECRETS, self.argument_spec(), params)
        return SECRETS.hide_in(self._perform(params, check_mode, _without_secrets(say or _ignore)))

    def _perform(self, params: Mapping[str, Any], check_mode: bool, say: Callable[[str], None]) -> dict[str, Any]:
        missing = self._missing_libraries()
        if missing:
            return missing
        host, appliance = "", None
        try:
            self.check(params)
            if not self.appliance:
                result = self.function(params, check_mode=check_mode, say=say)
                return dict(result, outcome=outcome.of_result(result))
            from .appliance import connect

            appliance = connect(params, say=say)
            host = appliance.host
            result = self.function(appliance, params, check_mode=check_mode)
            return dict(result, outcome=outcome.of_result(result))
        except ApplianceError as exc:
            if appliance is not None and "interface" in exc.facts:
                exc.remedy = appliance.describe_interfaces()
            sent = appliance is not None and appliance.request_sent
            return dict(
                exc.facts, failed=True, msg=str(exc.with_host(host)), error=type(exc).__name__, outcome=outcome.of_error(exc, sent=sent)
            )
        except Exception as exc:  # a fault of this collection: the result still says whether anything was sent
            return _fault(exc, host, sent=appliance is not None and appliance.request_sent)

    def wrong_shapes(self, args: Mapping[str, Any]) -> list[str]:
        """Return a sentence for each option of a wrong shape with secrets, and each address with a password. It quotes no value."""
        spec = self._all_options()
        found = [
            f"The option '{name}' must be {_SHAPES[option['type']]}."
            for name, option in spec.items()
            if _holds_secrets(option) and not _has_shape(option, args.get(name))
        ]
        return found or [f"The option '{name}' must not hold a user name or a password." for name in addresses_with_login(spec, args)]

    def _missing_libraries(self) -> dict[str, Any] | None:
        """Return a failed result that names the missing libraries and how to install them, or None."""
        missing: list[str] = []
        first = ""
        for name in self.libraries:
            try:
                importlib.import_module(name)
            except ImportError:
                missing.append(LIBRARIES[name])
                first = first or traceback.format_exc()
        if not missing:
            return None
        message = missing_required_lib(", ".join(missing))
        return {"failed": True, "exception": first, "msg": f"{message}. To install: {sys.executable} -m pip install {' '.join(missing)}"}


def run(operation: Operation) -> None:
    """Run an operation as a packed module: the main() of every module."""
    module = AnsibleModule(operation.argument_spec(), supports_check_mode=True, **operation.rules)
    result = operation.perform(module.params, check_mode=module.check_mode)
    result["invocation"] = SECRETS.hide_in({"module_args": masked_params(operation.argument_spec(), module.params)})
    module.no_log_values = set()  # perform() masked the result; Ansible's masking would also cut paths and names that later tasks use
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


_SHAPES = {"dict": "a dictionary", "list": "a list of dictionaries"}


def _holds_secrets(option: Mapping[str, Any]) -> bool:
    return any(inner.get("no_log") for inner in option.get("options", {}).values())


def _has_shape(option: Mapping[str, Any], value: Any) -> bool:
    if value is None or isinstance(value, dict) and option["type"] == "dict":
        return True
    if option["type"] == "list" and isinstance(value, (list, tuple)):
        return all(isinstance(one, dict) for one in value)
    return False


def _fault(exc: Exception, host: str, *, sent: bool) -> dict[str, Any]:
    """Return the failed result of an exception that is not of errors.py. Its text is only in the traceback: it may quote a response."""
    last = traceback.extract_tb(exc.__traceback__)[-1]
    error = ApplianceError(
        f"This collection failed: {type(exc).__name__} in {last.name} ({last.filename.rpartition('/')[2]}, line {last.lineno}).",
        host=host,
        remedy=("The request may have had an effect: check the appliance. " if sent else "Nothing was sent to the appliance. ")
        + "Run the same command with -vvv and report it with the traceback.",
    )
    return {
        "failed": True,
        "msg": str(error),
        "error": type(exc).__name__,
        "exception": traceback.format_exc(),
        "outcome": outcome.of_error(error, sent=sent),
    }


def _without_secrets(say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda text: say(SECRETS.hide(text))


def _ignore(text: str) -> None:
    return None
