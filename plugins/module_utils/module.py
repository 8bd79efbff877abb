# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Between Ansible and one operation: options, libraries, errors. The only user of AnsibleModule.

A module file holds its documentation, OPTIONS, one function and an `Operation` that binds them. The same Operation is
run by `run()` as a packed module and by plugins/action/appliance.py inside the controller's process.
"""

from __future__ import annotations

import importlib
import sys
import traceback

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from . import outcome
from .errors import ApplianceError

CONNECTION_OPTIONS = {
    "url": {"type": "str", "required": True, "fallback": (env_fallback, ["BT_API_HOST"])},
    "client_id": {"type": "str", "fallback": (env_fallback, ["BT_CLIENT_ID"])},
    "client_secret": {"type": "str", "no_log": True, "fallback": (env_fallback, ["BT_CLIENT_SECRET"])},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "timeout": {"type": "int", "default": 30},
    "cache_dir": {"type": "path", "default": "~/.ansible/bomgar.appliance"},
}

WEB_OPTIONS = {
    "web_username": {"type": "str"},
    "web_password": {"type": "str", "no_log": True},
    "login_username": {"type": "str"},
    "login_password": {"type": "str", "no_log": True},
    "web_labels": {"type": "dict", "default": {}},
    "accept_login_agreement": {"type": "bool", "default": False},
    "page_dir": {"type": "path"},
}

# One of several appliances, as suboptions; `name` is what people call it. No fallback for its address: it would be another one's.
NODE = {**CONNECTION_OPTIONS, **WEB_OPTIONS, "url": {"type": "str", "required": True}, "name": {"type": "str"}}
TOGETHER = (("client_id", "client_secret"), ("username", "password"),
            ("web_username", "web_password"), ("login_username", "login_password"))  # fmt: skip
ONE_OF = (("client_id", "username"),)
NODE_RULES = {"required_together": TOGETHER, "required_one_of": ONE_OF}

# import name -> name to install, see requirements.txt
LIBRARIES = {
    "requests": "requests",
    "defusedxml": "defusedxml",
    "bs4": "beautifulsoup4",
    "jmespath": "jmespath",
    "cryptography": "cryptography",
}


class Operation:
    """What a module does.

    function:  called as function(appliance, params, check_mode=bool) for operations on an appliance and as
               function(params, check_mode=bool, say=callable) for those without one; returns the result as a dict
    options:   the module's own part of the argument spec
    appliance: whether it talks to an appliance (then the connection and web options are added)
    libraries: import names from LIBRARIES that it cannot work without
    rules:     mutually_exclusive, required_if and the like, as AnsibleModule takes them
    """

    def __init__(self, function, options, *, appliance=True, libraries=(), **rules):
        self.function, self.options, self.appliance, self.rules = function, options, appliance, rules
        self.libraries = (("requests", "defusedxml") if appliance else ()) + tuple(libraries)
        if appliance:
            self.rules.setdefault("required_together", []).extend(TOGETHER)
            self.rules.setdefault("required_one_of", []).extend(ONE_OF)

    def argument_spec(self):
        """A fresh argument spec: validation writes into it."""
        spec = dict(CONNECTION_OPTIONS, **WEB_OPTIONS) if self.appliance else {}
        return {name: dict(option) for name, option in dict(spec, **self.options).items()}

    def perform(self, params, *, check_mode=False, say=None):
        """Run the operation on validated params; an ApplianceError becomes a failed result.

        say: callable(text) that shows one line of progress; None where nobody can see it (a packed module).
        """
        say = say or _nobody_listens
        missing = self._missing_libraries()
        if missing:
            return missing
        host, appliance = "", None
        try:
            if not self.appliance:
                result = self.function(params, check_mode=check_mode, say=say)
                return dict(result, outcome=outcome.of_result(result))
            from .appliance import connect

            appliance = connect(params, say=say)
            host = appliance.host
            result = self.function(appliance, params, check_mode=check_mode)
            return dict(result, outcome=outcome.of_result(result))
        except ApplianceError as exc:
            asked = appliance is not None and appliance.asked
            return dict(exc.facts, failed=True, msg=str(exc.at(host)), error=type(exc).__name__, outcome=outcome.of_error(exc, asked=asked))

    def _missing_libraries(self):
        """The failed result that names all that are missing and how to install them, or None."""
        missing, first = [], ""
        for name in self.libraries:
            try:
                importlib.import_module(name)
            except ImportError:
                missing.append(LIBRARIES[name])
                first = first or traceback.format_exc()
        if not missing:
            return None
        told = missing_required_lib(", ".join(missing))
        return {"failed": True, "exception": first,
                "msg": f"{told}. To install: {sys.executable} -m pip install {' '.join(missing)}"}


def run(operation):
    """The main() of every module."""
    module = AnsibleModule(operation.argument_spec(), supports_check_mode=True, **operation.rules)
    result = operation.perform(module.params, check_mode=module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


def _nobody_listens(text):
    return None
