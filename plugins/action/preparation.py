# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Stands here so that the controller's parent process loads the one action plugin once, for all workers that it forks."""

from __future__ import annotations

from ..plugin_utils.action_module import ActionModule

__all__ = ["ActionModule"]
