"""What lies in a folder, and taking one away."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """Every file in and below a folder, by its path with `/`, sorted; none where there is no folder.

    Links to folders are not followed.  Raises OSError where a folder cannot be read.
    """
    found: list[str] = []
    rest = [""]
    while rest:
        below = rest.pop()
        with suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:  # a folder that is gone meanwhile has none
                if not entry.is_dir():
                    found.append(below + entry.name)
                elif not entry.is_symlink():
                    rest.append(f"{below}{entry.name}/")
    return sorted(found)


def remove(folder: Path) -> None:
    """Remove a folder, if it is there; one that was published may have read-only folders.

    Raises OSError that names what cannot be removed.
    """
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except PermissionError:
        for place, _, _ in os.walk(folder):
            if not os.access(place, os.W_OK):
                Path(place).chmod(0o700)
        shutil.rmtree(folder)
