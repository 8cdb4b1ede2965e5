"""Work that ends its own process, as the system does where memory runs out."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def once(marker: Path) -> str:
    """Ends its process unless the marker says that this was done already."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker.name


def always(name: str) -> str:
    """Ends its process where it is asked to."""
    if name == "bad":
        os.kill(os.getpid(), signal.SIGKILL)
    return name
