"""A catalog with faults stops the build; when asked to go on, only the faulty units are Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.ground.problems import DuizhaoError
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_pages import pages

PO = "translations/en/LC_MESSAGES/example-parks.po"

FAULTS = {
    "syntax": ("catalog-syntax", 'msgctxt "art_2__para_1"', 'msgctxt "art_2__para_1'),
    "duplicate": ("catalog-duplicate", 'msgctxt "art_2__para_2"', 'msgctxt "art_2__para_1"'),
    "control": ("catalog-control-character", 'msgstr "These', 'msgstr "\u200bThese'),
    "markup": ("translation-markup", 'msgstr "These', 'msgstr "<b>These</b>'),
    "unknown": ("catalog-unknown-context", 'msgctxt "art_2__para_1"', 'msgctxt "art_99"'),
    "no context": ("catalog-no-context", 'msgctxt "art_2__para_1"\n', ""),
}


def spoil(root: Path, old: str, new: str) -> None:
    path = root / PO
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", FAULTS)
def test_the_build_goes_on_only_if_asked(tiny_copy: Path, name: str) -> None:
    code, old, new = FAULTS[name]
    whole = site_from_options(Options(root=tiny_copy)).laws[0].bilingual["en"]
    spoil(tiny_copy, old, new)
    with pytest.raises(DuizhaoError) as stopped:
        site_from_options(Options(root=tiny_copy))
    assert code in {p.code for p in stopped.value.problems}
    site = site_from_options(Options(root=tiny_copy, faulty=True))
    assert next((p.code, bool(p.position.line)) for p in site.faults) == (code, True)
    pair = site.laws[0].bilingual["en"]
    gone = {eid for eid in whole.translations if pair.of(eid).status != whole.of(eid).status}
    assert 1 <= len(gone) <= 2
    assert {pair.of(eid).status for eid in gone} == {"missing"}
    marked = "Not yet translated."
    assert any(marked in page.markdown for page in pages(site) if page.language == "en")


def test_of_two_versions_that_git_left_none_is_published(tiny_copy: Path) -> None:
    old = 'msgstr "These'
    spoil(
        tiny_copy, old, f'<<<<<<< HEAD\nmsgstr "Mine."\n=======\nmsgstr "Theirs."\n>>>>>>> x\n{old}'
    )
    with pytest.raises(DuizhaoError) as stopped:
        site_from_options(Options(root=tiny_copy))
    found = [p for p in stopped.value.problems if p.code == "catalog-syntax"]
    assert ["git marks here" in p.hint for p in found] == [True] * 3
    pair = site_from_options(Options(root=tiny_copy, faulty=True)).laws[0].bilingual["en"]
    assert not {"Mine.", "Theirs."} & {t.text for t in pair.translations.values()}


def test_a_catalog_in_a_wrong_encoding_is_left_out_whole(tiny_copy: Path) -> None:
    (tiny_copy / PO).write_bytes((tiny_copy / PO).read_text("utf-8").encode("gb18030"))
    site = site_from_options(Options(root=tiny_copy, faulty=True))
    assert [p.code for p in site.faults] == ["catalog-charset"]
    assert site.laws[0].bilingual["en"].counts()["translated"] == 0


def test_an_exception_lets_markup_pass(tiny_copy: Path) -> None:
    spoil(tiny_copy, 'msgstr "These', 'msgstr "<b>These</b>')
    text = (tiny_copy / PO).read_text("utf-8")
    at = text.rindex("\n\n", 0, text.index("<b>These")) + 2
    reason = "# exception translation-markup: the words are about markup\n"
    (tiny_copy / PO).write_text(text[:at] + reason + text[at:], encoding="utf-8")
    assert site_from_options(Options(root=tiny_copy)).faults == ()


def test_the_command_lists_what_it_let_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "site"
    assert main(["init", str(root)]) == 0
    path = next(p for p in (root / "translations/en/LC_MESSAGES").glob("*.po") if p.stem != "ui")
    text = path.read_text("utf-8")
    assert 'msgstr "These' in text
    path.write_text(text.replace('msgstr "These', 'msgstr "<b>These', 1), encoding="utf-8")
    build = ["--root", str(root), "build", "--no-pdf"]
    assert main(build) == 1
    assert not (root / "site").exists()
    assert "translation-markup" in capsys.readouterr().err
    assert main([*build, "--faulty-catalogs"]) == 0
    said = capsys.readouterr().err
    assert "translation-markup" in said
    assert "1 fault in the catalogs" in said


UI = "translations/zh/LC_MESSAGES/ui.po"


@pytest.mark.parametrize(
    "rule",
    [
        *("nplurals=999999999; plural=0;", "nplurals=2; plural=n/0;", "nplurals=2; plural=n%0;"),
        *(
            "nplurals=2; plural=(n;",
            "nplurals=2; plural=__import__('os');",
            "nplurals=2; plural=2;",
        ),
        "nplurals=0; plural=0;",
    ],
)
def test_a_rule_for_plurals_that_is_none_is_refused(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    """Some of them ended in a traceback, one never."""
    path = tiny_copy / UI
    path.write_text(path.read_text("utf-8").replace("nplurals=1; plural=0;", rule), "utf-8")
    assert main(["--root", str(tiny_copy), "check"]) == 1
    assert f"{UI}:7  catalog-syntax  This is no rule for plurals." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "fine"),
    [
        *(("{n}处", True), ("一处", True), ("{{}}{n}", True), ("{m}处", False), ("{n!r}", False)),
        *(("{n:>99999999}", False), ("{}", False), ("{0}", False), ("{n[0]}", False), ("}", False)),
    ],
)
def test_words_in_braces_are_those_of_the_message(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], said: str, fine: bool
) -> None:
    """They ended in a traceback when a page was made that says them."""
    path = tiny_copy / UI
    path.write_text(path.read_text("utf-8").replace("{n}处缺文", said), "utf-8")
    main(["--root", str(tiny_copy), "check"])
    assert ("catalog-placeholder" in capsys.readouterr().err) == (not fine)
