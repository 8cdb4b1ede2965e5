"""From plain data to PDF with Typst; the only module that imports it, where it is needed.

A thread keeps one compiler a set of fonts: fonts are read once, and what two
documents have in common is not laid out twice.  Workers are started with “spawn”.
"""

from __future__ import annotations

import functools
import json
import os
import struct
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pylopdf_fonts_zh_cn

from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Position, error
from duizhao.writers.typeset.options import PrintOptions

if TYPE_CHECKING:
    import typst  # seven megabytes, which a build without PDFs does not need

R = TypeVar("R")

STANDARDS = ["ua-1", "a-2a"]
_TRIES = 12  # each mends one page
_PPI = 64  # of pictures: an A4 page is 530 pixels wide
_CARD_PPI = 144  # 600 by 315 points
_LONG = 900  # characters of a row that is not moved whole


def templates() -> Path:
    """The folder of the print templates."""
    return PACKAGE / "templates" / "pdf"


@functools.lru_cache(maxsize=8)
def _compiler(fonts: tuple[str, ...], *, system_fonts: bool, thread: int) -> typst.Compiler:  # noqa: ARG001 - of the key
    """The compiler of a thread; two cannot use one at once."""
    return _compiler_of("document", _fonts(_own(fonts), system=system_fonts))


def _compiler_of(template: str, fonts: typst.Fonts) -> typst.Compiler:
    import typst  # noqa: PLC0415 - see above

    folder = templates()
    return typst.Compiler(str(folder / f"{template}.typ"), root=str(folder), font_paths=fonts)


def _fonts(
    folders: Sequence[str] = (), *, system: bool = False, embedded: bool = True
) -> typst.Fonts:
    import typst  # noqa: PLC0415 - see above

    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=embedded, font_paths=[*folders]
    )


def _own(more: Sequence[str] = ()) -> list[str]:
    """The folders of the fonts that come with this program, and more."""
    return [str(pylopdf_fonts_zh_cn.serif_path().parent), *more]


@functools.cache
def _first_process() -> int:
    """The process that typeset first; a fork of it would wait for ever."""
    return os.getpid()


def families(options: PrintOptions) -> list[str]:
    """The font families that are at hand."""
    return _fonts(_own(options.fonts), system=options.system_fonts).families()


def system_fonts() -> list[Path]:
    """The files of the machine's own fonts, as Typst finds them."""
    found = _fonts(system=True, embedded=False).fonts()
    return sorted({Path(font.path) for font in found if font.path})


def families_in(folder: Path) -> list[str]:
    """The families of the font files in a folder."""
    return _fonts([str(folder)], embedded=False).families()


def pdf_from_data(
    data: dict[str, Any], options: PrintOptions, *, name: str
) -> tuple[bytes, list[dict[str, Any]]]:
    """The PDF of a document, and where its identifiers stand: `{"eids", "at"}`.

    `at` is page, x and y in points from the page's top left corner.  Raises
    DuizhaoError where Typst refuses or warns; `name` says of what.
    """
    compiler = _ready(options)
    pdf, found, strays = _compiled(compiler, data, name)
    for _ in range(_TRIES):
        rows = _begun_afresh(data["rows"], strays)
        if rows == data["rows"]:
            break
        data = data | {"rows": rows}
        pdf, found, strays = _compiled(compiler, data, name)
    return pdf, found


def card_png(data: dict[str, Any], *, name: str) -> bytes:
    """The picture that goes with a link (`templates/pdf/card.typ`), 1200 by 630 pixels.

    Raises DuizhaoError where Typst refuses; `name` says of what.
    """
    return _picture("card", _CARD_PPI, {"data": json.dumps(data, ensure_ascii=False)}, name)


def icon_png(side: int, *, whole: bool) -> bytes:
    """The site's icon (`templates/pdf/icon.typ`), of `side` pixels.

    `whole`: its ground reaches the edges, and what is drawn stays clear of them.
    Raises DuizhaoError where Typst refuses.
    """
    return _picture("icon", side * 72 / 48, {"whole": "yes" if whole else "no"}, "icon")


def _picture(template: str, ppi: float, inputs: dict[str, str], name: str) -> bytes:
    compiler = _picture_compiler(template)
    png = _asked(compiler.compile, name, format="png", ppi=ppi, sys_inputs=inputs)
    return png if isinstance(png, bytes) else b"".join(png or ())


@functools.cache
def _picture_compiler(template: str) -> typst.Compiler:
    return _compiler_of(template, _fonts(_own()))


def title_page(data: dict[str, Any]) -> dict[str, Any]:
    """What of a law's document its title page shows."""
    front = [row for row in data["rows"] if row["kind"] in ("title", "note")]
    marked = _notes_begun(front)
    notes = {key: note for key, note in data["notes"].items() if key in marked}
    return data | {"kind": "picture", "rows": front, "apparatus": [], "notes": notes}


def picture_from_data(
    data: dict[str, Any], options: PrintOptions, *, name: str
) -> tuple[bytes, tuple[int, int]]:
    """A document's title page as PNG, with its width and height in pixels."""
    compiler = _ready(options)
    inputs = {"data": json.dumps(title_page(data), ensure_ascii=False)}
    png, _ = _asked(compiler.compile_with_warnings, name, format="png", ppi=_PPI, sys_inputs=inputs)
    picture = png[0] if isinstance(png, list) else png
    if not picture:
        raise _refused(name, "there is no page", [], "")
    width, height = struct.unpack_from(">II", picture, 16)  # the header chunk of a PNG
    return picture, (width, height)


def _ready(options: PrintOptions) -> typst.Compiler:
    if _first_process() != os.getpid():
        raise RuntimeError("Typst’s threads do not survive a fork: start workers with “spawn”")
    thread = threading.get_ident()
    return _compiler(options.fonts, system_fonts=options.system_fonts, thread=thread)


def _compiled(
    compiler: typst.Compiler, data: dict[str, Any], name: str
) -> tuple[bytes, list[dict[str, Any]], set[str]]:
    """The PDF, where identifiers stand in it, the notes that are not by their marks."""
    year, month, day = data["date"]
    pdf, warnings = _asked(
        compiler.compile_with_warnings,
        name,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=datetime(year, month, day, tzinfo=UTC),
    )
    if warnings:
        worst = warnings[0]
        raise _refused(name, worst.message, worst.hints, worst.diagnostic)
    if not isinstance(pdf, bytes):  # a document always has one file
        raise _refused(name, "there is no page", [], "")
    (found,) = json.loads(compiler.query("<found>", field="value"))
    return pdf, found["places"], {label.removeprefix("fn:") for label in found["strays"]}


def _asked(ask: Callable[..., R], name: str, **how: Any) -> R:
    """What a compiler gives; DuizhaoError where Typst refuses, `name` says of what."""
    import typst  # noqa: PLC0415 - see above

    try:
        return ask(**how)
    except typst.TypstError as reason:
        raise _refused(name, reason.message, reason.hints, reason.diagnostic) from reason


def _begun_afresh(rows: list[dict[str, Any]], strays: set[str]) -> list[dict[str, Any]]:
    """The rows, with a new page before the first that marks a stray note.

    A heading above the row goes with it.  A long row stays: a note overleaf is the
    lesser evil than half a page left empty.
    """
    for n, row in enumerate(rows):
        if not (_notes_begun(row) & strays) or _length(row) > _LONG:
            continue
        at = n
        while at and (rows[at - 1]["kind"] == "heading" or rows[at - 1].get("sticky")):
            at -= 1
        if at and not rows[at].get("fresh"):
            return [*rows[:at], rows[at] | {"fresh": True}, *rows[at + 1 :]]
    return rows


def _length(row: dict[str, Any]) -> int:
    """Characters of a row's longest column."""
    columns = (row.get(language, []) for language in ("zh", "en"))
    return max(sum(len(run["t"]) for run in runs if "t" in run) for runs in columns)


def _notes_begun(value: Any) -> set[str]:
    """The notes that have their footnote in a row."""
    if isinstance(value, dict):
        if "first" in value:
            return {value["id"]} if value["first"] else set()
        return set().union(*map(_notes_begun, value.values()))
    if isinstance(value, list):
        return set().union(*map(_notes_begun, value))
    return set()


def _refused(name: str, message: str, hints: list[str], diagnostic: str) -> DuizhaoError:
    return DuizhaoError(
        [
            error(
                "typesetting",
                Position(file=name, text=diagnostic.partition("\n")[0][:200]),
                f"Typst cannot set this: {message}.",
                "; ".join(hints),
            )
        ]
    )
