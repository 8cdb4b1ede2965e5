"""Text is text: what looks like markup, or cannot be set, in an invented law."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.ground.problems import DuizhaoError, render
from duizhao.languages.bilingual import Bilingual, Translation
from duizhao.languages.leaves import leaves
from duizhao.writers.typeset import PrintOptions, leaf_pdf, options_from_mapping, read_back
from duizhao.writers.typeset.options import FORMS
from duizhao.writers.typeset.pdf_text import blocks_from_pdf

pytestmark = pytest.mark.pdf

HOSTILE = [
    '#panic() and #include "/etc/passwd"',
    "@ref @note <label> $x$ $ \\ #",
    "<script>alert(1)</script> {{ x }} [[y]] {% z %}",
    "*bold* _emphasis_ `code` ``` ~ ~~x~~ -- --- ... ''",
    "// a comment /* and another */ = heading - list + enum / term: x",
    "http://a.example//b?c=d#e «quoted» \"straight\" 'single'",
    "x" * 200,
    "第一条 = # 号开头，＠全角＠，“引号”‘内引号’——破折号……省略号·间隔",
    "１２３ＡＢＣ，。；：？！（）《》〈〉【】〔〕、",
]


def printed(bilingual: Bilingual, form: str = "parallel") -> bytes:
    return leaf_pdf(bilingual, leaves(bilingual.edition)[0], options=PrintOptions(form=form))


@pytest.mark.parametrize("form", FORMS)
def test_markup_comes_out_literally(invent: Callable[..., Bilingual], form: str) -> None:
    bilingual = invent(*([(text, text)] for text in HOSTILE))
    leaf = leaves(bilingual.edition)[0]
    pdf = printed(bilingual, form)
    found = [" ".join(block.text.split()) for block in blocks_from_pdf(pdf)]
    for text in HOSTILE:
        assert " ".join(text.split()) in found
    codes = {p.code for p in read_back(pdf, bilingual, leaf, form)}
    # Latin words in a Chinese column, and Chinese in an English one, are marked so.
    assert codes <= {"print-language"}


def test_a_dropped_character_is_found_and_named(invent: Callable[..., Bilingual]) -> None:
    whole = invent([("甲应当申请许可。", "A shall apply."), ("乙不得。", "B shall not.")])
    leaf = leaves(whole.edition)[0]
    short = invent([("甲应当申请许可。", "A shall apply."), ("乙得。", "B shall not.")])
    found = list(read_back(printed(short), whole, leaf, "parallel"))
    assert [(p.code, p.position.path) for p in found] == [("print-text", ("art_1__para_2", "zh"))]
    assert "from character 2" in found[0].message


def test_a_dropped_letter_of_the_translation_is_found(invent: Callable[..., Bilingual]) -> None:
    whole = invent([("甲应当申请许可。", "A shall apply.")])
    short = invent([("甲应当申请许可。", "A shal apply.")])
    found = list(read_back(printed(short), whole, leaves(whole.edition)[0], "parallel"))
    assert [p.position.path for p in found] == [("art_1__para_1", "en")]


def test_a_repeated_and_a_lost_provision_are_found(invent: Callable[..., Bilingual]) -> None:
    pair = ("甲应当申请许可，并且自收到之日起生效。", "A shall apply for a licence.")
    one, two = invent([pair]), invent([pair, pair])
    assert list(read_back(printed(two), one, leaves(one.edition)[0], "parallel"))
    assert list(read_back(printed(one), two, leaves(two.edition)[0], "parallel"))


@pytest.mark.parametrize("status", ["missing", "fuzzy", "stale"])
def test_an_untranslated_unit_shows_the_chinese_marked(
    invent: Callable[..., Bilingual], status: str
) -> None:
    bilingual = invent([("甲应当申请许可。", "A shall apply.")])
    bilingual.translations["art_1__para_1"] = Translation(text="", status=status)
    pdf = printed(bilingual, "en")
    assert list(read_back(pdf, bilingual, leaves(bilingual.edition)[0], "en")) == []
    text = next(b.text for b in blocks_from_pdf(pdf) if b.text.startswith("甲"))
    assert text.startswith("甲应当申请许可。 [")
    assert "A shall apply" not in "".join(b.text for b in blocks_from_pdf(pdf))


def test_a_missing_glyph_is_refused_with_character_and_provision(
    invent: Callable[..., Bilingual],
) -> None:
    bilingual = invent([("甲应当申请。", "Fine.")], [("乙\U00030edd𛀀应当申请。", "Fine.")])
    with pytest.raises(DuizhaoError) as caught:
        printed(bilingual)
    (problem,) = caught.value.problems
    assert problem.code == "print-missing-glyph"
    assert "U+30EDD" in problem.message
    assert "U+1B000" in problem.message
    assert "art_2__para_1" in render(problem)


def test_a_very_long_paragraph_is_set(invent: Callable[..., Bilingual]) -> None:
    zh, en = (
        "县级以上人民政府应当加强领导。" * 1400,
        "Governments shall strengthen leadership. " * 900,
    )
    bilingual = invent([(zh, en.strip())])
    leaf = leaves(bilingual.edition)[0]
    assert list(read_back(printed(bilingual), bilingual, leaf, "parallel")) == []


def test_an_empty_chapter_is_set(invent: Callable[..., Bilingual]) -> None:
    bilingual = invent()
    leaf = leaves(bilingual.edition)[0]
    assert list(read_back(printed(bilingual), bilingual, leaf, "parallel")) == []


@pytest.mark.parametrize(
    "fault", [{"paper": "a3"}, {"form": "latin"}, {"size_pt": 2}, {"margin_mm": 90}]
)
def test_options_that_cannot_be_set_are_refused(fault: dict[str, object]) -> None:
    with pytest.raises(DuizhaoError, match="print-option"):
        PrintOptions(**fault)  # type: ignore[arg-type]


def test_options_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    given: dict[str, object] = {"paper": "letter", "size": 12, "duplex": True, "fonts": ["fonts"]}
    options = options_from_mapping(given, tmp_path, site_url="https://law.example/")
    assert options == PrintOptions(
        paper="letter",
        size_pt=12,
        duplex=True,
        fonts=(str(tmp_path / "fonts"),),
        site_url="https://law.example/",
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"papier": "a4"}, "`printing` has no option `papier`"),
        ({"size": "12"}, "`printing: size` cannot be '12'"),
        ({"size": True}, "`printing: size` cannot be True"),
        ({"duplex": 1}, "give true or false"),
        ({"families": "Kaiti"}, "give a list of texts"),
        ({"fonts": ["nowhere.otf"]}, "name a file or folder that is there"),
        ({"paper": "a3"}, "`paper` cannot be 'a3'"),
    ],
)
def test_wrong_options_of_the_site_are_named(
    tmp_path: Path, given: dict[str, object], words: str
) -> None:
    with pytest.raises(DuizhaoError, match=re.escape(words)) as caught:
        options_from_mapping(given, tmp_path)
    assert [p.code for p in caught.value.problems] == ["print-option"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("duplex", [True, False])
def test_papers_and_sizes(invent: Callable[..., Bilingual], paper: str, duplex: bool) -> None:
    bilingual = invent([("甲应当申请许可。" * 90, "A shall apply. " * 90)])
    options = PrintOptions(paper=paper, duplex=duplex, size_pt=14, margin_mm=35)
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=options)
    assert list(read_back(pdf, bilingual, leaf, "parallel")) == []


def test_a_family_that_is_not_there_is_refused(invent: Callable[..., Bilingual]) -> None:
    bilingual = invent([("甲应当申请许可。", "A shall apply.")])
    options = PrintOptions(families=("No Such Family",))
    with pytest.raises(DuizhaoError, match="no such family"):
        leaf_pdf(bilingual, leaves(bilingual.edition)[0], options=options)


def test_the_machines_own_fonts_may_be_used(invent: Callable[..., Bilingual]) -> None:
    bilingual = invent([("甲应当申请许可。", "A shall apply.")])
    leaf = leaves(bilingual.edition)[0]
    pdf = leaf_pdf(bilingual, leaf, options=PrintOptions(system_fonts=True))
    assert list(read_back(pdf, bilingual, leaf, "parallel")) == []
