# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which role variables are decisions of people about safety, for the record of an upgrade. Pure."""

from __future__ import annotations

from typing import Any

# What is wanted, where things are, who does it and how often it is read: nothing of it waives or lowers anything.
NO_DECISION = frozenset(
    {
        "upgrade_mode",
        "upgrade_site",
        "upgrade_public_url",
        "upgrade_target_version",
        "upgrade_target_base",
        "upgrade_manifest",
        "upgrade_command",
        "upgrade_approved_plan",  # it has an entry of its own
        "install_files",
        "preflight_show",
        "backup_file",
        "backup_certificate_file",
        "backup_certificate_names",
        "catch_up_running_since",  # it has an entry of its own
        "catch_up_mode",
        "catch_up_hold_timeout",
        "catch_up_online_timeout",
        "catch_up_stragglers",
        "catch_up_export_columns",
        "catch_up_export_date_format",
        "catch_up_export_timezone",
        "failover_network_hook",
        "failover_network_role",
        "failover_public_timeout",
        "drain_notify_hook",
        "aftercare_groups",
        "aftercare_installer_name",
        "aftercare_installers",
        "aftercare_owners",
        "aftercare_platforms",
        "aftercare_valid_duration",
        "snapshot_when",
        "snapshot_last",
        "snapshot_mode",
        "snapshot_public_name",
        "snapshot_client_limit",
        "snapshot_max_age",
        "snapshot_examples",
    }
)
_ENDS = ("_method", "_poll_interval", "_journal", "_dir", "_host", "_node", "_site", "_nodes", "_what", "_list")
ROLES = ("upgrade", "preflight", "backup", "install", "catch_up", "failover", "drain", "aftercare", "window", "snapshot")
_WINDOWS = frozenset(
    {"window_list", "window_blackouts", "window_margin", "window_zone", "window_estimates"}
)  # when somebody may be cut off


def is_decision(name: str, option: dict[str, Any]) -> bool:
    """Whether the journal records a variable that differs from its default. option: its entry of the argument spec."""
    if name.startswith("window_"):
        return name in _WINDOWS
    return name not in NO_DECISION and not name.endswith(_ENDS) and not option.get("no_log")
