"""The print files of a law as the site offers them: addresses, sizes, pages.

What sets them is told in `prints`; pages and the theme need only this.
"""

from __future__ import annotations

from dataclasses import dataclass

from duizhao.languages.ui import Interface, message

PRINTS = "pdf"  # the folder, which has one for each law

#: What is printed, in the order in which it is offered.
PRINT_FORMS = ("parallel", "zh", "pinyin", "en")

_NAMES = {
    "parallel": message("Both languages"),
    "zh": message("Chinese"),
    "pinyin": message("Chinese with pinyin"),
    "en": message("Translation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFile:
    """One PDF: `slug` is the leaf's, "" of a whole law; `size` is in bytes.

    `language` is that of the translation; a print without one has "".
    """

    slug: str
    form: str
    language: str
    path: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPrints:
    """A law's PDFs, all of them in one archive, and a picture of the first page."""

    files: tuple[PrintFile, ...] = ()
    archive: str = ""
    archive_size: int = 0
    picture: str = ""
    picture_size: tuple[int, int] = (0, 0)  # pixels

    def of(self, slug: str, language: str) -> tuple[PrintFile, ...]:
        """The files of a leaf, of the whole law for "", with translations in `language`."""
        return tuple(f for f in self.files if f.slug == slug and f.language in ("", language))

    def find(self, slug: str, form: str, language: str) -> PrintFile | None:
        """One file, None where there is none."""
        return next((f for f in self.of(slug, language) if f.form == form), None)


def print_path(law_id: str, slug: str, form: str, language: str) -> str:
    """Where a PDF stands, below the site's root; `slug` is "" of a whole law."""
    name = slug.replace("/", "-") or law_id
    ending = {"zh": "zh", "pinyin": "zh-pinyin", "parallel": f"zh-{language}"}.get(form, language)
    return f"{PRINTS}/{law_id}/{name}.{ending}.pdf"


def archive_path(law_id: str) -> str:
    """Where the archive of a law's PDFs stands."""
    return f"{PRINTS}/{law_id}/{law_id}.zip"


def picture_path(law_id: str) -> str:
    """Where the picture of a law's first page stands."""
    return f"{PRINTS}/{law_id}/{law_id}.png"


def form_name(form: str, ui: Interface) -> str:
    """What a form is called in the page's language, where it is clear that it is a PDF."""
    return ui(_NAMES[form])


def extent(file: PrintFile, ui: Interface) -> str:
    """How long and how large a file is, in the page's language."""
    return ui.plural(
        "{n} page, {size}", "{n} pages, {size}", file.pages, size=weight(file.size, ui)
    )


def weight(size: int, ui: Interface) -> str:
    """A size in bytes as people read it."""
    return ui("{n} kB", n=ui.number(max(1, round(size / 1000))))
