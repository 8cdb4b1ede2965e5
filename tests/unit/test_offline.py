"""The lists of the service worker: complete, of one build, and none that grows for ever."""

from __future__ import annotations

import json
from pathlib import Path

from duizhao.offline import LONGEST, version_of, write_worker


def _site(folder: Path, sources: int) -> Path:
    names = ["index.html", "404.html", "zh/index.html", "zh/lake/a/index.html", "pdf/lake/a.pdf"]
    names += ["en/lake/a/index.html", "assets/x.css", "assets/search/index.js"]
    names += [f"zh/source/{n}/index.html" for n in range(sources)]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    write_worker(folder, ["zh", "en"])
    return folder


def _lists(site: Path) -> dict[str, dict[str, str]]:
    return {p.stem: json.loads(p.read_text("utf-8"))["files"] for p in site.glob("offline/*.json")}


def _head(site: Path) -> dict[str, object]:
    lines = (site / "sw.js").read_text("utf-8").split("\n")[:4]
    pairs = (line.removeprefix("const ").rstrip(";").split(" = ", 1) for line in lines)
    return {name: json.loads(value) for name, value in pairs}


def test_every_page_is_in_one_list_and_both_languages_of_a_law_are_together(tmp_path: Path) -> None:
    lists = _lists(_site(tmp_path, 1))
    assert set(lists["lake"]) == {"zh/lake/a/", "en/lake/a/"}
    assert set(lists["site"]) == {"", "zh/", "assets/x.css"}
    assert set(lists["search"]) == {"assets/search/index.js"}


def test_a_long_list_is_divided(tmp_path: Path) -> None:
    site = _site(tmp_path, LONGEST + 50)
    lists = _lists(site)
    parts = [files for name, files in lists.items() if name.startswith("source~")]
    assert _head(site)["SHARDS"] == {"source": 2}
    assert len(parts) == 2
    assert sum(map(len, parts)) == LONGEST + 50
    assert all(len(files) <= LONGEST for files in parts)


def test_the_shell_does_not_grow_with_the_laws(tmp_path: Path) -> None:
    few, many = _site(tmp_path / "few", 1), _site(tmp_path / "many", 500)
    assert _head(few)["SHELL"] == _head(many)["SHELL"]
    assert abs((few / "sw.js").stat().st_size - (many / "sw.js").stat().st_size) < 20


def test_a_build_is_named_by_its_content(tmp_path: Path) -> None:
    one, same = _site(tmp_path / "one", 2), _site(tmp_path / "same", 2)
    assert (one / "sw.js").read_bytes() == (same / "sw.js").read_bytes()
    build = _head(one)["BUILD"]
    (one / "zh/lake/a/index.html").write_text("changed", "utf-8")
    write_worker(one, ["zh", "en"])
    assert _head(one)["BUILD"] != build
    assert {json.loads(p.read_text("utf-8"))["build"] for p in one.glob("offline/*.json")} == {
        _head(one)["BUILD"]
    }


def test_a_version_changes_with_the_content() -> None:
    assert version_of(b"a") == version_of(b"a") != version_of(b"b")
