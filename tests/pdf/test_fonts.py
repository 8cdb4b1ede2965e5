"""Which fonts a print is made with: it is set again where they are others, not where they are elsewhere."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.prints import print_jobs, prints
from duizhao.building.prints.print_jobs import jobs_of
from duizhao.building.prints.print_lists import list_keys
from duizhao.commands.starter import write_starter
from duizhao.commands.verify import check_inputs, manifest_in
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError
from duizhao.ground.store import Store
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.writers.typeset import PrintOptions, fonts, fonts_digest, options_for
from duizhao.writers.typeset.compile import system_fonts
from duizhao.writers.typeset.fonts import characters

FONT = pylopdf_fonts_zh_cn.serif_path()


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site") / "mysite"
    write_starter(folder)
    return site_from_options(Options(root=folder))


def _keys(site: Site, **given: object) -> tuple[list[str], dict[str, str]]:
    """What prints are kept under, and their lists, with these options; nothing is remembered."""
    print_jobs.tools_or_fonts.cache_clear()
    options = {"en": PrintOptions(**given)}  # type: ignore[arg-type]
    (law,) = site.laws
    keys = [job.key for job in jobs_of(law, options, site.readings)]
    return keys, list_keys(site.laws, options, site.readings)


def test_where_the_fonts_lie_does_not_matter(starter: Site, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    shutil.copy(FONT, tmp_path / "one/a.otf")
    shutil.copy(FONT, tmp_path / "other/b.otf")
    (tmp_path / "other/LICENSE").touch()
    one, other = (_keys(starter, fonts=(str(tmp_path / n),)) for n in ("one", "other"))
    assert one == other
    assert _keys(starter, fonts=(str(tmp_path / "one/a.otf"),)) == one


def test_another_font_is_noticed(starter: Site, tmp_path: Path) -> None:
    font = tmp_path / "a.otf"
    shutil.copy(FONT, font)
    before, lists = _keys(starter, fonts=(str(font),))
    data = bytearray(font.read_bytes())
    data[-1] ^= 1
    font.write_bytes(data)
    after, others = _keys(starter, fonts=(str(font),))
    assert not set(before) & set(after)
    assert lists != others


def test_the_machines_own_fonts_count_where_they_are_used(
    starter: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = tmp_path / "a.otf"
    shutil.copy(FONT, font)
    found = [font]
    monkeypatch.setattr(fonts, "system_fonts", lambda: found)
    before, lists = _keys(starter, system_fonts=True)
    found[:] = [Path(shutil.copy(font, tmp_path / "elsewhere.otf"))]
    assert _keys(starter, system_fonts=True) == (before, lists)
    found.append(font)
    assert not set(before) & set(_keys(starter, system_fonts=True)[0])
    found.pop()
    with found[0].open("r+b") as file:  # a table of another version has another checksum
        file.seek(12 + 4)
        file.write(struct.pack(">I", 1))
    after, others = _keys(starter, system_fonts=True)
    assert not set(before) & set(after)
    assert lists != others
    assert _keys(starter) == _keys(starter, system_fonts=False)


@pytest.mark.parametrize("size", [0, 5, 11, 3_000])
def test_a_file_that_is_no_font_is_named(tmp_path: Path, size: int) -> None:
    """A part of one, as an upload that was cut off leaves it, ended in a traceback."""
    (tmp_path / "a.otf").write_bytes(FONT.read_bytes()[:size])
    with pytest.raises(DuizhaoError) as caught:
        characters(tmp_path / "a.otf")
    (problem,) = caught.value.problems
    assert (problem.code, problem.position.file) == ("print-option", "a.otf")


def test_a_font_that_is_written_while_prints_are_set_stops_the_build(
    starter: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of some prints nobody would know in which of both they were set: none is kept."""
    font = tmp_path / "a.otf"
    shutil.copy(FONT, font)
    monkeypatch.setattr(fonts, "system_fonts", lambda: [font])
    monkeypatch.setattr(prints, "_set_all", lambda *_: font.write_bytes(font.read_bytes() + b"x"))
    print_jobs.tools_or_fonts.cache_clear()
    options, dropped = PrintOptions(system_fonts=True), list[str]()
    monkeypatch.setattr(Store, "drop", lambda _, key: dropped.append(key))
    with pytest.raises(DuizhaoError, match="input-written"), Workers() as workers:
        prints.prints(starter, options, tmp_path / "cache", workers)
    assert dropped
    print_jobs.tools_or_fonts.cache_clear()


def test_every_font_of_this_machine_can_be_told() -> None:
    """Collections too, if it has some."""
    assert fonts_digest((), system=True) == fonts_digest((), system=True)
    plain = fonts_digest((), system=False)
    assert (fonts_digest((), system=True) != plain) == bool(system_fonts())


def test_a_collection_is_told_by_each_of_its_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two fonts with a table each: the checksum of either tells."""
    tables = [struct.pack(">4s4H", b"OTTO", 1, 0, 0, 0) + b"name" + bytes(12) for _ in range(2)]
    head = struct.pack(">4sIIII", b"ttcf", 0x10000, 2, 20, 20 + len(tables[0]))
    path = tmp_path / "a.ttc"
    monkeypatch.setattr(fonts, "system_fonts", lambda: [path])
    found = set()
    for at in (None, 20 + 16, 20 + len(tables[0]) + 16):
        data = bytearray(head + b"".join(tables))
        if at is not None:
            data[at] = 1
        path.write_bytes(data)
        found.add(fonts_digest((), system=True))
    assert len(found) == 3


def test_a_font_of_the_sites_own_for_a_language_counts(starter: Site, tmp_path: Path) -> None:
    shutil.copy(FONT, tmp_path / "a.otf")
    plain = PrintOptions()
    own = options_for(plain, starter.interfaces["en"], tmp_path)
    assert print_jobs.tools_or_fonts(own.fonts) != print_jobs.tools_or_fonts(plain.fonts)


def test_fonts_are_among_what_the_site_was_made_from(tmp_path: Path) -> None:
    root = tmp_path / "mysite"
    write_starter(root)
    for folder in ("fonts", "translations/en/fonts"):
        (root / folder).mkdir()
    own = ("fonts/a.otf", "translations/en/fonts/b.otf")
    for path in own:
        shutil.copy(FONT, root / path)
    (root / "fonts/LICENSE").touch()
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("      printing:\n        fonts: [fonts]\n")
    render_site(root, root / "site")
    manifest = manifest_in(root / "site")
    told = {path for path, row in manifest["inputs"].items() if row["kind"] == "font"}
    assert told == set(own)
    for path, row in manifest["outputs"].items():
        assert (set(own) <= set(row.get("from", ()))) == path.startswith("pdf/"), path
    assert list(check_inputs(root, manifest)) == []
    (root / own[0]).write_bytes(b"another")
    (root / own[1]).unlink()
    found = [(problem.code, problem.position.file) for problem in check_inputs(root, manifest)]
    assert found == [("input-changed", own[0]), ("input-missing", own[1])]
