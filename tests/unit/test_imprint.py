"""What files that are passed on say of themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.parser.edition import Edition
from duizhao.site.pipeline import Site
from duizhao.writers.formats.imprint import as_html, as_text, imprint_of

UNOFFICIAL = "非官方文本，以官方公布的中文为准。"
WITNESS = "0" * 64


def dated(tiny: Site, effective: str, *, lost: int) -> Edition:
    """An edition in force from a day, with so many gaps."""
    edition = tiny.laws[0].edition
    metadata = replace(edition.metadata, effective=effective, edition_date="2031-02-03")
    gap = next(note for note in edition.notes if note.kind == "gap")
    return replace(edition, metadata=metadata, notes=(gap,) * lost)


@pytest.mark.parametrize(
    ("lost", "zh", "en"),
    [
        (1, "底本缺文1处，均已标明。", "The source lacks text in 1 place, which is marked."),
        (3, "底本缺文3处，均已标明。", "The source lacks text in 3 places, which are marked."),
    ],
)
def test_a_file_says_what_standing_its_text_has(tiny: Site, lost: int, zh: str, en: str) -> None:
    edition = dated(tiny, "2030-05-01", lost=lost)
    made = imprint_of(edition, address="https://example.org/zh/a&b/", witness=WITNESS)
    assert as_text(made).splitlines() == [
        "自2030年5月1日起施行。",
        zh,
        UNOFFICIAL,
        "In force from May 1, 2030.",
        en,
        "Unofficial; the officially published Chinese prevails.",
        "https://example.org/zh/a&b/",
        f"2031-02-03 · SHA-256 {WITNESS}",
    ]
    assert (
        '<p><a href="https://example.org/zh/a&amp;b/">https://example.org/zh/a&amp;b/</a></p>'
        in list(as_html(made))
    )


def test_what_is_not_known_is_not_said(tiny: Site) -> None:
    made = imprint_of(dated(tiny, "", lost=0), address="", witness=WITNESS)
    assert made.chinese == (UNOFFICIAL,)
    assert made.origin == (f"2031-02-03 · SHA-256 {WITNESS}",)
