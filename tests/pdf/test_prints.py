"""The prints of a site: what is set again, what is offered, the archive."""

from __future__ import annotations

import io
import os
import shutil
import struct
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from duizhao.building.laws.anew import Printed, explained, summary
from duizhao.building.prints import print_jobs
from duizhao.building.prints import prints as module
from duizhao.building.prints.print_jobs import Job, Result
from duizhao.building.prints.prints import THREADS, PrintedFiles, prints
from duizhao.ground.pool import Workers
from duizhao.ground.problems import DuizhaoError, Problem
from duizhao.languages.law import Law
from duizhao.languages.print_files import PRINT_FORMS, LawPrints, extent
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.writers.typeset import PrintOptions, leaf_pdf

pytestmark = pytest.mark.pdf

CATALOG = "translations/en/LC_MESSAGES/example-parks.po"
OPTIONS = PrintOptions(site_url="https://law.example/")


class Here(Executor):
    """Sets in this process, and remembers what it set."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.paths.append(args[0].path)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def read(root: Path) -> Site:
    return site_from_options(Options(root=root))


def names(paths: list[str]) -> set[str]:
    return {path.removeprefix("pdf/example-parks/") for path in paths}


def everything(files: PrintedFiles) -> dict[str, bytes]:
    return {path: data for law_id in files.lists for path, data in files.read(law_id)}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def made(tiny: Site, cache: Path) -> tuple[LawPrints, dict[str, bytes]]:
    offered, files, _ = prints(tiny, OPTIONS, cache, Workers(Here()))
    found = everything(files)
    assert list(files.paths()) == list(found)
    return offered["example-parks"], found


def test_what_cannot_be_set_is_told_of_all_laws_before_anything_is_set(
    tiny: Site, tmp_path: Path
) -> None:
    """A sign of nobody's stands in two laws; hours of setting come after this."""

    def with_sign(law: Law, law_id: str) -> Law:
        metadata = replace(law.edition.metadata, short_title="公园\ue5f9条例")
        edition = replace(law.edition, law_id=law_id, metadata=metadata)
        pairs = {code: replace(pair, edition=edition) for code, pair in law.bilingual.items()}
        return replace(law, edition=edition, bilingual=pairs)

    laws = tuple(with_sign(tiny.laws[0], law_id) for law_id in ("one", "two"))
    here = Here()
    with pytest.raises(DuizhaoError) as caught:
        prints(replace(tiny, laws=laws), OPTIONS, tmp_path, Workers(here))
    found = {(p.code, p.position.file) for p in caught.value.problems}
    assert found == {("print-missing-glyph", "one"), ("print-missing-glyph", "two")}
    assert not here.paths


def test_a_print_that_another_build_took_for_old_is_set_again(
    tiny: Site,
    cache: Path,
    made: tuple[LawPrints, dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(cache / "prints", tmp_path / "prints")
    told = module._told

    def lose(*given: Any) -> list[Printed]:
        min((tmp_path / "prints").iterdir()).unlink()
        return told(*given)

    monkeypatch.setattr(module, "_told", lose)
    _, files, _ = prints(tiny, OPTIONS, tmp_path, Workers(Here()))
    assert everything(files) == made[1]


def test_threads_set_a_few_beside_each_other(
    tiny: Site,
    made: tuple[LawPrints, dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = set()

    def noted(job: Job) -> tuple[Result, list[Problem]]:
        threads.add(threading.get_ident())
        return set_job(job)

    set_job = print_jobs.set_job
    monkeypatch.setattr(module, "set_job", noted)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    _, files, _ = prints(tiny, OPTIONS, tmp_path, Workers())
    assert len(threads) == THREADS
    assert everything(files) == made[1]


def test_only_what_changed_is_set_again(tiny_copy: Path, tmp_path: Path) -> None:
    first = Here()
    _, files, new = prints(read(tiny_copy), OPTIONS, tmp_path, Workers(first))
    before = everything(files)
    again = Here()
    _, files, none = prints(read(tiny_copy), OPTIONS, tmp_path, Workers(again))
    assert again.paths == []
    assert everything(files) == before
    count = len(first.paths)
    assert [*summary([], new)][1] == f"{count} of {count} prints set anew"
    assert [*summary([], none)][1] == f"0 of {count} prints set anew"
    (line,) = explained([], new)
    assert line.startswith(
        f"example-parks: {count} of {count} prints set; changed: not made before"
    )
    assert [*explained([], none)] == []
    path = tiny_copy / CATALOG
    text = path.read_text("utf-8")
    heading = 'msgstr "Chapter 2 Management"'
    assert heading in text
    path.write_text(text.replace(heading, 'msgstr "Chapter 2 Running"'), "utf-8")
    _, files, told = prints(read(tiny_copy), OPTIONS, tmp_path, Workers(again))
    after = everything(files)
    law, chapter = "example-parks", "chapter-2"
    assert names(again.paths) == {
        f"{part}.{form}.pdf" for part in (law, chapter) for form in ("en", "zh-en")
    }
    assert [*explained([], told)] == [
        f"example-parks: 4 of {count} prints set; changed: text, translation or notes"
    ]
    changed = {name for name in after if after[name] != before[name]}
    assert names(sorted(changed)) == names(again.paths) | {f"{law}.zip"}


def test_other_options_are_another_print(
    tiny: Site, made: tuple[LawPrints, dict[str, bytes]], cache: Path, tmp_path: Path
) -> None:
    shutil.copytree(cache, tmp_path / "cache")
    other, again = Here(), Here()
    prints(tiny, OPTIONS, tmp_path / "cache", Workers(again))
    assert again.paths == []
    letter = PrintOptions(paper="letter", site_url=OPTIONS.site_url)
    prints(tiny, letter, tmp_path / "cache", Workers(other))
    offered, files = made
    assert set(other.paths) == files.keys() - {offered.archive}


def test_every_form_of_the_law_and_of_each_chapter(
    made: tuple[LawPrints, dict[str, bytes]],
) -> None:
    offered, files = made
    for slug in ("", "chapter-1", "chapter-2"):
        assert tuple(file.form for file in offered.of(slug, "en")) == PRINT_FORMS
    for file in offered.files:
        assert file.size == len(files[file.path])
        with pikepdf.open(io.BytesIO(files[file.path])) as pdf:
            assert file.pages == len(pdf.pages)
    assert offered.find("chapter-1", "zh", "en") in offered.files
    assert offered.find("chapter-9", "zh", "en") is None


def test_the_archive_holds_every_pdf(made: tuple[LawPrints, dict[str, bytes]]) -> None:
    offered, files = made
    data = files[offered.archive]
    assert offered.archive_size == len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        found = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert found == {file.path.removeprefix("pdf/"): files[file.path] for file in offered.files}


def test_the_picture_is_a_small_one_of_a_page(made: tuple[LawPrints, dict[str, bytes]]) -> None:
    offered, files = made
    picture = files[offered.picture]
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = offered.picture_size
    assert struct.unpack_from(">II", picture, 16) == (width, height)
    assert height / width == pytest.approx(297 / 210, rel=0.01)
    assert len(picture) < 60_000


def test_what_is_not_as_the_edition_is_not_published(
    tiny: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = leaf_pdf
    monkeypatch.setattr(
        print_jobs,
        "leaf_pdf",
        lambda pair, _, **more: wrong(pair, tiny.laws[0].leaves[0], **more),
    )
    with pytest.raises(DuizhaoError, match="print-text"):
        prints(tiny, OPTIONS, tmp_path, Workers(Here()))
    # What was right is kept: the first chapter and the whole law.
    assert len(list((tmp_path / "prints").iterdir())) == 2 * len(PRINT_FORMS) + 1


def test_sizes_are_said_in_the_pages_language(
    real: Site, made: tuple[LawPrints, dict[str, bytes]]
) -> None:
    file = made[0].files[0]
    kilobytes = round(file.size / 1000)
    assert extent(file, real.interfaces["zh"]) == f"{file.pages} 页，{kilobytes} kB"
    assert extent(file, real.interfaces["en"]) == f"{file.pages} pages, {kilobytes} kB"
