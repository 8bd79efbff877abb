# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Verifies the files that an installation needs, before anything is sent: the backup, the certificates and the package."""

from __future__ import annotations

from typing import Any

from ..errors import InvalidInput
from ..policy.install import Wanted
from ..storage.saved_files import read_verified, sha256_of
from .port import Appliance


def check_saved(appliance: Appliance, params: dict[str, Any], guid: str) -> dict[str, list[str]]:
    """{kind: [SHA-256]} of the backup and the certificates of this appliance and this run; InvalidInput or Unsafe without them."""
    if not params["backup"]:
        raise InvalidInput(
            "Cannot install without a backup of this run.",
            host=appliance.host,
            remedy="Run the module backup first and pass its `metadata` as `backup`.",
        )
    if not params["certificates"] and not params["keys_waiver"]:
        raise InvalidInput(
            "Cannot install before the certificates are exported with their keys.",
            host=appliance.host,
            remedy="Run certificate_export first and pass `certificates`, or give a reason in `keys_waiver`.",
        )
    facts = {"guid": guid, "now": appliance.info().clock, "max_age": params["saved_max_age"], "host": appliance.host}
    return {
        "backup": [read_verified(params["backup"], kind="backup", **facts)["sha256"]],
        "certificates": [read_verified(path, kind="certificate", **facts)["sha256"] for path in params["certificates"]],
    }


def check_file(params: dict[str, Any], entry: Any, wanted: Wanted, host: str) -> None:
    """InvalidInput unless the file to upload is the one that the manifest names."""
    if entry is None or not entry.sha256:
        raise InvalidInput(
            f"Cannot upload {wanted.name!r}: the manifest has no SHA-256 for it.",
            host=host,
            remedy="Add the SHA-256 of the vendor's download page to `manifest`.",
        )
    try:
        actual = sha256_of(params["file"])
    except OSError as exc:
        raise InvalidInput(f"Cannot read the package file {params['file']}: {exc.strerror}.", host=host) from exc
    if actual != entry.sha256.lower():
        raise InvalidInput(
            f"Cannot upload {params['file']}: its SHA-256 differs from that of {wanted.name!r} in the manifest.",
            host=host,
            evidence=f"{actual} instead of {entry.sha256}",
            remedy="Download it again.",
        )
