"""Which characters the fonts have, so that nothing is printed as an empty box; which fonts they are.

The character map of a font file is read here (OpenType `cmap`, formats 4 and 12),
for Typst says only while setting that a glyph is missing, and not of which provision.
"""

from __future__ import annotations

import functools
import hashlib
import struct
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn

from duizhao.ground.input_file import state_of
from duizhao.ground.problems import DuizhaoError, Position, Problem, error, visible
from duizhao.writers.typeset.compile import system_fonts
from duizhao.writers.typeset.options import PrintOptions

#: What Libertinus Serif, which Typst carries inside itself, surely has.
_LIBERTINUS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
)  # fmt: skip
_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")


def characters(font: Path) -> frozenset[int]:
    """The code points that a font file (or the first font of a collection) can show.

    Raises DuizhaoError where the file is no font.
    """
    try:
        return _characters(font.read_bytes())
    except struct.error as reason:
        place, hint = Position(file=visible(font.name)), "put a whole .ttf or .otf there"
        message = "This is no font, or a part of one."
        raise DuizhaoError([error("print-option", place, message, hint)]) from reason


def _characters(data: bytes) -> frozenset[int]:
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, start + 4)
    for n in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * n)
        if tag == b"cmap":
            return frozenset(_cmap(data, offset))
    return frozenset()


def _cmap(data: bytes, base: int) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", data, base + 2)
    for n in range(tables):
        at = base + struct.unpack_from(">I", data, base + 8 + 8 * n)[0]
        (kind,) = struct.unpack_from(">H", data, at)
        if kind == 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * group)
                yield from range(first, min(last, sys.maxunicode) + 1)
        elif kind == 4:
            (double,) = struct.unpack_from(">H", data, at + 6)
            ends = struct.unpack_from(f">{double // 2}H", data, at + 14)
            starts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
            for first, last in zip(starts, ends, strict=True):
                if first != 0xFFFF:
                    yield from range(first, last + 1)


def fonts_digest(paths: tuple[str, ...], *, system: bool) -> str:
    """The digest of fonts, whatever their files are called and wherever they lie.

    `paths` are files or folders; `system` adds the machine's own fonts, of which there may be
    gigabytes: of these the sizes are read, and the checksums that each keeps of its tables.
    """
    files = list(font_files(paths))
    for file in files:
        state_of(file)  # a pipe is waited for
    found = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    marks = [hashlib.sha256(_marks(file)).hexdigest() for file in system_fonts()] if system else []
    return hashlib.sha256(repr((sorted(found), sorted(marks))).encode()).hexdigest()


def font_files(paths: Iterable[str]) -> Iterator[Path]:
    """The font files at paths, each a file or a folder, as Typst finds them: by their endings."""
    for path in map(Path, paths):
        files = path.rglob("*") if path.is_dir() else [path]
        yield from (file for file in files if file.suffix.lower() in _SUFFIXES)


def _marks(font: Path) -> bytes:
    """The size of a font file, and its lists of tables, which have checksum and length of each."""
    parts = [str(font.stat().st_size).encode()]
    with font.open("rb") as file:
        head = file.read(12)
        starts: tuple[int, ...] = (0,)
        if head[:4] == b"ttcf":
            (count,) = struct.unpack_from(">I", head, 8)
            starts = struct.unpack(f">{count}I", file.read(4 * count))
        for start in starts:
            file.seek(start)
            first = file.read(12)
            (tables,) = struct.unpack_from(">H", first, 4)
            parts += [first, file.read(16 * tables)]
    return b"".join(parts)


@functools.lru_cache(maxsize=4)
def _covered(paths: tuple[str, ...]) -> frozenset[int]:
    found = {c for first, last in _LIBERTINUS for c in range(first, last + 1)}
    for file in font_files((str(pylopdf_fonts_zh_cn.serif_path()), *paths)):
        found |= characters(file)
    return frozenset(found)


def check_glyphs(data: dict[str, Any], options: PrintOptions, *, name: str) -> Iterator[Problem]:
    """Characters of a document that none of its fonts has, by provision.

    With the machine's own fonts allowed, Typst alone can tell; nothing is reported.
    """
    if options.system_fonts:
        return
    covered = _covered(options.fonts)
    for where, text in _strings(data):
        if covered.issuperset(map(ord, set(text))):
            continue
        missing = list(dict.fromkeys(c for c in text if ord(c) not in covered))
        shown = ", ".join(f"“{visible(c)}” (U+{ord(c):04X} {_name(c)})" for c in missing)
        at = text.index(missing[0])
        yield error(
            "print-missing-glyph",
            Position(file=name, text=text, column=at + 1, path=(where,)),
            f"No font has {shown}, which stands in `{where}`.",
            "name a font that has it in the print options, put its file into"
            " translations/<language>/fonts/, or correct the text",
        )


def _name(character: str) -> str:
    return unicodedata.name(character, unicodedata.category(character))


def _strings(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every string that is printed, with the identifier of what it belongs to."""
    for row in (*data["rows"], *data["apparatus"]):
        where = row["eids"][-1] if row["eids"] else row["kind"]
        yield from ((where, text) for text in _texts(row))
    for note, columns in data["notes"].items():
        yield from ((f"note_{note}", text) for text in _texts(columns))
    for place in ("colophon", "facts", "head", "foot", "imprint"):
        yield from ((place, text) for text in _texts(data.get(place, [])))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        if "t" in value:
            yield value["t"]
            yield from (said for _, said in value.get("w", ()))
        else:
            for key, inner in value.items():
                if key not in ("eids", "kind", "role"):
                    yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
