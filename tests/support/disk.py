# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What tests of files ask of the disk, and an operating system that refuses."""

import os
import stat


def mode(path):
    """The permission bits of a path, as 0o600."""
    return stat.S_IMODE(os.lstat(path).st_mode)


def content(path):
    with open(path, "rb") as stream:
        return stream.read()


def refuse_with(error):
    """A stand-in for a call of `os` that fails with this errno."""

    def refuse(*_args, **_kwargs):
        raise OSError(error, os.strerror(error))

    return refuse


def age(lock, seconds):
    """Move the last heartbeat of a lock back."""
    now = os.stat(lock.path).st_mtime
    os.utime(lock.path, (now - seconds, now - seconds))
