# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which variables of the roles of an upgrade a rehearsal has as well. Each is here, or is replaced or set (variables.py). Pure."""

from __future__ import annotations

from collections.abc import Mapping


def _names(by_role: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{role}_{name}" for role, names in by_role.items() for name in names.split())


# As the site has them.
KEPT = _names(
    {
        "upgrade": (
            "acknowledged aftercare base_while_related client_strategy console_installers data_gap failover_method "
            "failover_relation interim jump_client_settings jump_client_settings_confirmed lock_expiry method mode "
            "online_floor optional_packages restore_roles sync_max_age target_base target_version"
        ),
        "preflight": "client_threshold confirmed mode optional_packages target_base target_version window_estimates window_seconds windows",
        "backup": "allow_incomplete_chain certificate_method max_age method",
        "window": "blackouts list margin zone",
        "drain": "log_out max_sessions policy",
        "install": "accept_eula method",
        "failover": "data_sync_first method",
        "catch_up": (
            "at_max_wait early_open_threshold listed_before max_wait min_wait online_before seen_within stragglers strategy threshold"
        ),
        "verify": "base version",
        "aftercare": "confirmed installers platforms strategy valid_duration",
    }
)
# Why the rehearsal has not what the site has; '' where nothing follows from it.
LEFT_OUT: dict[str, str] = {
    "upgrade_approved_plan": "The approved plan names the real nodes.",
    "upgrade_replan_reason": "A rehearsal begins with an empty journal.",
    "catch_up_client_filter": "The world holds only the Jump Clients that it selects.",
    "preflight_client_filter": "The world holds only the Jump Clients that it selects.",
    "catch_up_console_export": "An export of the real clients says nothing about those of the world.",
    "catch_up_export_columns": "",
    "catch_up_export_date_format": "",
    "catch_up_export_timezone": "",
    "backup_certificate_names": "All certificates of the world are exported.",
    "backup_certificate_file": "A file that a person saved is not of the world.",
    "backup_file": "A file that a person saved is not of the world.",
    "install_files": "Packages come from the list of updates.",
    "drain_notify_hook": "Nobody is notified of a rehearsal.",
    "drain_notify_required": "Nobody is notified of a rehearsal.",
    "verify_jumpoints": "The Jumpoints of the world have invented names.",
    "verify_guid": "The nodes of the world have invented identities.",
    "aftercare_groups": "The Jump Groups of the world have invented ids.",
    "aftercare_installer_name": "",
    "aftercare_owners": "",
    "aftercare_client_filter": "",
}
# What one role gives to another one during a run, where files are, and what only the screen shows.
NOT_OF_A_SITE = _names(
    {
        "upgrade": "command state_dir",
        "preflight": (
            "base_version host installed journal manifest pair public_url running_since show site skip standalone_reason state_dir"
        ),
        "backup": "dir journal node",
        "window": "host journal seconds what",
        "drain": "host journal what",
        "install": (
            "backup base_version certificates installed journal manifest node package peer public_url relation serves "
            "window_seconds windows"
        ),
        "failover": "lock_expiry nodes primary public_url site state_dir",
        "catch_up": "host journal",
        "verify": "host journal nodes state_dir",
        "aftercare": "manifest state_dir uninstall_list",
    }
)
