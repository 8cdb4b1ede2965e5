"""Prints with translations in languages of other scripts: Tibetan, Arabic.

What stands for a translation here is a few words put together to be set, and no
translation of anything.
"""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import fontpkg_amiri
import pikepdf
import polib
import pypdfium2
import pytest
from tests.pdf.conftest import Invent

from duizhao.ground.problems import DuizhaoError
from duizhao.languages.bilingual import Bilingual
from duizhao.languages.leaves import leaves
from duizhao.languages.ui import Interface, interface_from_file
from duizhao.writers.typeset import (
    PrintOptions,
    Words,
    law_pdf,
    leaf_pdf,
    options_for,
    read_back,
    read_back_law,
)
from duizhao.writers.typeset.pdf_text import blocks_from_pdf

pytestmark = pytest.mark.pdf

#: Words to be set: “snow mountain”, “grass land”, “white”, “three”; no translation of a law.
TIBETAN = "གངས་རི་དང་རྩྭ་ཐང་། དཀར་པོ་གསུམ་ཡོད། བརྒྱད་སྐྱོབས་ཧཱུྃ།"
ARABIC = "كلمات للصف (١): الجبل، والعشب."
#: Static fonts with Tibetan, as Debian's fonts-ddc-uchen and fonts-noto-core install them.
FONTS = (
    os.environ.get("DUIZHAO_TIBETAN_FONT", ""),
    "/usr/share/fonts/truetype/tibetan/DDC_Uchen.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifTibetan-Regular.ttf",
)


@pytest.fixture
def tibetan(tmp_path: Path) -> Path:
    """A folder of a language with its font, as a site has one."""
    found = next((Path(name) for name in FONTS if name and Path(name).is_file()), None)
    if found is None:
        pytest.skip("no font has Tibetan here (Debian: apt install fonts-ddc-uchen)")
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / found.name).write_bytes(found.read_bytes())
    return folder


def speaking(folder: Path, language: str, **messages: str) -> Interface:
    """An interface whose catalog has a few messages."""
    path = folder / language / "LC_MESSAGES"
    path.mkdir(parents=True, exist_ok=True)
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(polib.POEntry(msgid=k, msgstr=v) for k, v in messages.items())
    catalog.save(str(path / "ui.po"))
    return interface_from_file(folder, language)


def words_of(bilingual: Bilingual, options: PrintOptions) -> Words:
    return Words(language=bilingual.language, own=options.words)


def glyphs(pdf: bytes) -> set[int]:
    """Every glyph number that is shown: fonts of Typst are Identity-H, two bytes a glyph."""
    out: set[int] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for instruction in pikepdf.parse_content_stream(page, "Tj TJ"):
                shown = instruction.operands[0]
                for string in shown if isinstance(shown, pikepdf.Array) else [shown]:
                    if isinstance(string, pikepdf.String):
                        raw = bytes(string)
                        out |= {
                            int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)
                        }
    return out


@pytest.mark.parametrize("form", ["parallel", "en"])
def test_tibetan_is_set_and_read_back(
    invent: Invent, tibetan: Path, tmp_path: Path, form: str
) -> None:
    bilingual = invent([("雪山草地受保护。", TIBETAN), ("第二款。", TIBETAN * 12)], language="bo")
    ui = speaking(tmp_path, "bo", **{"Article {n}": "དོན་ཚན་{n}"})
    options = options_for(PrintOptions(form=form), ui, tibetan)
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=options)
    assert list(read_back(pdf, bilingual, leaf, form, words_of(bilingual, options))) == []
    texts = [block.text for block in blocks_from_pdf(pdf)]
    assert TIBETAN in texts
    assert "དོན་ཚན་1" in texts
    assert 0 not in glyphs(pdf), "glyph 0 is .notdef, the box of a missing character"
    tags = {tag for block in blocks_from_pdf(pdf) for tag, text in block.parts if "གངས" in text}
    assert tags == {"bo-CN"}


def test_a_whole_law_in_tibetan(invent: Invent, tibetan: Path, tmp_path: Path) -> None:
    bilingual = invent([("雪山草地受保护。", TIBETAN)], language="bo")
    options = options_for(PrintOptions(), interface_from_file(tmp_path, "bo"), tibetan)
    pdf = law_pdf(bilingual, options=options)
    assert list(read_back_law(pdf, bilingual, "parallel", words_of(bilingual, options))) == []


def test_lines_break_after_the_mark_between_syllables(invent: Invent, tibetan: Path) -> None:
    bilingual = invent([("雪山。", TIBETAN * 8)], language="bo")
    options = options_for(PrintOptions(), interface_from_file(tibetan, "bo"), tibetan)
    pdf = leaf_pdf(bilingual, leaves(bilingual.edition)[0], options=options)
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded().splitlines()
    ends = [line.rstrip()[-1] for line in lines if line.strip().startswith(("གངས", "རི", "རྩྭ"))]
    assert ends
    assert set(ends) <= {"་", "།"}


def test_without_a_font_each_character_is_named(invent: Invent) -> None:
    bilingual = invent([("雪山。", TIBETAN)], language="bo")
    with pytest.raises(DuizhaoError) as caught:
        leaf_pdf(bilingual, leaves(bilingual.edition)[0], options=PrintOptions())
    found = caught.value.problems
    assert {problem.code for problem in found} == {"print-missing-glyph"}
    problem = next(p for p in found if "`art_1__para_1`" in p.message)
    assert "U+0F42 TIBETAN LETTER GA" in problem.message
    assert "translations/<language>/fonts/" in problem.hint


def amiri(folder: Path) -> Path:
    """A folder of a language with a font that has Arabic."""
    fonts = folder / "fonts"
    fonts.mkdir()
    font = Path(fontpkg_amiri.__file__).parent / "files/Amiri-Regular.ttf"
    (fonts / font.name).write_bytes(font.read_bytes())
    return fonts


@pytest.mark.parametrize("form", ["parallel", "en"])
def test_arabic_is_set_from_the_right(invent: Invent, tmp_path: Path, form: str) -> None:
    bilingual = invent([("山与草。", ARABIC * 7)], language="ar")
    ui = speaking(tmp_path, "ar", **{"Article {n}": "المادة {n}"})
    options = options_for(PrintOptions(form=form), ui, amiri(tmp_path))
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=options)
    assert list(read_back(pdf, bilingual, leaf, form, words_of(bilingual, options))) == []
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    at = {c: text.get_charbox(n)[0] for n, c in enumerate(text.get_text_range()) if c in "كج"}
    assert at["ك"] > at["ج"], "what is read first stands to the right"
    # In reading order, by another engine, which gives brackets as they are drawn; beside
    # Chinese the first line is not the Arabic's alone.
    swapped = ARABIC.translate(str.maketrans("()", ")("))
    alone = 7 if form == "en" else 4
    assert _solid(swapped * alone) in _solid(text.get_text_range())


def _solid(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", ["parallel", "en"])
def test_the_address_at_the_foot_begins_at_its_left(
    invent: Invent, tmp_path: Path, form: str
) -> None:
    bilingual = invent([("山与草。", ARABIC)], language="ar")
    ui = interface_from_file(tmp_path, "ar")
    options = options_for(PrintOptions(form=form), ui, amiri(tmp_path))
    address = "https://example.org/ar/town/"
    pdf = law_pdf(bilingual, options=options, permalink=address)
    text = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    shown = [n for n in range(text.count_chars()) if text.get_charbox(n)[1] < 70]
    slashes = [text.get_charbox(n)[0] for n in shown if text.get_text_range(n, 1) == "/"]
    (start,) = (text.get_charbox(n)[0] for n in shown if text.get_text_range(n, 2) == "ht")
    assert len(slashes) == address.count("/") + 1, "and one in the number of the page"
    assert min(slashes) > start


def test_chinese_in_a_line_from_the_right_is_read_back(invent: Invent, tmp_path: Path) -> None:
    bilingual = invent([("山与草。", ARABIC)], [("第二条的文字。", "")], language="ar")
    options = options_for(PrintOptions(), interface_from_file(tmp_path, "ar"), amiri(tmp_path))
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=options)
    words = words_of(bilingual, options)
    assert list(read_back(pdf, bilingual, leaf, "parallel", words)) == []
    assert "第一条" in "".join(block.text for block in blocks_from_pdf(pdf))


def test_what_a_language_cannot_say_is_said_in_chinese(invent: Invent, tibetan: Path) -> None:
    bilingual = invent([("雪山。", ""), ("草地。", TIBETAN)], language="bo")
    options = options_for(PrintOptions(), interface_from_file(tibetan, "bo"), tibetan)
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=options)
    assert list(read_back(pdf, bilingual, leaf, "parallel", words_of(bilingual, options))) == []
    whole = "".join(block.text for block in blocks_from_pdf(pdf))
    assert "〔未译〕" in whole
    for english in ("Article", "not yet", "Standing", "Edition of", "translated"):
        assert english not in whole


def test_words_of_the_page_change_with_the_language(tmp_path: Path) -> None:
    ui = speaking(tmp_path, "xx", Source="⟦Source⟧")
    words = Words(language="xx", own=options_for(PrintOptions(), ui, tmp_path / "no").words)
    assert words("Source") == ("底本", "⟦Source⟧")
    assert words("Licence") == ("许可", "许可")
    assert replace(PrintOptions(), words=()) == options_for(
        PrintOptions(), interface_from_file(tmp_path, "en"), tmp_path / "no"
    )
