"""Markdown to HTML by cmark-gfm, with tables; raw HTML stays.

`cmarkgfm` keeps the tree and the output of each text it converts for ever, some ten times
the text.  They are freed here with cmark's own functions, where its library lets them be
found; elsewhere memory grows with what is converted.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from cmarkgfm import _cmark, cmark

_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE


def html_of_markdown(text: str) -> str:
    """The HTML of a text."""
    lib, ffi = _cmark.lib, _cmark.ffi
    cmark.core_extensions_ensure_registered()
    parser = cmark.parser_new(options=_OPTIONS)
    try:
        cmark.parser_attach_syntax_extension(parser, cmark.find_syntax_extension("table"))
        cmark.parser_feed(parser, text)
        root = cmark.parser_finish(parser)
        extensions = cmark.parser_get_syntax_extensions(parser)
        output = lib.cmark_render_html(root, _OPTIONS, extensions)
        try:
            return str(ffi.string(output).decode("utf-8"))
        finally:
            for free, pointer in zip(_freeing(), (root, output), strict=False):
                free(int(ffi.cast("uintptr_t", pointer)))
    finally:
        cmark.parser_free(parser)


class _Allocator(ctypes.Structure):
    """cmark_mem: how cmark gets memory, and how it gives it back."""

    _fields_ = (
        ("calloc", ctypes.c_void_p),
        ("realloc", ctypes.c_void_p),
        ("free", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
    )


@cache
def _freeing() -> tuple[Callable[[int], Any], ...]:
    """What frees a tree and what frees an output; nothing where the library hides it."""
    try:
        library = ctypes.CDLL(_cmark.__file__)
        node, allocator = library.cmark_node_free, library.cmark_get_default_mem_allocator
    except (OSError, AttributeError):
        return ()
    node.argtypes, node.restype = [ctypes.c_void_p], None
    allocator.restype = ctypes.POINTER(_Allocator)
    return node, allocator().contents.free
