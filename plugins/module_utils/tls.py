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


def served_certificate(hostname, port, timeout):
    """DER bytes of the certificate served for that name (SNI), trusted or not; OSError without a TLS connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent, so nothing can leak
    plain = socket.create_connection((hostname, port), timeout=timeout)
    with plain, context.wrap_socket(plain, server_hostname=hostname) as tls:
        return tls.getpeercert(binary_form=True)
