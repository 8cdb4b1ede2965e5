"""How languages are written, by their codes."""

from __future__ import annotations

import re

_UNSPACED = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"})


def unspaced(language: str) -> bool:
    """Whether a language (ja, ja-JP) puts no spaces between words, so that any run of letters may be one."""
    return re.split("[-_]", language, maxsplit=1)[0] in _UNSPACED
