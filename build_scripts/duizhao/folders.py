"""What lies in a folder."""

from __future__ import annotations

import os
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
