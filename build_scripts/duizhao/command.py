"""Where the command begins, without what it needs: processes that work for it load this too."""

from __future__ import annotations

import codecs
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command that this process was started for, and end it with the exit code."""
    # numpy starts a thread for each core, for linear algebra, of which there is none here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from duizhao.cli.main import encode_with, main  # noqa: PLC0415 - slow to import
    from duizhao.ground.garbage import looked_for_no_more  # noqa: PLC0415 - with it

    codecs.register_error("duizhao", _escaped)
    encode_with("duizhao")
    code = main()
    looked_for_no_more()
    sys.exit(code)


def _escaped(reason: UnicodeError) -> tuple[str, int]:
    r"""What an output's encoding cannot say, as \u0f56: JSON that holds it stays the same JSON."""
    if not isinstance(reason, UnicodeEncodeError):
        raise reason
    units = reason.object[reason.start : reason.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[n : n + 2].hex() for n in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), reason.end
