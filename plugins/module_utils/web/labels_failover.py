# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The labels of /login > Management > Failover, as data. labels.py explains the marks D and I."""

from __future__ import annotations

LABELS = {
    "menu_failover": {"en": ["Failover"], "de": ["Failover", "Ausfallsicherung"]},  # D, I
    "failover_establish": {
        "en": ["Establish Relationship", "Establish Failover Relationship"],  # D
        "de": ["Beziehung herstellen", "Failover-Beziehung herstellen", "Beziehung einrichten"],
    },  # I
    "failover_break": {
        "en": ["Break Failover Relations", "Break Failover Relationships", "Break Failover Relationship", "Break Failover Relation"],  # I
        "de": [
            "Failover-Beziehungen aufheben",
            "Failover-Beziehung aufheben",
            "Failover-Beziehungen trennen",
            "Failover-Beziehung trennen",
        ],
    },  # I
    "failover_sync": {"en": ["Sync Now", "Synchronize Now"], "de": ["Jetzt synchronisieren"]},  # D, I
    "failover_become_primary": {
        "en": ["Become Primary"],
        "de": ["Primär werden", "Primäre Instanz werden", "Zum Primärgerät werden", "Primary werden"],
    },  # D, I
    "failover_become_backup": {"en": ["Become Backup"], "de": ["Backup werden", "Zum Backup-Gerät werden", "Zum Backup werden"]},  # D, I
    "failover_pull_sync": {
        "en": [
            "Pull a data-sync from the site instance while becoming the backup",
            "pull a data-sync from the site instance",
            "pull a data-sync",
        ],  # D
        "de": ["Beim Wechsel zum Backup eine Datensynchronisierung abrufen", "Datensynchronisierung", "synchronisieren"],
    },  # I
    "failover_force": {
        "en": [
            "even if the peer site instance cannot be contacted",
            "even if the peer cannot be reached",
            "even if the peer is unreachable",
            "even if the peer",
        ],  # D, I
        "de": ["auch wenn die Gegenstelle nicht erreichbar ist", "nicht erreichbar"],
    },  # I
    "failover_new": {
        "en": ["New Backup Site Connection Details"],  # D
        "de": ["Verbindungsdetails der neuen Backup-Site", "Neue Backup-Site: Verbindungsdetails"],
    },  # I
    "failover_reverse": {
        "en": ["Reverse Connection Details to this Primary Site"],  # D
        "de": ["Rückverbindungsdetails zu dieser primären Site"],
    },  # I
    "failover_host": {
        "en": ["Host Name or IP Address", "Hostname or IP Address", "Host Name or IP", "Host name", "Hostname"],  # D
        "de": ["Hostname oder IP-Adresse", "Hostname oder IP", "Hostname"],
    },  # I
    "failover_port": {"en": ["Port", "TLS Port", "Port (TLS)"], "de": ["Port", "TLS-Port", "Port (TLS)"]},  # D
    "failover_new_host": {
        "en": ["New backup site host name or IP", "Backup site host name"],  # I
        "de": ["Hostname oder IP der neuen Backup-Site", "Hostname der Backup-Site"],
    },  # I
    "failover_new_port": {"en": ["New backup site port", "Backup site port"], "de": ["Port der neuen Backup-Site"]},  # I
    "failover_reverse_host": {
        "en": ["Reverse connection host name or IP", "Primary site host name"],  # I
        "de": ["Hostname oder IP der Rückverbindung", "Hostname der primären Site"],
    },  # I
    "failover_reverse_port": {"en": ["Reverse connection port", "Primary site port"], "de": ["Port der Rückverbindung"]},  # I
    "failover_is_primary": {
        "en": [
            "is the primary site instance",
            "primary site instance in a failover",
            "this is the primary site instance",
            "this host is primary",
        ],  # D, I
        "de": ["ist die primäre Site-Instanz", "ist die primäre Instanz"],
    },  # I
    "failover_is_backup": {
        "en": [
            "is the backup site instance",
            "backup site instance in a failover",
            "this is the backup site instance",
            "this host is backup",
        ],  # D, I
        "de": ["ist die Backup-Site-Instanz", "ist die Backup-Instanz"],
    },  # I
    "failover_is_none": {
        "en": ["no failover relationship", "not in a failover relationship"],  # I
        "de": ["keine Failover-Beziehung", "in keiner Failover-Beziehung"],
    },  # I
    "failover_peer_host": {"en": ["Peer Host", "Peer host name", "Peer"], "de": ["Gegenstelle", "Hostname der Gegenstelle"]},  # D, I
    "failover_peer_status": {
        "en": ["Peer Host's Status", "Peer Host Status", "Peer Status"],  # D
        "de": ["Status der Gegenstelle", "Status des Peer-Hosts"],
    },  # I
    "failover_syncing": {
        "en": [
            "data sync in progress",
            "data-sync in progress",
            "data sync is in progress",
            "data-sync is in progress",
            "sync is running",
            "synchronizing data",
            "sync in progress",
        ],  # I
        "de": ["Datensynchronisierung läuft", "Synchronisierung läuft", "Daten werden synchronisiert"],
    },  # I
    "failover_backup_operations": {
        "en": ["Enable Backup Operations", "Backup Operations", "Backup operations enabled"],  # I
        "de": ["Backup-Vorgänge aktivieren", "Backup-Vorgänge"],
    },  # I
    "failover_sync_interval": {
        "en": ["Automatic Data-Sync Interval", "Data-Sync Interval", "Sync Interval"],  # I
        "de": ["Intervall der automatischen Datensynchronisierung", "Synchronisierungsintervall"],
    },  # I
    "failover_sync_bandwidth": {
        "en": ["Data-Sync Bandwidth Limit", "Sync Bandwidth", "Sync Bandwidth Limit"],  # I
        "de": ["Bandbreite der Synchronisierung", "Bandbreitenbegrenzung der Synchronisierung"],
    },  # I
    "failover_automatic_failover": {
        "en": ["Enable Automatic Failover", "Automatic Failover"],  # D, I
        "de": ["Automatisches Failover aktivieren", "Automatisches Failover"],
    },  # I
    "failover_primary_timeout": {
        "en": ["Primary Site Instance Timeout", "Primary Timeout"],  # I
        "de": ["Zeitüberschreitung der primären Site-Instanz", "Zeitüberschreitung der primären Instanz"],
    },  # I
    "failover_test_ips": {
        "en": ["Network Connectivity Test IPs", "Test IPs", "Test IP Addresses"],  # I
        "de": ["Test-IP-Adressen", "Test-IPs"],
    },  # I
    "failover_shared_ips": {
        "en": ["Shared IP Address", "Shared IPs", "Shared IP Addresses"],  # D
        "de": ["Gemeinsame IP-Adresse", "Gemeinsame IP-Adressen"],
    },  # I
    "confirm_failover": {"en": ["Yes", "Confirm", "Continue", "OK"], "de": ["Ja", "Bestätigen", "Weiter", "OK"]},  # I
    "cancel": {"en": ["Cancel", "No", "Back"], "de": ["Abbrechen", "Nein", "Zurück"]},  # I
}
