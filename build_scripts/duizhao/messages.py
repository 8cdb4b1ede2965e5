"""Finds the interface's messages in Python, for Babel (`make messages`).

Babel's own extractor reads tokens and misses calls inside f-strings; this one reads
the syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """Each call of a keyword with literal strings: (line, keyword, strings, comments).

    The signature is that of a Babel extraction method; `ui("…")` counts as well as
    `view.ui("…")`.
    """
    del comment_tags, options
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        strings = tuple(
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        )
        if name in keywords and strings:
            yield node.lineno, name, strings if len(strings) > 1 else strings[0], []
