"""`translate import`, `export` and `suggest`: what is filled, what is kept, what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polib
import pytest

from duizhao.cli.main import main
from duizhao.languages.catalog_faults import REFUSED
from duizhao.languages.exchange.import_ import Fill, Imported, apply, tidy, with_origin
from duizhao.languages.exchange.memory import Segment, differences, memory_from_segments

PO = "translations/en/LC_MESSAGES/example-parks.po"
LAW = "example-parks"
ENGLISH = """Regulations of Example City on the Management of Parks
(Adopted at the 3rd Meeting of the Standing Committee of the 1st People’s Congress of Example City on January 2, 2030)
Announcement of the Standing Committee of the People’s Congress of Example City
No. 1 [2030]
The Regulations of Example City on the Management of Parks, adopted at the 3rd Meeting of the Standing Committee of the 1st People’s Congress of Example City on January 2, 2030, are hereby promulgated and come into force as of May 1, 2030.
Standing Committee of the People’s Congress of Example City
January 2, 2030
Contents
Chapter 1 General Provisions
Chapter 2 Management
Chapter 1 General Provisions
Article 1 These Regulations are made in accordance with relevant laws.
Article 2 Parks are green spaces open to the public.
There are comprehensive and specialized parks.
Article 3 Visitors shall:
(1) protect flowers and trees;
(2) take care of the following facilities:
(a) seats and railings;
(b) roads and bridges;
(3) not damage cultural relics.
Chapter 2 Management
Article 4 Parks shall open every day.
The municipal government shall guarantee the funds.
Article 5 The funds of parks may not be diverted.
Article 6 Visitors may not make fires.
Article 7 The management unit shall stop acts against the preceding article.
"""


@pytest.fixture
def empty(tiny_copy: Path) -> Path:
    """The small site with no translation."""
    found = polib.pofile(str(tiny_copy / PO), wrapwidth=0)
    for entry in found:
        entry.msgstr = ""
        entry.flags = []
    found.save(str(tiny_copy / PO))
    return tiny_copy


def entries(site: Path) -> dict[str, polib.POEntry]:
    return {e.msgctxt: e for e in polib.pofile(str(site / PO), wrapwidth=0) if not e.obsolete}


def given(folder: Path, text: str, name: str = "law.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(site: Path, *arguments: object) -> int:
    return main(["--root", str(site), "translate", *map(str, arguments)])


def codes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    found = json.loads(capsys.readouterr().out)
    return [problem["code"] for problem in found["problems"]]


def test_an_english_text_fills_the_catalog(empty: Path, tmp_path: Path) -> None:
    assert run(empty, "import", given(tmp_path, ENGLISH), LAW) == 0
    found = entries(empty)
    item = found["art_3__para_1__point_2__indent_1"]
    assert item.msgstr == "seats and railings;"
    assert "fuzzy" not in item.flags
    assert "origin: law.txt, line 18, by structure" in item.tcomment
    assert found["chp_2__heading"].msgstr == found["toc__chp_2"].msgstr == "Chapter 2 Management"
    assert found["toc"].msgstr == "Contents"
    assert found["art_5__para_u1"].msgstr.startswith("The funds")


def test_importing_again_changes_nothing(empty: Path, tmp_path: Path) -> None:
    file = given(tmp_path, ENGLISH)
    run(empty, "import", file, LAW)
    before = (empty / PO).read_bytes()
    run(empty, "import", file, LAW)
    assert (empty / PO).read_bytes() == before


def test_a_dry_run_writes_nothing(empty: Path, tmp_path: Path) -> None:
    before = (empty / PO).read_bytes()
    assert run(empty, "import", given(tmp_path, ENGLISH), LAW, "--dry-run") == 0
    assert (empty / PO).read_bytes() == before


@pytest.mark.parametrize("done", [False, True])
def test_a_dry_run_reports_what_an_import_does(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, done: bool
) -> None:
    file = given(tmp_path, ENGLISH)
    if done:  # one translation is there, and another one that the file has otherwise
        run(empty, "import", given(tmp_path, ENGLISH.replace("every day", "daily"), "a.txt"), LAW)
    capsys.readouterr()
    told = []
    for options in (("--dry-run",), ()):
        code = run(empty, "import", file, LAW, "--format", "json", *options)
        told.append((code, json.loads(capsys.readouterr().out)))
    assert told[0] == told[1]
    assert (told[0][1]["kept"], bool(told[0][1]["same"])) == ((1, True) if done else (0, False))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Article 7 The", "Article 9 The", "import-missing"),
        ("Article 7 The", "Article 9 The", "import-extra"),
        ("Article 3 Visitors", "Article 8 Visitors", "import-renumbered"),
        ("(3) not damage cultural relics.\n", "", "import-paragraphs"),
        ("Article 6 Visitors may", "Article 6 For 30 days visitors may", "import-numbers"),
    ],
)
def test_what_does_not_fit_is_reported_by_provision(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, code: str
) -> None:
    file = given(tmp_path, ENGLISH.replace(old, new))
    assert run(empty, "import", file, LAW, "--format", "json") == 1
    assert code in codes(capsys)


def test_what_stands_outside_the_articles_is_said_to_stand_there(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message began with a colon: it named no place."""
    run(empty, "import", given(tmp_path, f"Someone says this.\n\nAnd that.\n\n{ENGLISH}"), LAW)
    told = capsys.readouterr().out
    assert "import-paragraphs  outside the articles: the English has a paragraph" in told
    assert "  : " not in told


def test_an_english_text_of_other_articles_is_never_current(empty: Path, tmp_path: Path) -> None:
    text = ENGLISH.replace("Article 7 The", "Article 9 The")
    run(empty, "import", given(tmp_path, text), LAW)
    found = [e for e in entries(empty).values() if e.msgstr]
    assert found
    assert all("fuzzy" in e.flags for e in found)


def test_a_translation_that_is_there_stays(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = given(tmp_path, ENGLISH)
    run(tiny_copy, "import", file, LAW, "--format", "json")
    assert "import-kept" in codes(capsys)
    assert entries(tiny_copy)["art_4__para_1"].msgstr.startswith("Parks shall open every day; the")
    run(tiny_copy, "import", file, LAW, "--replace")
    assert entries(tiny_copy)["art_4__para_1"].msgstr == "Parks shall open every day."


@pytest.mark.parametrize("name", ["law.md", "law.html", "law.docx"])
def test_other_text_formats_are_read(empty: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = ENGLISH.splitlines()
    if name.endswith(".docx"):
        from docx import Document  # noqa: PLC0415 - one case of three

        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    elif name.endswith(".md"):
        path.write_text("\n\n".join(f"**{line}**" for line in lines), encoding="utf-8")
    else:
        path.write_text("<html><body>" + "".join(f"<p>{t}</p>" for t in lines), encoding="utf-8")
    assert run(empty, "import", path, LAW) == 0
    assert entries(empty)["art_3__para_1__point_3"].msgstr == "not damage cultural relics."


@pytest.mark.parametrize("form", ["tmx", "xliff", "docx"])
def test_what_is_exported_is_imported(
    tiny_copy: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"law.{form}"
    assert run(tiny_copy, "export", LAW, "--to", form, "--out", out) == 0
    before = (tiny_copy / PO).read_bytes()
    assert run(tiny_copy, "import", out, LAW) == 0
    assert "0 units filled, 0 to be reviewed" in capsys.readouterr().out
    assert {k: e.msgstr for k, e in entries(tiny_copy).items()} == {
        e.msgctxt: e.msgstr for e in polib.pofile(before.decode(), wrapwidth=0) if not e.obsolete
    }


def test_another_catalog_of_the_law_is_imported(empty: Path, tmp_path: Path, root: Path) -> None:
    shutil.copy(root / "tests/golden/site" / PO, tmp_path / "old.po")
    text = (tmp_path / "old.po").read_text("utf-8").replace("公园分为综合", "公园分成综合")
    (tmp_path / "old.po").write_text(text, encoding="utf-8")
    assert run(empty, "import", tmp_path / "old.po", LAW) == 1
    found = entries(empty)
    assert found["art_3__para_1"].msgstr == "Visitors shall:"
    assert found["art_3__para_1"].flags == []
    assert found["art_2__para_2"].flags == ["fuzzy"]
    assert found["art_2__para_2"].previous_msgid == "公园分成综合公园和专类公园。"


TMX = '<tmx version="1.4"><header/><body>{}</body></tmx>'
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>{}</seg></tuv><tuv xml:lang="en-US"><seg>{}</seg></tuv></tu>'


def test_a_memory_fills_only_the_same_chinese_and_only_as_fuzzy(
    empty: Path, tmp_path: Path
) -> None:
    units = UNIT.format("游人不得在公园内生火。", "No fires.") + UNIT.format(
        "游人可以生火。", "Fires!"
    )
    file = given(tmp_path, TMX.format(units), "memory.tmx")
    assert run(empty, "import", file, LAW) == 0
    found = {k: e for k, e in entries(empty).items() if e.msgstr}
    assert list(found) == ["art_6__para_1"]
    assert found["art_6__para_1"].flags == ["fuzzy"]
    assert "origin: memory.tmx, the same Chinese" in found["art_6__para_1"].tcomment


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tmx version="1.4">&b;</tmx>'
FETCH = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx version="1.4">&a;</tmx>'
BAD = {
    "broken XML": ("x.tmx", '<tmx version="1.4"><body>', "exchange-xml"),
    "entities that expand": ("x.tmx", BOMB, "exchange-entities"),
    "entities that fetch": ("x.tmx", FETCH, "exchange-entities"),
    "other XML": ("x.xlf", "<html/>", "exchange-format"),
    "unknown format": ("x.pdf", "text", "exchange-format"),
    "empty": ("x.tmx", " ", "exchange-format"),
    "another language": (
        "x.tmx", TMX.format(UNIT.format("公园", "parc").replace("en-US", "fr")), "exchange-language",
    ),
    "another law by name": (
        "x.xlf",
        (
            '<xliff version="1.2"><file original="other" source-language="zh" target-language="en">'
            '<body><trans-unit id="title"><source>甲</source><target>A</target></trans-unit></body>'
            "</file></xliff>"
        ),
        "exchange-wrong-law",
    ),
    "another law by its text": ("x.tmx", TMX.format(UNIT.format("甲", "A")), "exchange-wrong-law"),
    "no law": ("x.txt", "Nothing here is a provision.\nReally.\n", "exchange-wrong-law"),
    "broken PO": ("x.po", 'msgid "a"\nmsgstr "b\n', "catalog-syntax"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "code"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_whole(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    name: str, text: str, code: str,
) -> None:  # fmt: skip
    before = (tiny_copy / PO).read_bytes()
    assert run(tiny_copy, "import", given(tmp_path, text, name), LAW) == 1
    said = capsys.readouterr().err
    assert code in said
    assert name in said
    assert (tiny_copy / PO).read_bytes() == before


def test_a_doctype_that_only_names_its_dtd_is_read(empty: Path, tmp_path: Path) -> None:
    text = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">' + TMX.format(UNIT.format("目录", "Contents"))
    assert run(empty, "import", given(tmp_path, text, "x.tmx"), LAW) == 0
    assert entries(empty)["toc"].msgstr == "Contents"


def test_an_unknown_identifier_is_reported(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = '<trans-unit id="{}" approved="yes"><source>{}</source><target>A</target></trans-unit>'
    text = (
        f'<xliff version="1.2"><file original="{LAW}" source-language="zh" target-language="en"><body>'
        + unit.format("toc", "目录") + unit.format("art_99", "甲") + "</body></file></xliff>"
    )  # fmt: skip
    file = given(tmp_path, text, "x.xlf")
    assert run(empty, "import", file, LAW, "--format", "json") == 1
    assert codes(capsys) == ["exchange-unknown-id"]


@pytest.mark.parametrize("arguments", [["nowhere"], [LAW, "--language", "fr"]])
def test_an_unknown_law_or_language_is_wrong_use(
    tiny_copy: Path, tmp_path: Path, arguments: list[str]
) -> None:
    assert run(tiny_copy, "import", given(tmp_path, ENGLISH), *arguments) == 2


# --- the memory -------------------------------------------------------------


def test_the_memory_offers_the_same_and_the_near() -> None:
    memory = memory_from_segments(
        [
            Segment(source="游人不得在公园内生火。", target="No fires.", origin="a"),
            Segment(source="游人可以在公园内生火。", target="Fires.", origin="b"),
            Segment(source="完全不同的另一句话。", target="Other.", origin="c"),
        ]
    )
    same, near = memory.suggestions("游人不得在公园内生火。")
    assert (same.score, same.segment.origin, same.differs) == (1.0, "a", ())
    assert (near.segment.origin, near.differs) == ("b", ("modality",))
    assert 0.8 <= near.score < 1
    assert memory.best("游人不得在公园内生火。") == 1.0
    assert memory.suggestions("") == ()


def test_a_changed_number_is_named() -> None:
    assert differences("应当在三十日内", "应当在二十日内") == ("numbers",)


def test_suggestions_are_written_as_fuzzy_only_when_asked(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = UNIT.format("公园维护资金不得私自挪用。", "Funds may not be diverted.")
    file = given(tmp_path, TMX.format(unit), "m.tmx")
    before = (tiny_copy / PO).read_bytes()
    assert run(tiny_copy, "suggest", LAW, "--tmx", file) == 0
    assert "[m.tmx, line 1]" in capsys.readouterr().out
    assert (tiny_copy / PO).read_bytes() == before
    assert run(tiny_copy, "suggest", LAW, "--tmx", file, "--write") == 0
    entry = entries(tiny_copy)["art_5__para_u1"]
    assert entry.flags == ["fuzzy"]
    assert entry.previous_msgid == "公园维护资金不得私自挪用。"
    assert "origin: m.tmx, line 1, " in entry.tcomment


def test_suggestions_as_json_are_json_and_in_words_in_the_readers_language(
    tiny_copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unit = UNIT.format("公园维护资金不得挪用3次。", "Funds may not be diverted.")
    file = given(tmp_path, TMX.format(unit), "m.tmx")
    asked = ("suggest", LAW, "--tmx", file, "--least", "0.7")
    assert run(tiny_copy, *asked, "--format", "json", "--write") == 0
    told = capsys.readouterr()
    assert [row["differs"] for row in json.loads(told.out)] == [["numbers"]]
    assert told.err == "1 suggestion written as a fuzzy entry\n"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(tiny_copy, *asked) == 0
    assert capsys.readouterr().out.endswith("  不同之处：数字\n")
    assert run(tiny_copy, "suggest", LAW, "--least", "1") == 0
    assert capsys.readouterr() == ("", "没有与此处未译文字相近的既有译文\n")


@pytest.mark.parametrize("least", ["7", "-1", "nan", "x"])
def test_a_likeness_that_is_no_share_is_wrong_use(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], least: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(tiny_copy, "suggest", LAW, "--least", least)
    assert stopped.value.code == 2
    assert f"argument --least: invalid share value: '{least}'" in capsys.readouterr().err


def test_an_origin_takes_the_place_of_the_last_one() -> None:
    assert with_origin("mine\norigin: a", "b") == "mine\norigin: b"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Agri\u00adculture is\u200b good.", "Agriculture is good."),
        ("(\u200f1) \u202aleft\u202c", "(1) left"),
        ("two\x0blines\u2028and\x85more\x00", "two lines and more"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_is_imported_the_catalog_may_hold(words: str, written: str) -> None:
    assert tidy(words) == written


def test_whatever_a_catalog_refuses_is_not_imported() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    assert not REFUSED.search(tidy(everything))


def test_a_fill_for_no_entry_is_reported(tiny_copy: Path) -> None:
    fills = (Fill(eid="art_99", target="x", origin="y"),)
    outcome = apply(tiny_copy / PO, Imported(name="f", fills=fills))
    assert [p.code for p in outcome.problems] == ["exchange-unknown-id"]
