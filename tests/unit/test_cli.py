"""The command line: exit codes, messages, and a published site that bad input cannot touch."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from duizhao.cli.main import main
from duizhao.cli.site import system_fault
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages

ED = "seeds/example-parks/edition.toml"
PO = "translations/en/LC_MESSAGES/example-parks.po"
WITNESS = "seeds/witnesses/sheet.txt"
SHA = "9bab581055a3157842f8d94eb4a99baf8db66a82d4f354889bb371a149362323"

# what is wrong, file, old words, new words, code, where, what stands under the carets
BROKEN = {
    "missing witness": (
        (WITNESS, None, None), "witness-missing", f"{ED}:10:8", '"witnesses/sheet.txt"',
    ),
    "changed witness": (
        (WITNESS, "综合公园", "综台公园"), "witness-changed", f"{ED}:11:10", f'"{SHA}"',
    ),
    "unknown key": ((ED, "proposal =", "propose ="), "edition-unknown-key", f"{ED}:92:1", "propose"),
    "quotation mismatch": (
        (ED, 'left_ends = "是指向公众开"', 'left_ends = "是指向公园开"'),
        "quotation-mismatch", f"{ED}:40:13", '"是指向公园开"',
    ),
    "malformed PO": (
        (PO, 'msgstr "Visitors shall:"', 'msgstr "Visitors shall:'),
        "catalog-syntax", f"{PO}:145:1", 'msgstr "Visitors shall:',
    ),
    "identifier given twice in a catalog": (
        (PO, 'msgctxt "art_2__para_2"', 'msgctxt "art_2__para_1"'),
        "catalog-duplicate", f"{PO}:134:10", "art_2__para_1",
    ),
    "identifier given twice in the law": (
        (
            ED,
            """[[omit]]
id = "article-7-twice"
lines = "53"
begins = "第七条 公园"
ends = "前条规定的行为。"
repeats = "55"
why = "第七条刊印了两次。"
""",
            '[[read]]\nlines = "53"\nbegins = "第七条"\nends = "行为。"\n',
        ),
        "duplicate-identifier", f"{WITNESS}:53:1", "第七条 公园管理单位应当劝阻违反前条规定的行为。",
    ),
}  # fmt: skip


def spoil(folder: Path, change: tuple[str, str | None, str | None]) -> None:
    name, old, new = change
    path = folder / name
    if old is None or new is None:
        path.unlink()
    else:
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder: its bytes and the time it was written."""
    return {
        p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


@pytest.fixture
def published(tiny_copy: Path) -> Path:
    """A published site beside the tiny one."""
    site = tiny_copy / "site"
    (site / "zh").mkdir(parents=True)
    (site / "index.html").write_text("published", encoding="utf-8")
    (site / "zh" / "index.html").write_text("published", encoding="utf-8")
    (site / "manifest.json").write_text('{"manifest": 1}', encoding="utf-8")
    return site


@pytest.mark.parametrize("name", BROKEN)
def test_bad_input_stops_the_build_and_touches_nothing(
    tiny_copy: Path, published: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    change, code, where, under = BROKEN[name]
    spoil(tiny_copy, change)
    before = content(published)
    assert main(["--root", str(tiny_copy), "build", "--no-pdf"]) == 1
    shown = capsys.readouterr().err
    lines = shown.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{where}  {code}  ")]
    assert under in lines[at + 1]
    assert set(lines[at + 2].strip()) == {"^"}
    assert lines[at + 3].startswith("  Do: ")
    assert "Traceback" not in shown
    assert "MkDocs" not in shown, "it is our problem, told in our words"
    assert content(published) == before
    assert sorted(p.name for p in tiny_copy.glob("site*")) == ["site"]


def test_bad_input_as_a_program_of_its_own(tiny_copy: Path, published: Path, root: Path) -> None:
    spoil(tiny_copy, BROKEN["quotation mismatch"][0])
    before = content(published)
    done = subprocess.run(
        [sys.executable, str(root / "build_scripts"), "--root", str(tiny_copy), "build"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"{ED}:40:13  quotation-mismatch" in done.stderr
    assert "Traceback" not in done.stderr
    assert content(published) == before


def test_every_problem_is_told_at_once(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(tiny_copy, (ED, 'left_ends = "是指向公众开"', 'left_ends = "x"'))
    spoil(tiny_copy, (ED, 'text = "公布公布"', 'text = "y"'))
    spoil(tiny_copy, ("seeds/glossary.toml", 'forms = ["parks"]', 'forms = "parks"'))
    assert main(["--root", str(tiny_copy), "check"]) == 1
    shown = capsys.readouterr().err
    assert shown.count("quotation-mismatch") == 2
    assert shown.count("glossary-type") == 1


def test_check_of_a_sound_site(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "check"]) == 0
    assert capsys.readouterr().out == "2 laws, 148 witness lines accounted for\n"


def test_check_as_json(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny_copy), "check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [f["code"] for f in found] == [
        "translation-missing", "translation-fuzzy", "translation-missing", "translation-exception",
    ]  # fmt: skip
    found = found[1]
    assert found.pop("message")
    assert found.pop("hint")
    assert found == {
        "code": "translation-fuzzy", "severity": "warning", "file": PO, "line": 238, "column": 10,
    }  # fmt: skip


def test_the_site_is_found_from_below(
    tiny_copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tiny_copy / "seeds" / "witnesses")
    assert main(["translate", "status", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    parts = found.pop("parts")
    assert found == {
        "law": "example-parks", "language": "en",
        "translated": 38, "fuzzy": 1, "missing": 2, "stale": 0, "findings": 3, "exceptions": 1,
    }  # fmt: skip
    assert [(p["part"], p["heading"], p["translated"], p["findings"]) for p in parts] == [
        ("front", "", 11, 0),
        ("chapter-1", "第一章 总则", 10, 0),
        ("chapter-2", "第二章 管理", 3, 3),
        ("notes", "", 14, 0),
    ]


def test_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 1
    shown = capsys.readouterr().err
    assert "no-site" in shown
    assert "  Do: go to the folder of a site, name it with --root, or begin one with" in shown


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "This is not the folder of a site: there is no mkdocs.yml in it."),
        ("nowhere", "There is no such folder."),
        ("file", "This is a file."),
    ],
)
@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_a_root_that_is_no_site(
    command: str, name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["--root", str(tmp_path / name), command]) == 1
    shown = capsys.readouterr().err
    assert f"{tmp_path / name}  no-site  {told}\n" in shown
    assert "  Do: name the folder of a site, or begin a new one with `duizhao init`\n" in shown


def test_serve_says_what_is_wrong_with_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert main(["--root", str(tmp_path), "serve", "--address", f"127.0.0.1:{port}"]) == 1
    assert "  Do: correct mkdocs.yml\n" in capsys.readouterr().err


def test_translate_update(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--root", str(tiny_copy), "translate", "update"]
    assert main(run) == 0
    assert capsys.readouterr().err == f"{PO}: unchanged\n"
    spoil(tiny_copy, (PO, 'msgctxt "art_2__para_2"', 'msgctxt "art_2__para_22"'))
    assert main(run) == 0, "what `check` tells to mend with it, it mends"
    assert capsys.readouterr().err == f"{PO}: updated: 1 translation moved\n"
    (entry,) = [e for e in polib.pofile(str(tiny_copy / PO)) if e.msgctxt == "art_2__para_2"]
    assert entry.msgstr == "Parks are divided into comprehensive parks and specialized parks."


def test_translate_of_a_law_that_is_not_there(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(tiny_copy), "translate", "status", "nowhere"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("nowhere  law-unknown  ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("cite", "nowhere", "第一条"), "law-unknown"),
        (("cite", "公园", "第一条", "--language", "fr"), "translation-unknown"),
        (("export", "nowhere", "--format", "json"), "law-unknown"),
        (("translate", "export", "nowhere", "--to", "tmx", "--out", "x"), "law-unknown"),
        (("translate", "suggest", "公园", "--language", "fr"), "translation-unknown"),
        (("translate", "check", "公园", "nowhere"), "law-unknown"),
        (("quote", "mkdocs.yml", "--language", "fr"), "translation-unknown"),
        (("check", "--release", "--language", "fr"), "translation-unknown"),
        (("changes", "{root}", "--language", "fr"), "translation-unknown"),
    ],
)
def test_what_a_command_names_and_is_not_there_is_wrong_use(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    given = [each.format(root=tiny_copy) for each in arguments]
    assert main(["--root", str(tiny_copy), *given]) == 2
    told = capsys.readouterr()
    assert told.out == "", "a result that a program reads holds no fault"
    assert f"  {code}  " in told.err


def test_translate_takes_a_part_of_the_title(
    tiny_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--root", str(tiny_copy), "translate"]
    out = tmp_path / "law.tmx"
    assert main([*run, "export", "公园", "--to", "tmx", "--out", str(out)]) == 0
    assert out.exists()
    assert main([*run, "status", "Parks"]) == 0
    assert "example-parks" in capsys.readouterr().out


def test_translate_status_as_a_table(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny_copy), "translate", "status"]) == 0
    header, row, *parts = capsys.readouterr().out.splitlines()
    columns = ["translated", "fuzzy", "missing", "stale", "findings"]
    assert header.split() == ["law", "language", *columns]
    assert row.split() == ["example-parks", "en", "38", "1", "2", "0", "3"]
    assert parts[2].split() == ["chapter-2", "第二章", "管理", "3", "1", "2", "0", "3"]
    assert parts[-1] == "  exceptions: 1"
    at = header.index("translated")
    assert row[at:].split() == row.split()[2:]


def test_translate_check(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--root", str(tiny_copy), "translate", "check"]
    assert main(run) == 1
    assert capsys.readouterr().out.splitlines()[-1] == ("3 problems; 1 exception, with its reason")
    assert main([*run, "nowhere"]) == 2


def test_markdown(tiny: Site, tiny_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["--root", str(tiny_copy), "markdown", str(out)]) == 0
    written = {p.relative_to(out).as_posix() for p in out.rglob("*.md")}
    assert written == {page.path for page in pages(tiny)}
    assert (out / "zh/example-parks/chapter-1.md").read_text("utf-8").startswith("# 第一章")


def test_parse(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(tiny_copy / WITNESS)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lines"]["unaccounted"] == 0
    assert found["lines"]["total"] == 31


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["build", "--nonsense"], ["translate", "x"]]
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: duizhao" in capsys.readouterr().err


def test_debug_shows_where_a_problem_was_found(
    tiny_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(tiny_copy, (WITNESS, None, None))
    assert main(["--root", str(tiny_copy), "--debug", "check"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_laws_of_one_title_have_a_draft_each(tmp_path: Path) -> None:
    law = "示例市管理办法\n\n第一条 为了管理，制定本办法。\n\n第二条 本办法自公布之日起施行。\n\n"
    source = tmp_path / "two.txt"
    source.write_text(law + law.replace("为了管理", "为了服务"), encoding="utf-8")
    assert main(["examine", str(source), "--out", str(tmp_path / "out")]) == 0
    drafts = sorted(p.relative_to(tmp_path / "out").parts for p in tmp_path.glob("out/*/*.toml"))
    name = "shi-li-shi-guan-li-ban-fa"
    assert drafts == [(name, "edition.toml"), (f"{name}-2", "edition.toml")]
    for folder, file in drafts:
        assert f'id = "{folder}"' in (tmp_path / "out" / folder / file).read_text("utf-8")


def test_bench_without_a_collection(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--root", str(tiny_copy), "bench", "parse", "--corpora", str(tiny_copy / "none")]
    assert main(run) == 1
    assert "no-corpora" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free space, then"),
        (errno.EFBIG, "free space, then"),
        (errno.EACCES, "mend the permissions or name another folder, then"),
        (errno.EROFS, "mend the permissions or name another folder, then"),
        (errno.ENOENT, "correct the name, or put it there, then"),
        (errno.ENOTDIR, "mend that, then"),
    ],
)
def test_what_the_system_refuses_names_the_place_and_a_remedy_that_fits(
    number: int, remedy: str
) -> None:
    why = os.strerror(number)
    end = f"system  The system refuses it: {why}.\n  Do: {remedy} run it again; "
    assert system_fault(OSError(number, why)).startswith(f"the disk  {end}")
    assert system_fault(OSError(number, why, "x")).startswith(f"x  {end}")
    # A copy that fails names its source first, and it was the target that was refused.
    assert system_fault(OSError(number, why, "from", None, "to")).startswith(f"to  {end}")
