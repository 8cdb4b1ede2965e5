"""Adding a law from a file: what is written, that it happens once, what is refused."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.commands.add import _safe_name, add_file, law_ids_from_title, undecided
from duizhao.commands.starter import write_starter
from duizhao.ground.names import file_fault
from duizhao.ground.problems import DuizhaoError
from duizhao.parser.edition import articles, units_of
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import check_site

LAW = "某市图书馆条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n第一章　总则\n第一条　甲。\n第二条　乙。\n"


def _options(root: Path) -> Options:
    return Options(root=root, languages=("zh", "en"))


def test_a_clean_law_needs_no_decision(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert added.clean
    assert added.law_id == "mou-shi-tu-shu-guan-tiao-li"
    site = site_from_options(_options(tmp_path))
    assert [a.number for leaf in site.laws[0].leaves for a in leaf.articles] == ["第一条", "第二条"]
    assert [p for p in check_site(site) if p.severity == "error"] == []


def test_the_rule_of_a_table_needs_no_decision_either(tmp_path: Path) -> None:
    file = tmp_path / "fees.txt"
    law = "甲市公园条例\n第一条　收费如下：\n| 项目 | 元 |\n| --- | --- |\n| 门票 | 五 |\n"
    file.write_text(law + law.replace("甲", "乙"), encoding="utf-8")
    added = add_file(file, _options(tmp_path))
    for one in added:
        text = (one.folder / "edition.toml").read_text("utf-8")
        assert text.count("[[read]]") == 1
        assert "omit" not in text
    assert [p.code for p in undecided(added, replace(_options(tmp_path), pdf=False))] == []


def test_a_title_printed_twice_is_left_out_as_that(tmp_path: Path) -> None:
    """The reason is published: it says that the title comes again, not that nothing is there."""
    again = LAW.replace("第一章", "某市 图书馆条例\n第一章", 1)
    (tmp_path / "law.txt").write_text(again, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    (omit,) = tomllib.loads((added.folder / "edition.toml").read_text("utf-8"))["omit"]
    assert (omit["kind"], omit["begins"]) == ("repetition", "某市 图书馆条例")
    assert "标题重复" in omit["why"]


@pytest.mark.parametrize("end", ["第十九条　乙。\n", "第十九条　乙\n\n、丙。\n第十九条　丁。\n"])
def test_articles_counted_on_from_earlier_amendments_are_not_lost(tmp_path: Path, end: str) -> None:
    """The page said that 第一条至第十七条 of an amendment of the Constitution were lost."""
    file = tmp_path / "law.txt"
    file.write_text("某国宪法修正案\n（2004年3月14日某会议通过）\n第十八条　甲。\n" + end, "utf-8")
    (added,) = add_file(file, _options(tmp_path))
    assert "beginning-of-the-law" not in (added.folder / "edition.toml").read_text("utf-8")


@pytest.mark.parametrize("title", ["人体损伤程度鉴定标准", "某产业指导目录（2019年本）"])
def test_a_standard_has_no_articles(tmp_path: Path, title: str) -> None:
    """It was refused, and there was no way to have it published."""
    file = tmp_path / "law.txt"
    file.write_text(
        f"{title}\n1 范围\n本标准规定了鉴定的原则。\n3.1 重伤\n使人肢体残废的损伤。\n", "utf-8"
    )
    (added,) = add_file(file, _options(tmp_path))
    assert added.title == title


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    add_file(tmp_path / "law.txt", _options(tmp_path))
    toml = tmp_path / "seeds" / "mou-shi-tu-shu-guan-tiao-li" / "edition.toml"
    toml.write_text(toml.read_text("utf-8") + "# an editor's word\n", encoding="utf-8")
    (again,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert not again.new
    assert toml.read_text("utf-8").endswith("# an editor's word\n")


def test_another_text_under_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    add_file(tmp_path / "law.txt", _options(tmp_path))
    (tmp_path / "law.txt").write_text(LAW.replace("甲", "丁"), encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "law.txt", _options(tmp_path))
    assert {p.code for p in caught.value.problems} == {"add-exists"}
    assert "amended" in caught.value.problems[1].hint


def test_a_file_without_an_article_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("今天天气很好，大家一起去公园散步。\n", encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "note.txt", _options(tmp_path))
    assert {p.code for p in caught.value.problems} == {"no-article"}
    assert not (tmp_path / "seeds").exists()


RESOLUTION = """某市人民代表大会常务委员会关于批准某市公园规划的决议
（2024年1月1日某市人民代表大会常务委员会通过）
某市人民代表大会常务委员会决定：批准《某市公园规划》。
会议要求，某市人民政府应当组织实施。
"""


def test_a_resolution_has_no_article_and_is_added(tmp_path: Path) -> None:
    """It was refused: “check that it is the text of a law”."""
    (tmp_path / "resolution.txt").write_text(RESOLUTION, encoding="utf-8")
    (added,) = add_file(tmp_path / "resolution.txt", _options(tmp_path), law_id="plan")
    assert not added.clean  # articles that were not read would look so too
    assert undecided([added], _options(tmp_path)) == ()


def test_a_number_over_two_articles_in_order_is_doubted_and_divides_no_law(tmp_path: Path) -> None:
    """What followed the second was in no draft, or in one of a law of its own."""
    lines = (
        "第一条　甲。",
        "第二条　乙。",
        "第三条　丙。",
        "第三条　丁。",
        "第四条　戊。",
        "第五条　己。",
    )
    text = (
        "某市公园条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n" + "\n".join(lines) + "\n"
    )
    (tmp_path / "parks.txt").write_text(text, encoding="utf-8")
    (added,) = add_file(tmp_path / "parks.txt", _options(tmp_path), law_id="parks")
    assert not added.clean
    assert undecided([added], _options(tmp_path)) == ()
    draft = (added.folder / "edition.toml").read_text("utf-8")
    assert 'identifier = "art_u1"' in draft
    assert draft.count("[[query]]") == 2


@pytest.mark.parametrize(
    "text", ["购物清单\n牛奶\n面包\n", "关于春游的通知\n各位家长：\n我校定于五月春游。\n"]
)
def test_a_list_or_letter_is_no_resolution(tmp_path: Path, text: str) -> None:
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DuizhaoError, match="no-article"):
        add_file(tmp_path / "note.txt", _options(tmp_path))


@pytest.mark.parametrize("law_id", ["../../out", "Park", "a b", "con", "search", "x" * 101])
def test_an_id_that_cannot_be_a_folder_is_refused_and_writes_nothing(
    tmp_path: Path, law_id: str
) -> None:
    (tmp_path / "law.txt").write_text(LAW, encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "law.txt", _options(tmp_path / "site"), law_id=law_id)
    (problem,) = caught.value.problems
    assert problem.code == "unsafe-name"
    assert f"`{law_id}`" in problem.message
    assert problem.hint == "choose another id with --id"
    assert [p.name for p in tmp_path.rglob("*")] == ["law.txt"]


def test_a_page_with_two_laws_gives_two_drafts(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "seeds" / "witnesses" / "newspaper-page.txt"
    shutil.copy(page, tmp_path / "page.txt")
    added = add_file(tmp_path / "page.txt", _options(tmp_path))
    assert len(added) == 2
    assert not any(law.clean for law in added)
    site = site_from_options(_options(tmp_path))
    assert [p for p in check_site(site) if p.severity == "error"] == []


@pytest.mark.parametrize(
    ("title", "law_id"),
    [
        ("中华人民共和国慈善法", "ci-shan-fa"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "law"),
    ],
)
def test_an_identifier_is_safe_to_be_a_folder(title: str, law_id: str) -> None:
    assert law_ids_from_title(title) == (law_id,)


def test_a_long_name_keeps_its_end_and_may_be_built(tmp_path: Path) -> None:
    for year in (2004, 2010):
        title = f"{'最高人民法院、最高人民检察院' * 5}的解释_{year}-09-03.txt"
        (tmp_path / title).write_text(LAW, encoding="utf-8")
        added = add_file(tmp_path / title, _options(tmp_path), law_id=f"law-{year}")
        assert undecided(added, _options(tmp_path)) == ()
    names = [p.name for p in sorted((tmp_path / "seeds/witnesses").iterdir())]
    assert [name[-18:] for name in names] == ["的解释_2004-09-03.txt", "的解释_2010-09-03.txt"]


def test_long_titles_that_begin_alike_have_ids_of_their_own(tmp_path: Path) -> None:
    begins = "最高人民法院、最高人民检察院关于办理破坏环境资源"
    for name, what in (("a", "刑事案件"), ("b", "民事纠纷案件")):
        text = LAW.replace("某市图书馆条例", f"{begins}{what}适用法律的解释")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    first, second, again, other = (
        add_file(tmp_path / f"{name}.txt", _options(tmp_path))[0] for name in "abab"
    )
    assert (first.new, second.new, again.new, other.new) == (True, True, False, False)
    assert (first.law_id, second.law_id) == (again.law_id, other.law_id)
    assert first.law_id == "zui-gao-ren-min-fa-yuan-zui-gao-ren-min-jian-cha-yuan-guan"
    assert second.law_id.endswith("-min-shi-jiu-fen-an-jian-shi-yong-fa-lv-de-jie-shi")


def test_two_laws_of_one_title_are_two_laws(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text(LAW + LAW, encoding="utf-8")
    added = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert [law.law_id for law in added] == [
        "mou-shi-tu-shu-guan-tiao-li",
        "mou-shi-tu-shu-guan-tiao-li-2",
    ]
    assert undecided(added, _options(tmp_path)) == ()


def test_a_text_without_any_date_waits_for_one(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_text("某市图书馆条例\n第一条　甲。\n", encoding="utf-8")
    added = add_file(tmp_path / "law.txt", _options(tmp_path))
    (problem,) = undecided(added, _options(tmp_path))
    assert problem.code == "print-date"
    assert problem.position.file == "seeds/mou-shi-tu-shu-guan-tiao-li/edition.toml"
    assert undecided(added, replace(_options(tmp_path), pdf=False)) == ()


def test_what_a_build_would_refuse_is_said_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = LAW + "第四条　丁。\n本报讯 昨日天晴。\n第三条　丙。\n"
    write_starter(tmp_path / "site")
    (tmp_path / "law.txt").write_text(torn, encoding="utf-8")
    assert main(["--root", str(tmp_path / "site"), "add", str(tmp_path / "law.txt")]) == 1
    said = capsys.readouterr().err
    assert "line-unaccounted" in said
    assert "law.txt:7" in said


def test_a_number_that_stands_twice_is_doubted_and_an_editor_must_look(tmp_path: Path) -> None:
    twice = LAW + "第二章　管理\n第三条　丙。\n第二章　附则\n第四条　丁。\n"
    (tmp_path / "law.txt").write_text(twice, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert not added.clean
    assert undecided([added], _options(tmp_path)) == ()
    queries = tomllib.loads((added.folder / "edition.toml").read_text("utf-8"))["query"]
    assert [(q["line"], q.get("identifier", "")) for q in queries] == [(6, ""), (8, "chp_u1")]


@pytest.mark.parametrize(
    ("first", "what"),
    [("第三条　丙。\n", "第一条至第二条"), ("第二章　管理\n第二条　丙。\n", "第一条")],
)
def test_a_law_whose_first_article_is_another_begins_with_a_gap(
    tmp_path: Path, first: str, what: str
) -> None:
    text = "".join(LAW.splitlines(keepends=True)[:2]) + first
    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert not added.clean
    (gap,) = tomllib.loads((added.folder / "edition.toml").read_text("utf-8"))["gap"]
    assert (gap["before"], gap["what"]) == (3, what)
    assert undecided([added], _options(tmp_path)) == ()


@pytest.mark.parametrize("above", ["引言。\n", "总则\n引言。\n"])
def test_words_above_the_first_article_are_no_gap(tmp_path: Path, above: str) -> None:
    text = "".join(LAW.splitlines(keepends=True)[:2]) + above + "第二条　丙。\n"
    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert "[[gap]]" not in (added.folder / "edition.toml").read_text("utf-8")


HEAD = "某市用水条例\n（2024年1月1日某市人民代表大会常务委员会通过）\n"


@pytest.mark.parametrize(
    ("body", "clean"),
    [
        ("第一条　水费计算公式：\n水费＝用水量×单价\n单价由市人民政府定。\n第二条　乙。\n", True),
        ("第一条　标准如下：\n类别  罚款（万元）\n一般  1—3\n严重  3—10\n第二条　乙。\n", False),
        ("第一条　甲。[1]\n第二条　依照第一条执行\n第三条　丙.\n[1] 本条已修改。\n", False),
    ],
    ids=["formula", "table", "footnote"],
)
def test_lines_without_a_closing_mark_tear_no_law(tmp_path: Path, body: str, clean: bool) -> None:
    (tmp_path / "law.txt").write_text(HEAD + body, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert added.clean is clean  # else an editor must look
    decisions = (added.folder / "edition.toml").read_text("utf-8")
    assert not any(f"[[{kind}]]" in decisions for kind in ("read", "join", "gap"))
    assert undecided([added], _options(tmp_path)) == ()


def test_a_sentence_over_two_lines_is_joined_where_it_is_cut(tmp_path: Path) -> None:
    body = "第一条　为了节约用水，根据有关法\n\n、法规制定本条例。\n第二条　乙。\n"
    (tmp_path / "law.txt").write_text(HEAD + body, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert undecided([added], _options(tmp_path)) == ()
    (law,) = site_from_options(_options(tmp_path)).laws
    first = next(iter(articles(law.edition.body)))
    assert [str(u.text) for u in units_of(first)] == ["为了节约用水，根据有关法、法规制定本条例。"]


def test_a_law_whose_line_ends_are_lost_is_told_so(tmp_path: Path) -> None:
    """“Check that it is the text of a law” was said of one."""
    text = "某市公园的规矩 2024年1月1日某市居民会议商定 第一条 甲。 第二条 乙。"
    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "law.txt", _options(tmp_path))
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.line) == ("no-article", 1)
    assert problem.position.text[problem.position.column - 1 :].startswith("第一条")
    assert "begin a line" in problem.hint


def test_columns_side_by_side_give_no_draft(tmp_path: Path) -> None:
    """The title and every paragraph were halves of lines put together, and it was added."""
    left, right = "应当将公园建设和管理纳入国民经济", "和社会发展规划，安排经费。"
    lines = "".join(
        f"第{n}条　某市人民政府{left}    第{n}十条　{right}\n" for n in "一二三四五六七八九"
    )
    (tmp_path / "law.txt").write_text(HEAD + lines * 3, encoding="utf-8")
    with pytest.raises(DuizhaoError) as caught:
        add_file(tmp_path / "law.txt", _options(tmp_path))
    assert [p.code for p in caught.value.problems] == ["columns-beside"]
    assert main(["examine", str(tmp_path / "law.txt"), "--out", str(tmp_path / "seeds")]) == 1
    assert not (tmp_path / "seeds").exists()


CUT = (
    (
        "第一条　为了保护和合理利用水资源，根据《中华人民共和国水",
        "法》，结合本市实际，制定本条例。",
    ),
    ("第二条　本市行政区域内的单位和个人使用城市公共供水和自备", "水源的，应当遵守本条例。"),
    ("第三条　水行政主管部门负责节约用水的规划、指导、检查和监督", "管理工作。"),
)
SIGNED = (
    "第四条　本条例由某市人民政府水行政主管部门负责解释和组织实施",
    "某市人民政府",
    "2024年2月1日",
)


@pytest.mark.parametrize("cut", [3, 2])
def test_lines_that_end_where_their_page_does_are_joined(tmp_path: Path, cut: int) -> None:
    lines = [line for pair in CUT[:cut] for line in pair] + [*SIGNED]
    (tmp_path / "law.txt").write_text(HEAD + "\n\n".join(lines), encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert not added.clean  # an editor must look
    (law,) = site_from_options(_options(tmp_path)).laws
    texts = [[str(u.text) for u in units_of(some)] for some in articles(law.edition.body)]
    wanted = [["".join(pair)[4:]] for pair in CUT] if cut == 3 else [[a[4:], b] for a, b in CUT[:2]]
    assert texts == [*wanted, [SIGNED[0][4:]]]  # who signs goes on with no sentence


def test_a_sentence_whose_beginning_stands_elsewhere_needs_the_whole_examination(
    tmp_path: Path,
) -> None:
    body = "第一条　甲。\n的单位，应当节约用水。\n第二条　用水超过计划\n第三条　丙。\n"
    (tmp_path / "law.txt").write_text(HEAD + body, encoding="utf-8")
    (added,) = add_file(tmp_path / "law.txt", _options(tmp_path))
    assert "[[read]]" in (added.folder / "edition.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "(2030)示例.txt",
        "-rf.txt",
        "CON.txt",
        "nul.a.txt",
        ").docx.txt",
        ".-x.txt",
        "(" * 90 + ".txt",
    ],
)
def test_a_file_of_any_name_becomes_a_witness_that_can_be_read(tmp_path: Path, name: str) -> None:
    """The law was written, and then its own witness refused."""
    assert not file_fault(_safe_name(name))
    assert _safe_name(_safe_name(name)) == _safe_name(name)
    options = Options(root=tmp_path)
    text = "某市湖泊条例\n第一条　甲。\n第二条　本条例自2030年1月1日起施行。\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    add_file(tmp_path / name, options, law_id="lakes")
    assert site_from_options(options).laws
