"""Every kind of provision a law may have, in an invented law, in every form."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from duizhao.editing.decisions import decisions_from_toml
from duizhao.editing.edition_from_decisions import edition_from_decisions
from duizhao.ground.problems import DuizhaoError, render
from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.bilingual import Bilingual, Translation, bilingual_from_edition, sources
from duizhao.languages.catalog import Catalog, Entry
from duizhao.languages.leaves import leaves
from duizhao.parser.edition import (
    Annex,
    Article,
    Division,
    Edition,
    Gap,
    Item,
    Metadata,
    Note,
    Paragraph,
    Table,
    Unit,
    units,
)
from duizhao.parser.edition_from_reading import editions_from_reading
from duizhao.parser.reading import reading_from_witness
from duizhao.sources.witness import witness_from_text
from duizhao.writers.typeset import PrintOptions, law_pdf, leaf_pdf, read_back, read_back_law
from duizhao.writers.typeset.options import FORMS
from duizhao.writers.typeset.pdf_text import blocks_from_pdf, destinations_from_pdf

pytestmark = pytest.mark.pdf

BOOK = """某省古树名木保护条例
（2020年1月2日某省人民代表大会常务委员会通过）
目录
第一编 总则
第一章 一般规定
第一节 目的
第二节 范围
第二编 分则
第一章 保护
附则
第一编 总则
第一章 一般规定
第一节 目的
第一条 【目的】为了保护古树名木，制定本条例。
第二节 范围
第二条 【范围】古树名木包括：
（一）树龄一百年以上的树木：
1．一级，五百年以上；
2．二级，三百年以上。
（二）稀有的树木。
前款所列树木由县级人民政府公布。
第二条之一 本条例不适用于盆景。
第二编 分则
第一章 保护
第三条 任何单位和个人不得损害古树名木。
附则
第四条 本条例自2020年5月1日起施行。
附件 古树名木等级
一级为五百年以上。
"""


def bilingual(edition: Edition) -> Bilingual:
    entries = {
        eid: Entry(eid=eid, source=zh, target=f"English of {eid}.", fuzzy=False, line=1)
        for eid, zh in sources(edition)
    }
    return bilingual_from_edition(edition, Catalog(path="x.po", language="en", entries=entries))


def book() -> Edition:
    witness = witness_from_text(BOOK, name="book.txt")
    (edition,) = editions_from_reading(reading_from_witness(witness), law_id="trees").editions
    return edition


def unit(eid: str, text: str, role: str = "paragraph") -> Unit:
    return Unit(eid=eid, role=role, text=plain(text, line=1))


def law(
    *body: Article | Gap, notes: tuple[Note, ...] = (), annexes: tuple[Annex, ...] = ()
) -> Edition:
    return Edition(
        law_id="law",
        metadata=Metadata(title="某条例", edition_date="2026-01-02"),
        title=unit("title", "某条例", "title"),
        body=body,
        notes=notes,
        annexes=annexes,
    )


def assert_prints(edition: Edition) -> dict[str, bytes]:
    pair = bilingual(edition)
    out = {}
    for form in FORMS:
        out[form] = law_pdf(pair, options=PrintOptions(form=form))
        assert [render(p) for p in read_back_law(out[form], pair, form)] == []
        for leaf in leaves(edition):
            pdf = leaf_pdf(pair, leaf, options=PrintOptions(form=form))
            assert [render(p) for p in read_back(pdf, pair, leaf, form)] == []
    return out


def test_parts_sections_titles_items_subitems_annexes() -> None:
    edition = book()
    assert {"part_1__chp_1__sec_2", "art_2-1"} <= set().union(
        *(leaf.eids for leaf in leaves(edition))
    )
    printed = assert_prints(edition)
    heading = next(b for b in blocks_from_pdf(printed["zh"]) if "【范围】" in b.text)
    assert (heading.kind, heading.text) == ("H5", "第二条【范围】")
    with pikepdf.open(io.BytesIO(printed["zh"])) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20200501")


def test_a_long_title_is_cut_in_the_running_head() -> None:
    edition = book()
    long = "某省古树名木和其他珍贵树木保护管理及其监督检查若干问题的规定"
    edition = replace(edition, metadata=replace(edition.metadata, title=long, short_title=""))
    pdf = law_pdf(bilingual(edition), options=PrintOptions())
    page = pypdfium2.PdfDocument(pdf)[2]
    text = page.get_textpage().get_text_bounded(bottom=page.get_height() - 70)
    (line,) = text.strip().splitlines()
    title, articles = line.split("…")
    assert long.startswith(title)
    assert len(title) > 10
    assert articles.split()[0] == "第一条—第四条"


def test_pinyin_of_a_second_line_stands_clear_of_the_first() -> None:
    long = "某省古树名木和其他珍贵树木保护管理及其监督检查若干问题的规定"
    edition = book()
    assert isinstance(edition.body[0], Division)
    headed = replace(edition.body[0], heading=unit("part_1__heading", long, "heading"))
    edition = replace(edition, title=unit("title", long, "title"), body=(headed, *edition.body[1:]))
    pdf = law_pdf(bilingual(edition), options=PrintOptions(form="pinyin"))
    for page in list(pypdfium2.PdfDocument(pdf))[0:3:2]:
        text = page.get_textpage()
        drawn = [(c, text.get_charbox(n)) for n, c in enumerate(text.get_text_range())]
        sounds = [box for c, box in drawn if c.isalpha() and c < "\u0250"]
        words = [box for c, box in drawn if "\u4e00" <= c <= "\u9fff"]
        assert len(sounds) > len(words) > len(long) - 5
        for left, bottom, right, top in sounds:
            assert not [
                w for w in words if w[0] < right and left < w[2] and w[1] < top and bottom < w[3]
            ]


@pytest.mark.parametrize("form", ["zh", "parallel"])
def test_the_bracket_of_a_number_stands_apart_from_the_text(form: str) -> None:
    size = 10.5
    pdf = law_pdf(bilingual(book()), options=PrintOptions(form=form))
    text = pypdfium2.PdfDocument(pdf)[2].get_textpage()
    bracket = text.get_text_range().index("）")
    between = text.get_charbox(bracket + 1)[0] - text.get_charbox(bracket)[2]
    assert 0.4 * size < between < 0.9 * size


def test_an_item_that_goes_on_in_a_line_without_a_number() -> None:
    text = BOOK.replace(
        "（二）稀有的树木。\n", "（二）稀有的树木。\n稀有由省人民政府认定。\n（三）其他。\n"
    )
    witness = witness_from_text(text, name="book.txt")
    (edition,) = editions_from_reading(reading_from_witness(witness), law_id="trees").editions
    bare = [u for u in units(edition) if str(u.text) == "稀有由省人民政府认定。"]
    assert [u.role for u in bare] == ["subitem"]
    printed = assert_prints(edition)
    assert "稀有由省人民政府认定。" in [b.text for b in blocks_from_pdf(printed["zh"])]
    english = [b for b in blocks_from_pdf(printed["en"]) if b.text == f"English of {bare[0].eid}."]
    assert [block.labels for block in english] == [[]]


def test_contents_give_pages() -> None:
    printed = assert_prints(book())
    pages = destinations_from_pdf(printed["zh"])
    lines = [b for b in blocks_from_pdf(printed["zh"]) if b.text == "第二编 分则"]
    assert lines[0].labels == [str(pages["part_2"] + 1)]


def test_a_law_without_chapters() -> None:
    assert_prints(law(Article(eid="art_1", number="第一条", body=())))


def test_a_law_without_a_title_has_that_of_its_editors() -> None:
    edition = replace(book(), title=None, metadata=Metadata(title="古树条例", adopted="2020-01-02"))
    for form, pdf in assert_prints(edition).items():
        first = next(b for b in blocks_from_pdf(pdf) if b.kind == "H1")
        assert first.text == ("[古树条例]" if form == "en" else "〔古树条例〕")


def test_points_that_serve_as_articles() -> None:
    paragraph = Paragraph(eid="art_1__para_1", ordinal=1, lead=unit("art_1__para_1", "修改如下。"))
    edition = law(Article(eid="art_1", number="一", body=(paragraph,)))
    printed = assert_prints(edition)
    assert "一、" in [b.text for b in blocks_from_pdf(printed["zh"])]


def test_five_hundred_items() -> None:
    items = tuple(
        Item(
            eid=f"art_1__para_1__point_{n}",
            number=f"（{n}）",
            unit=unit(f"art_1__para_1__point_{n}", f"第{n}项应当公布的事项；", "item"),
        )
        for n in range(1, 501)
    )
    paragraph = Paragraph(
        eid="art_1__para_1", ordinal=1, lead=unit("art_1__para_1", "下列事项："), items=items
    )
    assert_prints(law(Article(eid="art_1", number="第一条", body=(paragraph,))))


@pytest.mark.parametrize(("columns", "lines"), [(2, 40), (6, 40), (24, 12)])
def test_tables_however_wide(columns: int, lines: int) -> None:
    table = Table(
        eid="art_1__table_1",
        rows=tuple(
            tuple(
                unit(f"art_1__table_1__cell_{r}_{c}", f"第{r}行{c}列", "cell")
                for c in range(columns)
            )
            for r in range(lines)
        ),
    )
    annex = Annex(
        eid="annex_1",
        heading=unit("annex_1__heading", "附表", "heading"),
        blocks=(
            unit("annex_1__para_1", "说明。", "annex"),
            replace(
                table,
                eid="annex_1__table_1",
                rows=((unit("annex_1__table_1__cell_1", "甲", "cell"),),),
            ),
        ),
    )
    edition = law(Article(eid="art_1", number="第一条", body=(table,)), annexes=(annex,))
    assert_prints(edition)


def wide(columns: int, chinese: str, translation: str) -> Bilingual:
    """A law that is one table of two lines, the same words in each cell."""
    eids = [f"art_1__table_1__cell_{r}_{c}" for r in (1, 2) for c in range(columns)]
    cells = [unit(eid, chinese, "cell") for eid in eids]
    table = Table(eid="art_1__table_1", rows=(tuple(cells[:columns]), tuple(cells[columns:])))
    pair = bilingual(law(Article(eid="art_1", number="第一条", body=(table,))))
    for eid in eids:
        pair.translations[eid] = Translation(text=translation, status="translated")
    return pair


@pytest.mark.parametrize("columns", [3, 9, 24])
def test_long_words_stay_in_their_cells(columns: int) -> None:
    word = "Verwaltungsrechtsstreitigkeiten"
    pair = wide(columns, "行政争议", word)
    pdf = leaf_pdf(pair, leaves(pair.edition)[0], options=PrintOptions())
    assert list(read_back(pdf, pair, leaves(pair.edition)[0], "parallel")) == []
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    margin = 21 / 25.4 * 72
    assert max(right for _, _, right, _ in boxes) < page.get_width() - margin + 0.1


def test_a_table_that_no_page_has_room_for_is_refused() -> None:
    pair = wide(90, "甲", "A")
    with pytest.raises(DuizhaoError) as caught:
        law_pdf(pair, options=PrintOptions())
    (problem,) = caught.value.problems
    assert problem.code == "print-table"
    assert problem.position.path == ("art_1__table_1",)
    assert "has 90 columns; the page has room for" in problem.message


def test_gaps_in_every_place_and_notes_of_every_kind() -> None:
    def piece(text: str, mark: str = "", note: str = "") -> Piece:
        return Piece(text=text, original=text, line=1, column=0, note=note, mark=mark)

    cut = Text((piece("", "gap", "lost"), piece("应当申请")))
    ends = Text(
        (
            piece("甲应"),
            piece("当", "emendation", "mended"),
            piece("申请", "query", "odd"),
            piece("", "gap", "lost"),
        )
    )
    middle = Text((piece("甲"), piece("", "gap", "lost"), piece("乙")))
    notes = (
        Note(id="lost", kind="gap", zh="缺若干字。", what="若干字", targets=("art_1",)),
        Note(id="mended", kind="emendation", zh="原作“党”。"),
        Note(id="odd", kind="query", zh="疑有误。", reading="报告"),
        Note(id="twice", kind="number", zh="又作第三条。", targets=("art_1",)),
        Note(id="again", kind="number", zh="又作第五条。", targets=("art_1",)),
        Note(id="moved", kind="order", zh="移到前面。"),
        Note(id="more", kind="gap", zh="其后全缺。", what="其余各条"),
    )
    edition = law(
        Article(
            eid="art_1",
            number="第一条",
            supplied=True,
            body=tuple(
                Paragraph(
                    eid=f"art_1__para_{n}",
                    ordinal=None if n == 1 else n,
                    lead=Unit(eid=f"art_1__para_{n}", role="paragraph", text=text),
                )
                for n, text in enumerate((cut, ends, middle), 1)
            ),
        ),
        Article(eid="art_2", number="第二条", body=(Gap(eid="gap_inner", note="lost"),)),
        Gap(eid="gap_more", note="more", missing=("art_3", "art_4")),
        notes=notes,
    )
    printed = assert_prints(edition)
    text = [b.text for b in blocks_from_pdf(printed["zh"])]
    assert "〔缺〕应当申请" in text
    assert "甲应当申请〔缺〕" in text
    assert "[text lost]" not in "".join(text)
    assert "〔第一条〕" in text
    assert {"art_3", "art_4"} <= destinations_from_pdf(printed["zh"]).keys()


DOUBTED = """某市公园条例
（2020年1月2日某市人民代表大会常务委员会通过）
第一章 总则
第一条 甲。
第二条 公园包括：
（一）乙；
（二）丙。
第二章 附则
第三条 本条例自2020年5月1日起施行。
"""


@pytest.mark.parametrize(
    ("line", "quoted", "identifier"),
    [
        (1, "公园条例", ""),
        (3, "第一章", ""),
        (3, "第一章", "chp_u1"),
        (5, "第二条", ""),
        (5, "第二条", "art_u1"),
        (7, "（二）", ""),
        (7, "（二）", "point_u1"),
        (8, "附则", ""),
    ],
)
def test_a_doubt_about_a_number_or_a_heading_has_its_mark_and_its_note(
    line: int, quoted: str, identifier: str
) -> None:
    witness = witness_from_text(DOUBTED, name="parks.txt")
    toml = f'''[law]
id = "parks"
edition_date = "2026-01-02"
[[witness]]
file = "parks.txt"
sha256 = "{witness.sha256}"
description = "x"
[[query]]
id = "doubt"
line = {line}
text = "{quoted}"
identifier = "{identifier}"
why = "疑。"
'''
    edition = edition_from_decisions(decisions_from_toml(toml, path="x.toml"), witness)
    printed = assert_prints(edition)
    blocks = blocks_from_pdf(printed["zh"])
    assert [block.labels for block in blocks if block.labels] == [["1"]]
    headings = {block.text for block in blocks if block.kind.startswith("H")}
    assert {"某市公园条例", "第一章总则", "第二章附则"} <= {h.replace(" ", "") for h in headings}
    assert "Article 2" in {block.text for block in blocks_from_pdf(printed["en"])}
