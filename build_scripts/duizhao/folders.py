"""What lies in a folder."""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """Every file in and below a folder, by its path with `/`, sorted; none where there is no folder."""
    found: list[str] = []
    start = len(str(folder)) + 1
    for place, _, names in os.walk(folder):
        below = place[start:].replace(os.sep, "/")
        found.extend([f"{below}/{name}" for name in names] if below else names)
    return sorted(found)
