"""`translate update`: what is still right is kept, what is not is marked, nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.ground.text import Piece, Text, plain
from duizhao.languages.bilingual import bilingual_from_edition
from duizhao.languages.catalog import catalog_from_file
from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.languages.exchange.import_ import Fill, Imported, apply
from duizhao.languages.exchange.readers import pairs_from_file
from duizhao.languages.glossary import Glossary
from duizhao.parser.edition import Edition, Metadata, Note, Unit
from duizhao.site.pipeline import Site


def edition(**chinese: str) -> Edition:
    units = tuple(Unit(eid=e, role="preamble", text=plain(t, line=1)) for e, t in chinese.items())
    return Edition(law_id="x", metadata=Metadata(title="x"), title=None, preamble=units)


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog of 甲 and 乙, translated."""
    path = tmp_path / "x.po"
    update_catalog(path, edition(a="甲", b="乙"), Glossary(), language="en")
    found = polib.pofile(str(path), wrapwidth=0)
    for entry in found:
        entry.msgstr = f"English of {entry.msgid}"
        entry.tcomment = "a translator's remark"
    found.save(str(path))
    return path


def updated(path: Path, **chinese: str) -> dict[str, polib.POEntry]:
    update_catalog(path, edition(**chinese), Glossary(), language="en")
    return {e.msgctxt: e for e in polib.pofile(str(path), wrapwidth=0)}


def test_a_second_update_changes_no_byte(catalog: Path) -> None:
    update_catalog(catalog, edition(a="甲", b="乙"), Glossary(), language="en")
    before = catalog.read_bytes()
    assert not update_catalog(catalog, edition(a="甲", b="乙"), Glossary(), language="en")
    assert catalog.read_bytes() == before
    assert b"POT-Creation-Date" not in before


@pytest.mark.parametrize(
    "mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"]
)
def test_a_mark_that_ends_lines_elsewhere_stands_in_a_unit(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "x.po"
    law = edition(a=f"第一条　甲，{mark}乙。", b="丙")
    update_catalog(path, law, Glossary(), language="en")
    fill = Fill(eid="a", target="A, B.", origin="by hand", fuzzy=False)
    assert apply(path, Imported(name="x", fills=(fill,))).current == 1
    assert not update_catalog(path, law, Glossary(), language="en")
    found = catalog_from_file(path, language="en")
    assert found.entries["a"].source == f"第一条　甲，{mark}乙。"
    assert bilingual_from_edition(law, found).of("a").text == "A, B."
    assert pairs_from_file(path, wanted="en")[0].source == f"第一条　甲，{mark}乙。"


def test_a_changed_unit_becomes_fuzzy_and_keeps_what_was_there(catalog: Path) -> None:
    found = updated(catalog, a="甲改", b="乙")
    assert found["a"].flags == ["fuzzy"]
    assert found["a"].previous_msgid == "甲"
    assert found["a"].msgstr == "English of 甲"
    assert found["a"].tcomment == "a translator's remark"
    assert found["b"].flags == []
    pair = bilingual_from_edition(
        edition(a="甲改", b="乙"), catalog_from_file(catalog, language="en")
    )
    assert pair.of("a").status == "fuzzy"
    assert pair.of("a").text == ""


def test_a_unit_changed_twice_keeps_the_chinese_it_was_translated_from(catalog: Path) -> None:
    updated(catalog, a="甲改", b="乙")
    found = updated(catalog, a="甲再改", b="乙")
    assert found["a"].msgstr == "English of 甲"
    assert found["a"].previous_msgid in ("甲", "甲改")
    assert found["a"].flags == ["fuzzy"]


def test_a_renumbered_unit_takes_its_translation_along(catalog: Path) -> None:
    found = updated(catalog, b="甲", c="乙")
    assert (found["b"].msgstr, found["b"].flags) == ("English of 甲", [])
    assert (found["c"].msgstr, found["c"].flags) == ("English of 乙", [])


def test_what_is_no_longer_needed_is_kept_as_obsolete_and_comes_back(catalog: Path) -> None:
    found = updated(catalog, a="甲")
    assert found["b"].obsolete
    assert found["b"].msgstr == "English of 乙"
    found = updated(catalog, a="甲", b="乙")
    assert not found["b"].obsolete
    assert (found["b"].msgstr, found["b"].flags) == ("English of 乙", [])


def test_a_new_unit_is_empty_never_guessed(catalog: Path) -> None:
    found = updated(catalog, a="甲", b="乙", c="甲乙")
    assert (found["c"].msgstr, found["c"].flags) == ("", [])


def test_a_catalog_with_faults_is_not_overwritten(catalog: Path) -> None:
    broken = catalog.read_text("utf-8").replace('msgctxt "b"', 'msgctxt "a"')
    catalog.write_text(broken, encoding="utf-8")
    with pytest.raises(DuizhaoError, match="catalog-duplicate"):
        updated(catalog, a="甲", b="乙")
    assert catalog.read_text("utf-8") == broken


def test_terms_and_citation_help_the_translator(tiny: Site, tmp_path: Path) -> None:
    law = tiny.laws[0]
    path = Path(
        shutil.copy(tiny.options.root / "translations/en/LC_MESSAGES/example-parks.po", tmp_path)
    )
    moved = replace(law.edition, law_id="renamed")
    update_catalog(path, moved, tiny.glossary, language="en")
    found = {e.msgctxt: e for e in polib.pofile(str(path), wrapwidth=0)}
    assert found["art_4__para_1"].comment.splitlines() == [
        "第四条第一款 | Article 4, paragraph 1",
        "in: 第二章 管理",
        "before: 第二章 管理",
        "after: 市人民政府应当保障公园经费，纳入",
        "公园 = park; 公园管理单位 = park management unit",
        "page: zh/renamed/chapter-2/#art_4__para_1",
    ]
    assert polib.pofile(str(path)).metadata["Project-Id-Version"] == "renamed"


def keeping(zh: str, was: str, *, everywhere: bool = False) -> Edition:
    """甲… as `zh`, which a correction made of `was`, and keeps its translation."""
    mark = {} if everywhere else {"note": "misprint", "mark": "emendation"}
    text = Text((Piece(text=zh, original=was, line=1, column=0, **mark),))
    note = Note(
        id="misprint",
        kind="normalisation" if everywhere else "emendation",
        zh="误印。",
        quote=was,
        reading=zh,
        keeps_translation=True,
    )
    unit = Unit(eid="a", role="preamble", text=text)
    return replace(edition(), preamble=(unit,), notes=(note,))


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_correction_may_keep_the_translation_and_that_is_recorded(
    catalog: Path, everywhere: bool
) -> None:
    made = keeping("申", "甲", everywhere=everywhere)
    assert update_catalog(catalog, made, Glossary(), language="en")
    found = {e.msgctxt: e for e in polib.pofile(str(catalog), wrapwidth=0)}
    assert (found["a"].msgid, found["a"].msgstr, found["a"].flags) == ("申", "English of 甲", [])
    assert found["a"].tcomment.splitlines() == [
        "a translator's remark",
        "kept although the Chinese was corrected: misprint",
    ]
    assert not update_catalog(catalog, made, Glossary(), language="en")


def test_a_correction_that_does_not_say_so_keeps_nothing_as_current(catalog: Path) -> None:
    made = keeping("甲改", "甲")
    made = replace(made, notes=tuple(replace(n, keeps_translation=False) for n in made.notes))
    update_catalog(catalog, made, Glossary(), language="en")
    assert catalog_from_file(catalog, language="en").entries["a"].fuzzy


SHALL = "县级以上人民政府应当设立若干社区服务中心。"
MAY = "县级以上人民政府可以设立若干社区服务中心。"


def law(tmp_path: Path, **chinese: str) -> Path:
    path = tmp_path / "law.po"
    update_catalog(path, edition(**chinese), Glossary(), language="en")
    found = polib.pofile(str(path), wrapwidth=0)
    for entry in found:
        entry.msgstr = f"English of {entry.msgid}"
    found.save(str(path))
    return path


def test_no_provision_takes_over_what_another_orders(tmp_path: Path) -> None:
    path = law(tmp_path, art_1__para_1=SHALL)
    found = updated(path, art_1__para_1=SHALL, art_2__para_1=MAY)
    assert (found["art_2__para_1"].msgstr, found["art_2__para_1"].flags) == ("", [])
    found = updated(law(tmp_path / "b", art_1__para_1=SHALL), art_2__para_1=MAY)
    assert not found["art_2__para_1"].msgstr
    assert found["art_1__para_1"].obsolete


def test_a_near_match_in_the_same_article_is_fuzzy_and_shows_the_difference(tmp_path: Path) -> None:
    path = law(tmp_path, art_1__para_1="总则适用于本市。", art_1__para_2=SHALL)
    found = updated(
        path, art_1__para_1="总则适用于本市。", art_1__para_2="新增的一款。", art_1__para_3=MAY
    )
    entry = found["art_1__para_3"]
    assert (entry.msgstr, entry.flags) == (f"English of {SHALL}", ["fuzzy"])
    assert entry.previous_msgid == SHALL
    assert (
        "changed: 县级以上人民政府[-应当-]{+可以+}设立若干社区服务…" in entry.comment.splitlines()
    )
    assert not found["art_1__para_2"].msgstr


def test_a_renumbered_article_is_found_by_what_did_not_change(tmp_path: Path) -> None:
    path = law(tmp_path, art_1__para_1="甲乙丙丁。", art_1__para_2=SHALL, art_2__para_1="戊己。")
    found = updated(
        path,
        art_1__para_1="新增的第一条。",
        art_2__para_1="甲乙丙丁。",
        art_2__para_2=SHALL.replace("若干", "三个"),
        art_3__para_1="戊己。",
    )
    assert found["art_2__para_1"].flags == found["art_3__para_1"].flags == []
    assert found["art_2__para_2"].previous_msgid == SHALL
    assert found["art_2__para_2"].flags == ["fuzzy"]
    assert not found["art_1__para_1"].msgstr


def test_what_an_editor_added_to_the_header_stays(catalog: Path) -> None:
    found = polib.pofile(str(catalog), wrapwidth=0)
    found.metadata["Last-Translator"] = "Someone"
    found.header = "Translators of the example"
    found.save(str(catalog))
    updated(catalog, a="甲改", b="乙")
    found = polib.pofile(str(catalog), wrapwidth=0)
    assert found.metadata["Last-Translator"] == "Someone"
    assert found.header == "Translators of the example"


def test_ten_thousand_units_are_matched(tmp_path: Path) -> None:
    """The work grows with the law, not with its square."""
    old = {f"art_{n}__para_1": f"第{n}号机关应当在{n}日内办理。" for n in range(1, 10_001)}
    path = law(tmp_path, **old)
    new = {f"art_{n + 1}__para_1": text for n, text in enumerate(old.values(), 1)}
    new["art_1__para_1"] = "新增的第一条。"
    for n in range(10, 10_001, 10):
        new[f"art_{n + 1}__para_2"] = f"第{n}号机关可以在{n}日内办理。"
    found = updated(path, **new)
    assert sum(not e.msgstr for e in found.values()) == 1001
    assert not any(e.fuzzy for e in found.values())
