# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificates of the connection itself: which ones we trust, and which one an appliance serves."""

from __future__ import annotations

import os
import socket
import ssl

from .errors import InvalidInput


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


def served_certificate(hostname, port, timeout, name=""):
    """DER bytes of the certificate served for that name (SNI; the host's own when not given), trusted or not.

    OSError without a TLS connection.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent, so nothing can leak
    return _shaken(context, hostname, port, timeout, name or hostname)


def distrust(hostname, port, timeout, name, ca_path=None):
    """Why the certificate that is served there would not be believed for `name`: one sentence, '' when it would.

    The chain must reach an authority of ca_path, or of the system; OSError without a TLS connection.
    """
    place = {"capath" if os.path.isdir(ca_path) else "cafile": ca_path} if ca_path else {}
    try:
        _shaken(ssl.create_default_context(**place), hostname, port, timeout, name)
    except ssl.SSLCertVerificationError as exc:
        return f"It is not trusted for {name}: {exc.verify_message}."
    return ""


def _shaken(context, hostname, port, timeout, name):
    plain = socket.create_connection((hostname, port), timeout=timeout)
    with plain, context.wrap_socket(plain, server_hostname=name) as tls:
        return tls.getpeercert(binary_form=True)
