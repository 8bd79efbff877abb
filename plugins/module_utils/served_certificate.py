# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fetches the certificate that an appliance serves, whether or not it is trusted: it is looked at, not relied on."""

from __future__ import annotations

import socket
import ssl


def fetch(hostname, port, timeout):
    """DER bytes of the certificate served for that name (SNI); OSError where no TLS connection comes about."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is sent, so nothing can leak
    plain = socket.create_connection((hostname, port), timeout=timeout)
    with plain, context.wrap_socket(plain, server_hostname=hostname) as tls:
        return tls.getpeercert(binary_form=True)
