"""A file of a site that a person wrote, looked at before it is read.

A name may lead to what is no file: a pipe is waited for, a device may never end.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from duizhao.ground.problems import phrase

#: Bytes above which a file is not read: the longest codes of law have about a million.
LARGEST = 64 * 1024 * 1024
#: A line with which git marks what two persons wrote in the same place, and what to do about it.
MERGED = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |$)")
MERGE = phrase(
    "git marks here what two versions of the file have in the same place: keep one of them, and"
    " delete the lines with the marks <<<<<<<, ======= and >>>>>>>"
)


def state_of(path: Path) -> os.stat_result:
    """What the system knows of a file.  Raises OSError where it is missing or no file."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, phrase("It is a device or a pipe"), str(path))
    return state


def bytes_of(path: Path) -> bytes:
    """The bytes of a file.  Raises OSError where it is missing, no file, or above all measure."""
    if state_of(path).st_size > LARGEST:
        raise OSError(errno.EINVAL, phrase(f"It has more than {LARGEST // 1048576} MB"), str(path))
    return path.read_bytes()


def is_there(path: Path) -> bool:
    """Whether there is something of a name: what leads nowhere is no file, but it is there.

    Raises OSError where a folder on the way may not be looked into.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True
