"""The tasks of printing: what is set of a law, and the setting of one file.

A task can be sent to another process.  Nothing is handed on that was not read back
and found equal to the edition.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from typing import Any

from duizhao.ground.package import PACKAGE
from duizhao.ground.problems import DuizhaoError, Problem
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.law import Law
from duizhao.languages.leaves import Leaf
from duizhao.languages.pinyin import Readings
from duizhao.languages.print_files import PRINT_FORMS, picture_path, print_path
from duizhao.writers.typeset import (
    PrintOptions,
    Words,
    document_of,
    fonts_digest,
    law_pdf,
    law_picture,
    leaf_pdf,
    read_back,
    read_back_law,
    require_settable,
    title_page,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to be made: where it goes, what of, and the digests of its inputs by name.

    `leaf` is None for the whole law; `language` is that of the translation, "" where
    the form has none; the form "picture" is the law's first page as PNG.
    """

    path: str
    form: str
    language: str
    parts: Mapping[str, str] = field(repr=False)
    bilingual: Bilingual = field(repr=False)
    leaf: Leaf | None = field(repr=False)
    options: PrintOptions
    readings: Readings = field(repr=False)
    source: dict[str, Any]

    @property
    def key(self) -> str:
        """What the file is kept under."""
        return hashlib.sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A file and its figures: pages and 0 of a PDF, width and height of a picture."""

    data: bytes = field(repr=False)
    figures: tuple[int, int] = (0, 0)


def jobs_of(law: Law, options: Mapping[str, PrintOptions], readings: Readings) -> Iterator[Job]:
    """Everything that is printed of a law: the whole in each form, then each leaf.

    `options` are those of prints with translations in each language.  Raises DuizhaoError
    where the law has what cannot be set.
    """
    for first, (language, pair) in enumerate(law.bilingual.items()):
        for leaf in (None, *law.leaves):
            slug = leaf.slug if leaf else ""
            for form in PRINT_FORMS:
                alone = form in ("zh", "pinyin")
                if alone and first:
                    continue  # set already: it has no translation
                yield job_of(
                    law,
                    pair,
                    leaf,
                    options=replace(options[language], form=form),
                    path=print_path(law.id, slug, form, language),
                    language="" if alone else language,
                    permalink=page_address(law, leaf, form, language),
                    readings=readings,
                )
        if not first:
            yield job_of(
                law,
                pair,
                None,
                options=replace(options[language], form="parallel"),
                form="picture",
                path=picture_path(law.id),
                language="",
                permalink=f"zh/{law.id}/",
                readings=readings,
            )


def page_address(law: Law, leaf: Leaf | None, form: str, language: str) -> str:
    """The page, below the site's root, that a print is of."""
    page = language if form == "en" else "zh"
    return f"{page}/{law.id}/{leaf.slug}/" if leaf else f"{page}/{law.id}/"


def job_of(
    law: Law,
    pair: Bilingual,
    leaf: Leaf | None,
    *,
    options: PrintOptions,
    path: str,
    language: str,
    permalink: str,
    readings: Readings,
    form: str = "",
) -> Job:
    """One file to be made of a law or a leaf of it."""
    source: dict[str, Any] = {
        "permalink": permalink,
        "witness_sha256": law.witness.sha256,
        "witness_name": law.witness.name,
    }
    form = form or options.form
    document = document_of(pair, leaf, options=options, readings=readings, **source)
    if leaf is None:  # has all that its chapters have: told before hours of setting
        require_settable(document, options, law.id)
    document = title_page(document) if form == "picture" else document
    return Job(
        path=path,
        form=form,
        language=language,
        parts=_parts(document, options, form),
        bilingual=pair,
        leaf=leaf,
        options=options,
        readings=readings if options.pinyin else Readings(),
        source=source,
    )


def set_job(job: Job) -> tuple[Result, list[Problem]]:
    """Make one file and read it back; the file, and what is wrong with it."""
    more: dict[str, Any] = {"options": job.options, "readings": job.readings, **job.source}
    try:
        if job.form == "picture":
            data, figures = law_picture(job.bilingual, **more)
            return Result(data=data, figures=figures), []
        data = (
            leaf_pdf(job.bilingual, job.leaf, **more)
            if job.leaf
            else law_pdf(job.bilingual, **more)
        )
    except DuizhaoError as reason:
        return Result(data=b""), list(reason.problems)
    words = Words(language=job.bilingual.language, own=job.options.words)
    found = (
        read_back(data, job.bilingual, job.leaf, job.options.form, words)
        if job.leaf
        else read_back_law(data, job.bilingual, job.options.form, words)
    )
    return Result(data=data, figures=(page_count(data), 0)), list(found)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf  # noqa: PLC0415 - slow to import

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _parts(document: object, options: PrintOptions, form: str) -> dict[str, str]:
    content = json.dumps(document, ensure_ascii=False, sort_keys=True, default=str)
    return {
        "text, translation or notes": _digest(content),
        "options of print": _digest(f"{anywhere(options)!r}\n{form}"),
        "tools or fonts": tools_or_fonts(options.fonts, system=options.system_fonts),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def anywhere(options: PrintOptions) -> PrintOptions:
    """Options without the paths of fonts: what these are counts (`tools_or_fonts`), not where."""
    return replace(options, fonts=())


@cache
def tools_or_fonts(fonts: tuple[str, ...], *, system: bool = False) -> str:
    """The digest of what sets the PDFs, as this process found it: see `tools_or_fonts_now`."""
    return tools_or_fonts_now(fonts, system=system)


def tools_or_fonts_now(fonts: tuple[str, ...], *, system: bool) -> str:
    """The digest of what sets the PDFs: code, templates, Typst, and fonts.

    These are those of the options, with `system` those of the machine too.
    """
    sets = "writers/typeset/*.py", "templates/pdf/*", "building/prints/print_jobs.py"
    files = [path for each in sets for path in PACKAGE.glob(each)]
    parts = [version(name) for name in ("typst", "pikepdf", "pylopdf-fonts-zh-cn")]
    parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)]
    return _digest(" ".join([*parts, fonts_digest(fonts, system=system)]))
