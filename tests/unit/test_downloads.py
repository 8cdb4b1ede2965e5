"""The files to take away: all of them listed, with their digests, on the page and in the index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from duizhao.ground.problems import DuizhaoError
from duizhao.ground.text import plain
from duizhao.languages.law import Law
from duizhao.parser.edition import Unit
from duizhao.site.pipeline import Site
from duizhao.site.site_pages import pages
from duizhao.writers import downloads
from duizhao.writers.downloads import (
    FORMATS,
    INDEX,
    Download,
    Format,
    Shared,
    law_downloads,
)
from duizhao.writers.formats.json_law import law_json
from duizhao.writers.formats.tables import OfLaw
from duizhao.writers.site_downloads import (
    Share,
    rows_from_bytes,
    rows_to_bytes,
    share_of,
    whole_files,
    write_whole,
)

BASE = "https://example.org/"


def made(site: Site) -> dict[str, tuple[Download, ...]]:
    shared = Shared(glossary=site.glossary, base=BASE)
    return {law.id: law_downloads(law, shared) for law in site.laws}


@pytest.fixture(scope="module")
def published(real: Site) -> dict[str, tuple[Download, ...]]:
    """The files of the laws that are published."""
    return made(real)


@dataclass
class Shares:
    """What laws give, as it is kept."""

    of_laws: dict[str, Share]

    def rows(self) -> Iterator[OfLaw]:
        for law_id, share in self.of_laws.items():
            kept = rows_to_bytes(share.rows)
            yield law_id, partial(rows_from_bytes, kept)

    def lines(self) -> Iterator[bytes]:
        return (share.lines.encode() for share in self.of_laws.values())

    def entries(self) -> Iterator[str]:
        return (share.entry for share in self.of_laws.values())


def together(
    site: Site, of_laws: dict[str, tuple[Download, ...]], folder: Path
) -> dict[str, bytes]:
    """The files of all laws together, by path."""
    given = {law.id: share_of(law, of_laws[law.id], BASE) for law in site.laws}
    write_whole(folder, Shares(given), ["en"], BASE)
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")} == {
        each.path for each in whole_files()
    }
    return {each.path: (folder / each.path).read_bytes() for each in whole_files()}


def test_every_format_of_every_law_is_in_the_index(
    real: Site, published: dict[str, tuple[Download, ...]], tmp_path: Path
) -> None:
    of_laws = published
    whole = together(real, of_laws, tmp_path)
    index = json.loads(whole[INDEX])
    assert whole[INDEX].decode() == json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    listed: dict[str, tuple[int, str]] = {}
    for entry in (index, *index["laws"], *(e for one in index["laws"] for e in one["expressions"])):
        for file in entry["files"]:
            assert file["path"] not in listed
            listed[file["path"]] = (file["bytes"], file["sha256"])
    files = {path: data for path, data in whole.items() if path != INDEX}
    files |= {each.path: each.data for one in of_laws.values() for each in one}
    assert listed == {
        path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()
    }
    for one in of_laws.values():
        assert {each.format for each in one} == set(FORMATS)


def test_the_same_bytes_each_time(tiny: Site, tmp_path: Path) -> None:
    first, second = made(tiny), made(tiny)
    assert [list(one) for one in first.values()] == [list(one) for one in second.values()]
    assert together(tiny, first, tmp_path / "one") == together(tiny, second, tmp_path / "two")


@pytest.mark.parametrize(("language", "words"), [("zh", "下载"), ("en", "Downloads")])
def test_the_overview_links_every_file_with_its_size(
    real: Site, published: dict[str, tuple[Download, ...]], language: str, words: str
) -> None:
    of_laws = published
    law_id = real.laws[0].id
    path = f"{language}/{law_id}/index.md"
    page = next(p for p in pages(real, of_laws) if p.path == path)
    section = page.markdown.partition(f"## {words} {{#downloads}}")[2]
    assert of_laws[law_id]
    for each in of_laws[law_id]:
        rest = section.partition(f"](../../{each.path})")[2]
        assert f" {-(-len(each.data) // 1000)} kB" in rest.partition("\n")[0].partition("](")[0]


def test_the_files_of_all_laws_stand_below(
    real: Site, published: dict[str, tuple[Download, ...]]
) -> None:
    of_laws = published
    whole = whole_files()
    page = next(p for p in pages(real, {**of_laws, "": whole}) if p.kind == "overview")
    assert whole
    for each in whole:
        assert f"](../../{each.path})" in page.markdown


def test_without_files_there_is_no_section(tiny: Site) -> None:
    assert all("#downloads" not in page.markdown for page in pages(tiny))


def test_a_file_of_another_language_is_not_on_the_page(tiny: Site) -> None:
    of_laws = made(tiny)
    (name, files), *_ = of_laws.items()
    other = Download(path="data/x/x.bo.xml", format="akn", language="bo", data=b"x")
    found = list(pages(tiny, {name: (*files, other)}))
    assert all("x.bo.xml" not in page.markdown for page in found)


def test_what_differs_from_the_edition_is_not_published(
    tiny: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = law_json

    def wrong(edition: object, *rest: object) -> str:
        return right(replace(edition, law_id="other"), *rest)  # type: ignore[arg-type, type-var]

    monkeypatch.setattr("duizhao.writers.downloads.law_json", wrong)
    with pytest.raises(DuizhaoError) as reason:
        made(tiny)
    assert [p.code for p in reason.value.problems] == ["download-differs"]


def test_a_format_is_one_row_of_the_table(tiny: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def titles(law: Law, shared: Shared) -> Iterator[tuple[str, bytes]]:
        yield "zh", f"{shared.base} {law.edition.metadata.title}".encode()

    monkeypatch.setattr(downloads, "FORMATS", {"title": Format("txt", "text/plain", titles)})
    (each,) = made(tiny)["example-parks"]
    assert each.path == "data/example-parks/example-parks.zh.txt"


ODD = "公\x01园\ufffe管\uffff理"


def with_edition(law: Law, **changes: Any) -> Law:
    edition = replace(law.edition, **changes)
    pairs = {code: replace(pair, edition=edition) for code, pair in law.bilingual.items()}
    return replace(law, edition=edition, bilingual=pairs)


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_with_what_no_markup_can_hold_is_in_every_format(tiny: Site, name: str) -> None:
    title = Unit(eid="title", role="title", text=plain(ODD))
    assert law_downloads(with_edition(tiny.laws[0], title=title), Shared(), only=name)


def test_what_no_markup_can_hold_is_shown_as_an_escape(tiny: Site) -> None:
    metadata = replace(tiny.laws[0].edition.metadata, title=ODD)
    odd = with_edition(tiny.laws[0], metadata=metadata)
    (html,) = law_downloads(odd, Shared(), only="html")
    assert "<title>公\\u0001园\\ufffe管\\uffff理</title>" in html.data.decode()


@pytest.mark.parametrize(
    ("day", "said"), [("2030-06-01", "2030-06-01 · SHA-256 "), ("", "SHA-256 ")]
)
def test_the_end_of_the_web_page_dates_the_edition_if_it_is_dated(
    tiny: Site, day: str, said: str
) -> None:
    metadata = replace(tiny.laws[0].edition.metadata, edition_date=day)
    law = with_edition(tiny.laws[0], metadata=metadata)
    (html,) = law_downloads(law, Shared(), only="html")
    assert f"<p>{said}" in html.data.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_metadata_with_what_no_markup_can_hold_are_in_every_format(tiny: Site, name: str) -> None:
    old = tiny.laws[0].edition.metadata
    events = (replace(old.events[0], text=ODD, organ=ODD),)
    metadata = replace(
        old, title=ODD, short_title=ODD, organ=ODD, document_number=ODD, source=ODD, events=events
    )
    assert law_downloads(with_edition(tiny.laws[0], metadata=metadata), Shared(), only=name)
