# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A session of requests that does what we say and nothing on its own account."""

from __future__ import annotations

import http.cookiejar
import os
import ssl

try:
    import requests
    import urllib3
except ImportError:  # reported by the module before anything is sent
    requests = urllib3 = None

from .errors import InvalidInput

# the vendor asks for a closed connection after each call (interfaces 3.1); compressed bodies buy nothing
HEADERS = {"Connection": "close", "Accept-Encoding": "identity"}


def new_session(quiet):
    """A session without cookies of its own and without .netrc; quiet: no warning about unchecked certificates."""
    session = requests.Session()
    session.auth = _nobody
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    if quiet:  # the user switched the check off; one warning for each request would not tell more
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    return session


def _nobody(request):
    """Keeps requests from replacing our credentials by those of a .netrc file."""
    return request


def checked_ca(path):
    """The path, once Python could read certificates from it; InvalidInput otherwise."""
    place = {"capath" if os.path.isdir(path) else "cafile": path}
    try:
        ssl.create_default_context(**place)
    except OSError as exc:  # ssl.SSLError is one
        raise InvalidInput(
            f"No certificates can be read from {path} (ca_path).", remedy="Give a readable file of PEM certificates."
        ) from exc
    return path
