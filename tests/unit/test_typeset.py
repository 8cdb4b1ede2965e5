"""The parts of the typesetting that need no PDF."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from duizhao.ground.text import Piece, Text
from duizhao.languages.ui import day
from duizhao.parser.edition import Article, Note
from duizhao.site.pipeline import Site
from duizhao.writers.formats.blocks import _Forms, _note
from duizhao.writers.pages.notes import kind_name, note_words
from duizhao.writers.typeset import PrintOptions, law_pdf, leaf_pdf
from duizhao.writers.typeset.fonts import characters
from duizhao.writers.typeset.pdf_text import _to_unicode
from duizhao.writers.typeset.readback import tidy
from duizhao.writers.typeset.runs import Marks, runs_by_script, runs_from_text
from duizhao.writers.typeset.words import (
    _CHINESE,
    PROPOSED,
    Words,
    _messages,
    article_label,
    note_label,
    own_words,
)


@pytest.mark.parametrize(
    ("number", "eid", "supplied", "expected"),
    [
        ("第八条", "art_8", False, ("第八条", "Article 8")),
        ("第一百二十条之一", "art_120-1", False, ("第一百二十条之一", "Article 120-1")),
        ("第十八条", "art_18", True, ("〔第十八条〕", "[Article 18]")),
        ("一", "art_1", False, ("一、", "1.")),
        ("笫二条", "art_2", False, ("笫二条", "Article 2")),
        ("苐二条", "art_2", False, ("苐二条", "Article 2")),
    ],
)
def test_article_labels(number: str, eid: str, supplied: bool, expected: tuple[str, str]) -> None:
    article = Article(eid=eid, number=number, body=(), supplied=supplied)
    assert article_label(article) == expected


def test_chinese_inside_english_is_cut_out_and_nothing_is_lost() -> None:
    text = "After “有” (have), 科普、宣传 and 《法》 may be an error."
    runs = runs_by_script(text, "en")
    assert "".join(run["t"] for run in runs) == text
    assert [run["t"] for run in runs if run["l"] == "zh"] == ["有", "科普、宣传", "《法》"]


def test_a_note_is_marked_once_at_the_end_of_its_words() -> None:
    def piece(text: str, mark: str = "", note: str = "") -> Piece:
        return Piece(text=text, original=text, line=1, column=0, note=note, mark=mark)

    text = Text((piece("甲"), piece("乙", "query", "n"), piece("丙", "query", "n"), piece("丁")))
    runs = runs_from_text(text, Marks((Note(id="n", kind="query", zh="疑。"),)))
    assert [(r["t"], r["m"], bool(r["n"])) for r in runs] == [
        ("甲", "", False),
        ("乙丙", "query", True),
        ("丁", "", False),
    ]


def test_normalisations_have_no_footnote() -> None:
    marks = Marks((Note(id="comma", kind="normalisation", zh="改为全角。"),))
    assert marks.mark("comma") == []
    assert marks.order == []


def test_the_font_has_chinese_and_not_everything() -> None:
    found = characters(pylopdf_fonts_zh_cn.serif_path())
    assert len(found) > 30_000
    assert ord("藏") in found
    assert 0x1B000 not in found


def test_a_file_that_is_no_font_has_no_characters(tmp_path: Path) -> None:
    (tmp_path / "x.otf").write_bytes(b"OTTO" + bytes(20))
    assert characters(tmp_path / "x.otf") == frozenset()


def test_to_unicode_tables_are_read() -> None:
    cmap = (
        b"2 beginbfchar <0001> <4E00> <0002> <00660069> endbfchar "
        b"2 beginbfrange <0003> <0004> <0041> <0005> <0006> [<D842DFB7> <4E01>] endbfrange"
    )
    assert dict(_to_unicode(cmap)) == {
        1: "一", 2: "fi", 3: "A", 4: "B", 5: "\U00020bb7", 6: "丁",
    }  # fmt: skip


def test_words_come_from_the_interface_where_it_has_them() -> None:
    assert Words()("Source") == ("底本", "Source")
    assert Words(lambda message: "来源" if message == "Source" else message)("Source")[0] == "来源"
    assert Words(lambda message: message)("Source")[0] == "底本"


def test_the_interfaces_catalog_says_the_same_chinese(real: Site) -> None:
    zh = real.interfaces["zh"]
    for english, chinese in _CHINESE.items():
        assert zh(english) == chinese
    assert own_words(zh) == tuple((m, zh(m)) for m, _ in own_words(zh)), "all are in the catalog"
    assert len(own_words(zh)) == len(set(_messages()))


def test_dates_in_both_languages() -> None:
    assert day("2024-09-26", "zh") == "2024年9月26日"
    assert day("2024-09-26", "en") == "September 26, 2024"
    assert day("", "en") == ""


def test_tidy_touches_white_space_only() -> None:
    assert tidy(" a  b\t\n c ") == "a b c"


def test_options_and_entry_points_can_be_sent_to_another_process() -> None:
    for thing in (PrintOptions(form="en"), leaf_pdf, law_pdf):
        assert pickle.loads(pickle.dumps(thing)) == thing  # noqa: S301


def test_notes_are_called_in_print_what_they_are_called_on_the_pages(real: Site) -> None:
    """What is cited from a print as a “query” was not to be found on the page by that name."""
    law = real.law("xizang-business-environment")
    pages = [real.view(law, code) for code in ("zh", "en")]
    words = Words(real.interfaces["zh"])
    kinds = {note.kind for note in law.edition.notes}
    assert kinds > {"query", "gap", "number", "join"}
    for note in law.edition.notes:
        assert note_label(note, words) == tuple(kind_name(view, note) for view in pages)
        if note.kind == "query" and note.reading:
            proposed = re.sub(r"<[^>]*>", "", note_words(pages[0], note))
            assert proposed.endswith(PROPOSED[0].format(reading=note.reading))
            in_files = _note(note, 1, law.bilingual["en"], _Forms("en", None))
            assert str(in_files.zh).endswith(PROPOSED[0].format(reading=note.reading))
