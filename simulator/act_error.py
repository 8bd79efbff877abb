# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is said of an act that cannot be done."""


class ActError(ValueError):
    """An act that cannot be done so; the text is for the person who asked."""
