# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The connection options of a module, as parts of an argument spec."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import env_fallback

CONNECTION_OPTIONS: dict[str, Any] = {
    "url": {"type": "str", "required": True, "fallback": (env_fallback, ["BT_API_HOST"])},
    "client_id": {"type": "str", "fallback": (env_fallback, ["BT_CLIENT_ID"])},
    "client_secret": {"type": "str", "no_log": True, "fallback": (env_fallback, ["BT_CLIENT_SECRET"])},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "tls_minimum": {"type": "str", "choices": ["1.0", "1.1", "1.2", "1.3"], "default": "1.2"},
    "tls_ciphers": {"type": "list", "elements": "str"},
    "timeout": {"type": "int", "default": 30, "range": (1, 3600)},
    "cache_dir": {"type": "path"},
}

WEB_OPTIONS: dict[str, Any] = {
    "web_username": {"type": "str"},
    "web_password": {"type": "str", "no_log": True},
    "login_username": {"type": "str"},
    "login_password": {"type": "str", "no_log": True},
    "web_labels": {"type": "dict", "default": {}},
    "accept_login_agreement": {"type": "bool", "default": False},
    "page_dir": {"type": "path"},
}

# The maintenance windows of a site, and how long the step at hand takes; model/window.py reads them.
WINDOWS: dict[str, Any] = {
    "type": "dict",
    "default": {},
    "options": {
        "list": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "start": {"type": "str", "required": True},
                "end": {"type": "str", "required": True},
                "days": {"type": "list", "elements": "str", "default": []},
            },
        },
        "blackouts": {"type": "list", "elements": "str", "default": []},
        "margin": {"type": "float", "default": 900, "range": (0, 86400)},
        "zone": {"type": "str", "default": "UTC"},
    },
}
WINDOW_OPTIONS: dict[str, Any] = {"windows": WINDOWS, "window_seconds": {"type": "float", "default": 0, "range": (0, 366 * 86400)}}

# One of several appliances, as suboptions; `name` is for messages. Its address has no fallback, which would be that of another one.
NODE = {**CONNECTION_OPTIONS, **WEB_OPTIONS, "url": {"type": "str", "required": True}, "name": {"type": "str"}}
TOGETHER = (
    ("client_id", "client_secret"),
    ("username", "password"),
    ("web_username", "web_password"),
    ("login_username", "login_password"),
)
ONE_OF = (("client_id", "username"),)
NODE_RULES = {"required_together": TOGETHER, "required_one_of": ONE_OF}
PEER: dict[str, Any] = {"type": "dict", "options": NODE, **NODE_RULES}
NODES: dict[str, Any] = {**PEER, "type": "list", "elements": "dict", "required": True}
