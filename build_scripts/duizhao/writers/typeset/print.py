"""A chapter or a law as a PDF, from model to bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import Leaf
from duizhao.languages.pinyin import Readings
from duizhao.languages.ui import Interface
from duizhao.writers.typeset.compile import families_in, pdf_from_data, picture_from_data
from duizhao.writers.typeset.data import Provenance, document_from_leaf
from duizhao.writers.typeset.fonts import check_glyphs
from duizhao.writers.typeset.law_data import document_from_law
from duizhao.writers.typeset.options import PrintOptions
from duizhao.writers.typeset.tables import check_tables
from duizhao.writers.typeset.words import own_words


def options_for(options: PrintOptions, ui: Interface, fonts: Path) -> PrintOptions:
    """The options of prints with translations in the language of `ui`.

    The page speaks the language too.  `fonts` is the folder of the language's own font
    files, which need not be there; they are used where the first families lack a
    character.
    """
    own = replace(options, words=own_words(ui))
    if not fonts.is_dir():
        return own
    return replace(
        own,
        fonts=(*options.fonts, str(fonts)),
        families=(*options.families, *families_in(fonts)),
    )


def document_of(
    bilingual: Bilingual,
    leaf: Leaf | None,
    *,
    options: PrintOptions,
    permalink: str = "",
    witness_sha256: str = "",
    witness_name: str = "",
    readings: Readings | None = None,
    ui: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """A chapter, or with None the whole law, as plain data: all that a print is made of.

    `permalink` is the page, whole or below the options' `site_url`; `ui` gives the
    Chinese of the page's own English words, `readings` the pinyin of the form that
    prints it.
    """
    whole = urljoin(options.site_url, permalink) if options.site_url and permalink else permalink
    provenance = Provenance(
        permalink=whole, witness_sha256=witness_sha256, witness_name=witness_name
    )
    more: dict[str, Any] = {"options": options, "provenance": provenance, "ui": ui}
    data = (
        document_from_leaf(bilingual, leaf, readings=readings, **more)
        if leaf
        else document_from_law(bilingual, readings=readings, **more)
    )
    return {
        key: value if key == "languages" else _printed(value, options.languages)
        for key, value in data.items()
    }


def _printed(value: Any, languages: tuple[str, ...]) -> Any:
    """The data without the languages that are not printed: their changes change no print."""
    if isinstance(value, list):
        return [_printed(inner, languages) for inner in value]
    if isinstance(value, dict):
        both = value.keys() == {"zh", "en"}
        return {k: _printed(v, languages) for k, v in value.items() if not both or k in languages}
    return value


def leaf_pdf(bilingual: Bilingual, leaf: Leaf, *, options: PrintOptions, **more: Any) -> bytes:
    """One chapter as a PDF; `more` as `document_of`.

    Raises DuizhaoError where a glyph is missing or Typst refuses.
    """
    data = document_of(bilingual, leaf, options=options, **more)
    return _pdf(data, options, f"{bilingual.edition.law_id}/{leaf.slug}")


def law_pdf(bilingual: Bilingual, *, options: PrintOptions, **more: Any) -> bytes:
    """A whole law as one PDF, with title page, contents, editorial notes and colophon.

    The permalink is the law's own page; otherwise as `leaf_pdf`.
    """
    data = document_of(bilingual, None, options=options, **more)
    return _pdf(data, options, bilingual.edition.law_id)


def law_picture(
    bilingual: Bilingual, *, options: PrintOptions, **more: Any
) -> tuple[bytes, tuple[int, int]]:
    """A law's first page as PNG, with its width and height in pixels; as `law_pdf`."""
    data = document_of(bilingual, None, options=options, **more)
    require_settable(data, options, bilingual.edition.law_id)
    return picture_from_data(data, options, name=bilingual.edition.law_id)


def require_settable(data: dict[str, Any], options: PrintOptions, name: str) -> None:
    """Raise DuizhaoError where a document has what cannot be set; Typst is not asked."""
    problems = [
        *check_glyphs(data, options, name=name),
        *check_tables(data, options, name=name),
    ]
    if problems:
        raise DuizhaoError(problems)


def _pdf(data: dict[str, Any], options: PrintOptions, name: str) -> bytes:
    from duizhao.writers.typeset.finish import finished  # noqa: PLC0415 - slow to import

    require_settable(data, options, name)
    pdf, places = pdf_from_data(data, options, name=name)
    tags = {k: "-".join(filter(None, data["languages"][k])) for k in options.languages}
    main = options.languages[0]
    titles = {"x-default": data["title"][main]} | {tags[k]: data["title"][k] for k in tags}
    return finished(pdf, places, titles=titles, outline=_outline(data, options), name=name)


def _outline(data: dict[str, Any], options: PrintOptions) -> dict[str, str]:
    """The outline's entries in both languages, by what they are in the first."""
    if options.form != "parallel":
        return {}
    out = {}
    for row in data["rows"]:
        if row["kind"] in ("heading", "title"):
            zh, en = _plain(row["zh"]), _said(row["en"])
        elif "article" in row:
            zh, en = (_plain(row["label"][k]) for k in ("zh", "en"))
            if "title" in row:
                zh += _plain(row["title"]["zh"])
                en = f"{en} {_said(row['title']['en'])}".strip()
        else:
            continue
        out[zh] = f"{zh} · {en}" if en not in ("", zh) else zh
    return out


def _said(runs: list[dict[str, Any]]) -> str:
    """The words of a translation, none where there is only a sign that says why it has none."""
    return "" if all(run["m"] == "sign" for run in runs) else _plain(runs)


def _plain(runs: list[dict[str, Any]]) -> str:
    return "".join(run["t"] for run in runs)
