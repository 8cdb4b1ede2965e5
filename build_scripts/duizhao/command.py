"""Where the command begins, without what it needs: processes that work for it load this too."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command that this process was started for, and end it with the exit code."""
    # numpy starts a thread for each core, for linear algebra, of which there is none here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from duizhao.cli import main  # noqa: PLC0415 - slow to import
    from duizhao.garbage import looked_for_no_more  # noqa: PLC0415 - with it

    code = main()
    looked_for_no_more()
    sys.exit(code)
