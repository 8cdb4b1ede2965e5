"""Nothing is hardwired to English: an invented language, and one written from right to left."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import markdown
import polib
import pytest

from duizhao.building.mkdocs.site_build import render_site
from duizhao.commands.cite import quotation
from duizhao.languages.catalog_from_edition import update_catalog
from duizhao.languages.citation import citations
from duizhao.languages.glossary import glossary_from_file
from duizhao.languages.pinyin import Readings
from duizhao.languages.ui import direction_of, interface_from_file
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_checks import check_site
from duizhao.site.site_pages import Page, pages
from duizhao.writers.decorate import decorated
from duizhao.writers.downloads import Shared, law_downloads
from duizhao.writers.spoken import Spoken

LANGUAGES = ("zh", "en", "xx", "ar", "bo")
WORDS = {"xx": "⟦{}⟧", "ar": "نص {}"}


def disguised(folder: Path, code: str, ui: Path) -> None:
    """Make a language of the English: every translation between other words."""
    out = folder / f"translations/{code}/LC_MESSAGES"
    out.mkdir(parents=True)
    law = folder / "translations/en/LC_MESSAGES/example-parks.po"
    for name, path in (("example-parks", law), ("ui", ui)):
        found = polib.pofile(str(path), wrapwidth=0)
        found.metadata["Language"] = code
        for entry in found:
            entry.tcomment = ""
            if entry.msgid_plural:
                for n, text in entry.msgstr_plural.items():
                    entry.msgstr_plural[n] = WORDS[code].format(text)
            elif entry.msgstr:
                entry.msgstr = WORDS[code].format(entry.msgstr)
        found.save(str(out / f"{name}.po"))


@pytest.fixture
def many(tiny_copy: Path, root: Path) -> Site:
    """The invented regulation in five languages; of Tibetan there is a folder and no more."""
    for code in WORDS:
        disguised(tiny_copy, code, root / "translations/en/LC_MESSAGES/ui.po")
    (tiny_copy / "translations/bo/LC_MESSAGES").mkdir(parents=True)
    glossary = tiny_copy / "seeds/glossary.toml"
    glossary.write_text(
        glossary.read_text("utf-8").replace(
            'forms = ["parks"]', 'forms = ["parks"]\nxx = { words = "parkx", forms = ["Parks"] }'
        ),
        encoding="utf-8",
    )
    return site_from_options(Options(root=tiny_copy, languages=LANGUAGES))


def page(site: Site, path: str) -> Page:
    return next(p for p in pages(site) if p.path == path)


def html(site: Site, found: Page) -> str:
    plain = markdown.markdown(found.markdown, extensions=["attr_list", "tables"])
    ui, pair_ui = site.interfaces[found.language], site.pair_ui(found.language)
    spoken = Spoken(ui, pair_ui, citations(site.laws[0].edition))
    return decorated(plain, spoken, found.kind)


def test_each_language_has_every_page(many: Site) -> None:
    # Each alphabet has letters of its own.
    paths = [p.path for p in pages(many) if p.kind != "alphabet"]
    for code in LANGUAGES:
        assert sum(p.startswith(f"{code}/") for p in paths) == len(paths) / len(LANGUAGES)


def test_a_page_pairs_the_chinese_with_its_own_language(many: Site) -> None:
    shown = page(many, "xx/example-parks/chapter-1.md").markdown
    assert "⟦[Parks][] are divided into" in shown, "the terms are those of the language"
    assert "{: .en lang=xx }" in shown
    assert '<span lang="xx">⟦Chapter 1 General Provisions⟧</span>' in shown
    assert '<span lang="xx">⟦Article 2⟧</span>' in shown
    assert "**parkx**{lang=xx}" in shown
    assert "lang=xx" not in page(many, "zh/example-parks/chapter-1.md").markdown


def test_citations_are_in_the_forms_of_the_language(many: Site) -> None:
    cited = citations(many.laws[0].edition)["art_2__para_2"]
    assert cited.words(many.interfaces["zh"]) == ("第二条第二款", "zh-Hans-CN")
    assert cited.words(many.interfaces["en"]) == ("Article 2, paragraph 2", "en")
    assert cited.words(many.interfaces["xx"]) == ("⟦⟦Article 2⟧, ⟦paragraph 2⟧⟧", "xx")
    shown = html(many, page(many, "xx/example-parks/chapter-1.md"))
    row = 'id="art_2__para_2" data-zh="第二条第二款"><a class="n" href="#art_2__para_2"'
    assert f'{row} aria-label="⟦⟦Article 2⟧, ⟦paragraph 2⟧⟧">' in shown
    shown = html(many, page(many, "zh/example-parks/chapter-1.md"))
    assert 'data-en="Article 2, paragraph 2"><a class="n" href="#art_2__para_2"' in shown
    assert "data-zh" not in shown, "the permanent link has it"


def test_without_a_form_a_citation_is_chinese_and_never_english(many: Site) -> None:
    cited = citations(many.laws[0].edition)["art_2__para_2"]
    assert cited.words(many.interfaces["bo"]) == ("第二条第二款", "zh-Hans-CN")
    shown = page(many, "bo/example-parks/chapter-1.md").markdown
    assert "## 第二条 {#art_2 .art lang=zh-Hans-CN}" in shown
    assert "Article" not in shown
    shown = html(many, page(many, "bo/example-parks/chapter-1.md"))
    assert 'data-zh="第二条第二款" data-en="">' in shown
    for found in pages(many):
        if found.language == "bo":
            assert not re.search(r"Article \d|paragraph \d", found.markdown), found.path


def test_one_form_that_is_missing_leaves_the_others(many: Site) -> None:
    path = many.options.root / "translations/xx/LC_MESSAGES/ui.po"
    found = polib.pofile(str(path), wrapwidth=0)
    for entry in found:
        if entry.msgid == "paragraph {n}":
            entry.msgstr = ""
    found.save(str(path))
    ui = site_from_options(many.options).interfaces["xx"]
    cited = citations(many.laws[0].edition)
    assert cited["art_2"].of(ui) == "⟦Article 2⟧"
    assert cited["art_2__para_2"].of(ui) == "第二条第二款"


def test_a_quotation_cites_in_the_language_or_not_at_all(many: Site) -> None:
    found = [
        quotation(many, "example-parks", "art_2__para_2", language=code, base="/").citation
        for code in ("xx", "bo")
    ]
    assert found[0].endswith(", ⟦⟦Article 2⟧, ⟦paragraph 2⟧⟧")
    assert found[1] == ""


def test_a_term_that_the_language_lacks_is_given_in_english(many: Site) -> None:
    shown = page(many, "ar/glossary.md").markdown
    assert '<span lang="en">park</span>' in shown


def test_blocks_say_where_they_are_written_the_other_way(many: Site) -> None:
    shown = html(many, page(many, "ar/example-parks/chapter-1.md"))
    assert re.search(r'<p class="zh" lang="zh-Hans-CN" dir="ltr">', shown)
    assert re.search(r'<p class="en">', shown), "as the page"
    shown = html(many, page(many, "en/example-parks/chapter-1.md"))
    assert "dir=" not in shown
    assert (direction_of("ar"), direction_of("bo-CN"), direction_of("xx")) == ("rtl", "ltr", "ltr")
    assert many.interfaces["ar"].direction == "rtl"


def test_a_folder_and_a_line_make_a_language(many: Site) -> None:
    """Tibetan without a translation: its pages are there, and show the Chinese, marked."""
    shown = page(many, "bo/example-parks/chapter-1.md").markdown
    assert shown.count(".untranslated") > 5
    assert many.interfaces["bo"].tag == "bo-CN"
    assert [p.message for p in check_site(many) if "/bo/" in p.position.file] == [
        "Nothing of example-parks is translated yet (41 units)."
    ]


def test_tibetan_is_laid_out_as_tibetan(many: Site, tmp_path: Path) -> None:
    law, root = many.laws[0], many.options.root
    path = root / "translations/bo/LC_MESSAGES/example-parks.po"
    update_catalog(path, law.edition, many.glossary, language="bo")
    found = polib.pofile(str(path), wrapwidth=0)
    for entry in found:
        if entry.msgctxt == "art_2__para_2":
            entry.msgstr = "སྤྱི་གླིང་"  # letters to lay out, not a translation
    found.save(str(path))
    again = site_from_options(Options(root=root, languages=("zh", "bo")))
    shown = html(again, page(again, "zh/example-parks/chapter-1.md"))
    assert '<p class="en" lang="bo-CN">སྤྱི་གླིང་' in shown


def test_the_checks_ask_no_english_of_other_languages(many: Site) -> None:
    found = [p for p in check_site(many) if "/xx/" in p.position.file]
    assert {p.code for p in found} <= {
        "translation-missing", "translation-fuzzy", "translation-doubled-word", "translation-term",
    }  # fmt: skip


def test_renderings_in_further_languages(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(
        '[[term]]\nzh = "公园"\nen = "park"\ndefinition_zh = "x"\ndefinition_en = "y"\n'
        'source = "z"\nbo = { words = "སྤྱི་གླིང་", definition = "w" }\n',
        encoding="utf-8",
    )
    (term,) = glossary_from_file(path, Readings()).terms
    assert (term.rendering("bo"), term.rendering("fr")) == ("སྤྱི་གླིང་", "")
    assert (term.definition("bo"), term.definition("fr"), term.definition("zh")) == ("w", "y", "x")
    glossary = glossary_from_file(path, Readings())
    assert [o.term for o in glossary.occurrences("ང་སྤྱི་གླིང་ལ་", "bo")] == [term]


@pytest.mark.slow
def test_a_site_in_five_languages_is_built(many: Site, tmp_path: Path) -> None:
    config = many.options.root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("[zh, en]", "[zh, en, xx, ar, bo]"), encoding="utf-8"
    )
    render_site(many.options.root, tmp_path / "out", pdf=False)
    for code in LANGUAGES:
        assert (tmp_path / f"out/{code}/example-parks/chapter-1/index.html").is_file()


def files_in(site: Site, code: str) -> tuple[str, str, str]:
    """The law in HTML, as the package of an e-book, and in Akoma Ntoso, of one language."""
    law = site.laws[0]
    made = {(d.format, d.language): d.data for d in law_downloads(law, Shared())}
    with zipfile.ZipFile(BytesIO(made["epub", f"zh-{code}"])) as book:
        package = book.read("EPUB/package.opf").decode()
    return made["html", f"zh-{code}"].decode(), package, made["akn", code].decode()


def test_a_file_says_which_way_its_language_is_written(many: Site) -> None:
    shown, package, _ = files_in(many, "ar")
    assert '<p lang="zh-Hans-CN"><span data-eid="art_2__para_2">' in shown
    assert '<p lang="ar" dir="rtl"><span data-eid="art_2__para_2">' in shown
    assert '<dc:title id="t2" xml:lang="ar" dir="rtl">' in package
    assert not any("dir=" in text for text in files_in(many, "xx"))


def texts_in(site: Site, code: str) -> dict[str, str]:
    """What the files for reading in one language say, by the end of their names."""
    shared = Shared(interfaces=site.interfaces)
    found: dict[str, str] = {}
    for made in law_downloads(site.laws[0], shared):
        if made.language != f"zh-{code}":
            continue
        if zipfile.is_zipfile(BytesIO(made.data)):
            with zipfile.ZipFile(BytesIO(made.data)) as archive:
                for name in archive.namelist():
                    if not name.endswith(".jpeg"):
                        found[name] = archive.read(name).decode()
        else:
            found[made.path] = made.data.decode()
    return {name: re.sub(r"<[^>]+>", " ", text) for name, text in found.items()}


def test_files_number_articles_as_the_pages_do(many: Site) -> None:
    own = texts_in(many, "xx")
    for ending in (".html", "part-3.xhtml", "document.xml", ".xx.txt", ".md"):
        (text,) = (text for name, text in own.items() if name.endswith(ending))
        assert re.search(r"第四条\s+⟦Article 4⟧|^⟦Article 4⟧", text, re.MULTILINE), ending
    without = texts_in(many, "bo")
    assert without.keys() == {name.replace("xx", "bo") for name in own}
    for name, text in without.items():
        assert not re.search(r"Article \d|Proposed reading|^ *\[text lost", text, re.MULTILINE), (
            name
        )
    (text,) = (text for name, text in without.items() if name.endswith(".bo.txt"))
    assert "\n第四条 " in text, "a number without a form stays in Chinese"
    assert text.count("[Not yet translated] ") == 1, "nothing is translated"
    (text,) = (text for name, text in without.items() if name.endswith(".md"))
    assert re.search(r"^#+ 第四条$", text, re.MULTILINE), "and stands once"


def test_what_files_say_besides_the_text_is_of_its_language(many: Site) -> None:
    """[text lost], [note 1] and [Not yet translated] stood in files of every language."""
    own, without = texts_in(many, "xx"), texts_in(many, "bo")
    (text,) = (text for name, text in own.items() if name.endswith(".xx.txt"))
    assert "[⟦Note 1⟧]" in text
    assert "[⟦Text lost: ⟦" in text
    for name, text in own.items():
        assert not re.search(r"\[(note|text|Not|The)\b", text), name
    for name, text in without.items():
        assert not re.search(r"\[(note|text)\b", text), name
    (text,) = (text for name, text in without.items() if name.endswith(".bo.txt"))
    assert "〔注1〕" in text
    assert "〔原文缺〕" in text, "a sign in Chinese that stands for a translation"
    for code in ("xx", "bo"):
        assert "text lost" not in files_in(many, code)[2]
        assert "[…" in files_in(many, code)[2]


def test_a_file_names_a_language_of_a_region_by_its_tag(tiny_copy: Path) -> None:
    (tiny_copy / "translations/pt_BR/LC_MESSAGES").mkdir(parents=True)
    options = Options(root=tiny_copy, languages=("zh", "pt_BR"))
    site = site_from_options(options)
    law = site.laws[0]
    path = tiny_copy / f"translations/pt_BR/LC_MESSAGES/{law.id}.po"
    update_catalog(path, law.edition, site.glossary, language="pt_BR")
    found = polib.pofile(str(path), wrapwidth=0)
    next(entry for entry in found if entry.msgctxt == "art_1__para_1").msgstr = "Parques."
    found.save(str(path))
    site = site_from_options(options)
    shown, package, markup = files_in(site, "pt_BR")
    assert '<p lang="pt-BR">' in shown
    assert "<dc:language>pt-BR</dc:language>" in package
    assert '<FRBRlanguage language="pt-BR"/>' in markup
    assert not any("pt_BR" in text for text in (shown, package, markup))


def runs_of(site: Site, code: str, words: str) -> tuple[str, list[str]]:
    """Of a .docx the paragraph's properties, and those of each run, in which words stand."""
    made = {d.language: d.data for d in law_downloads(site.laws[0], Shared(), only="docx")}
    with zipfile.ZipFile(BytesIO(made[f"zh-{code}"])) as document:
        text = document.read("word/document.xml").decode()
    (found,) = (p for p in re.findall(r"<w:p>.*?</w:p>", text) if words in p)
    first = re.match(r"<w:p>(<w:pPr>.*?</w:pPr>)", found)
    assert first
    return first[1], re.findall(r"<w:rPr>.*?</w:rPr>", found.removeprefix(first[0]))


def test_word_is_told_the_language_of_every_script(many: Site) -> None:
    paragraph, (run,) = runs_of(many, "ar", "نص Parks are divided")
    assert "<w:bidi/>" in paragraph
    assert '<w:rtl/><w:lang w:val="ar" w:eastAsia="zh-CN" w:bidi="ar"/>' in run
    paragraph, (run,) = runs_of(many, "xx", "⟦Parks are divided")
    assert "<w:bidi/>" not in paragraph
    assert '<w:lang w:val="xx" w:eastAsia="zh-CN" w:bidi="xx"/>' in run
    assert "rtl" not in run


def test_what_is_said_of_a_missing_translation_is_english_in_word(tiny_copy: Path) -> None:
    (tiny_copy / "translations/ja/LC_MESSAGES").mkdir(parents=True)
    site = site_from_options(Options(root=tiny_copy, languages=("zh", "ja")))
    made = {d.language: d.data for d in law_downloads(site.laws[0], Shared(), only="docx")}
    with zipfile.ZipFile(BytesIO(made["zh-ja"])) as document:
        text = document.read("word/document.xml").decode()
        styles = document.read("word/styles.xml").decode()
    marked = re.findall(r"<w:lang ([^>]*)/></w:rPr><w:t>\[Not yet translated\]", text)
    assert set(marked) == {'w:val="en" w:eastAsia="zh-CN" w:bidi="en"'}
    assert '<w:lang w:val="ja" w:eastAsia="ja" w:bidi="ja"/>' in styles


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ug-Arab", "ئۇيغۇرچە"),
        ("pt-BR", "português (Brasil)"),
        ("pt_BR", "português (Brasil)"),
        ("zh-Hant", "中文 (繁體)"),
        ("mn-Mong", "mn-Mong"),
        ("ja", "日本語"),
    ],
)
def test_a_language_of_a_script_or_region_has_a_name(code: str, name: str) -> None:
    assert interface_from_file(Path("no-folder"), code).name == name


def test_each_text_of_a_table_runs_its_own_way(many: Site) -> None:
    cell = '<span lang="zh-Hans-CN">税目。</span> <span lang="ar">نص</span>'
    table = f"<table><tr><td>{cell}</td></tr></table>"
    for code, runs in (("ar", 'lang="zh-Hans-CN" dir="ltr"'), ("zh", 'lang="ar" dir="rtl"')):
        ui = many.interfaces[code]
        spoken = Spoken(ui, many.interfaces["ar"], citations(many.laws[0].edition))
        made = decorated(table, spoken)
        assert runs in made
        assert made.count("dir=") == 1
