"""`translate update`: what is still right is kept, what is not is marked, nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from duizhao.bilingual import bilingual_from_edition
from duizhao.catalog import catalog_from_file
from duizhao.catalog_from_edition import update_catalog
from duizhao.edition import Edition, Metadata, Unit
from duizhao.glossary import Glossary
from duizhao.pipeline import Site
from duizhao.problems import DuizhaoError
from duizhao.text import plain


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
        "公园 = park; 公园管理单位 = park management unit",
    ]
    assert polib.pofile(str(path)).metadata["Project-Id-Version"] == "renamed"
