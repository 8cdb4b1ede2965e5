"""What a translator had written comes back: after an amendment, and from a table that went out."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polib
import pytest

from duizhao.cli.main import main

PO = "translations/en/LC_MESSAGES/ponds.po"
LAST = "第{}条　本条例自2030年5月1日起施行。\n"
OLD = "某市池塘管理条例\n\n" + "\n".join(
    (
        "第一条　为了保护本市池塘，制定本条例。",
        "第二条　池塘的管理单位应当每年公布池塘的水质。",
        "第三条　禁止向池塘倾倒垃圾。",
        LAST.format("四"),
    )
)
NEW = "某市池塘管理条例\n\n" + "\n".join(
    (
        "第一条　为了保护本市池塘，制定本条例。",
        "第二条　市人民政府领导池塘保护工作。",
        "第三条　池塘的管理单位应当每年向社会公布池塘的水质。",
        "第四条　禁止向池塘倾倒垃圾。",
        LAST.format("五"),
    )
)


def run(site: Path, *arguments: object) -> int:
    return main(["--root", str(site), *map(str, arguments)])


def entries(site: Path) -> dict[str, polib.POEntry]:
    return {e.msgctxt: e for e in polib.pofile(str(site / PO), wrapwidth=0) if not e.obsolete}


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A site with a law, translated."""
    root, source = tmp_path / "site", tmp_path / "ponds.txt"
    source.write_text(OLD, encoding="utf-8")
    assert main(["init", str(root)]) == 0
    assert run(root, "add", source, "--id", "ponds") == 0
    found = polib.pofile(str(root / PO), wrapwidth=0)
    for entry in found:
        entry.msgstr = f"English of {entry.msgctxt}"
    found.save(str(root / PO))
    capsys.readouterr()
    return root


@pytest.fixture
def amended(site: Path) -> Path:
    """The same site with the law as amended: an article is put in, another has other words."""
    (site / "seeds/witnesses/ponds-2.txt").write_text(NEW, encoding="utf-8")
    digest = hashlib.sha256(NEW.encode()).hexdigest()
    (site / "seeds/ponds/edition.toml").write_text(
        '[law]\nid = "ponds"\n\n[[witness]]\nfile = "witnesses/ponds-2.txt"\n'
        f'sha256 = "{digest}"\ndescription = "虚构"\n',
        encoding="utf-8",
    )
    return site


def test_update_tells_what_became_of_the_translations(
    amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(amended, "translate", "update", "ponds") == 0
    assert capsys.readouterr().err == (
        f"{PO}: updated: 2 translations moved, 3 units to be translated, 2 translations set aside\n"
    )
    assert run(amended, "translate", "update", "ponds") == 0
    assert capsys.readouterr().err == f"{PO}: unchanged\n"


def test_what_was_set_aside_is_offered_first(
    amended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reworded articles that also got another number were lost from sight, 95 % alike or not."""
    assert run(amended, "translate", "update", "ponds") == 0
    capsys.readouterr()
    assert run(amended, "translate", "suggest", "ponds") == 0
    assert (
        "%  art_3__para_1  English of art_2__para_1  [ponds art_2__para_1, set aside]"
        in capsys.readouterr().out
    )


def test_a_row_as_it_went_out_fills_an_entry_that_is_empty_now(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """“0 units filled” was all that was said of a table with all translations in it."""
    table = tmp_path / "table.docx"
    assert run(site, "translate", "export", "ponds", "--to", "docx", "--out", table) == 0
    (site / PO).unlink()
    capsys.readouterr()
    assert run(site, "translate", "import", table, "ponds") == 0
    assert capsys.readouterr().out.startswith("0 units filled, 6 to be reviewed (fuzzy)")
    found = entries(site)["art_3__para_1"]
    assert (found.msgstr, found.flags) == ("English of art_3__para_1", ["fuzzy"])
    assert run(site, "translate", "import", table, "ponds") == 0
    assert capsys.readouterr().out.startswith("0 units filled, 0 to be reviewed")
