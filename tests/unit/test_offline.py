"""The lists of the service worker: complete, of one build, and none that grows for ever."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from duizhao.building.whole.offline import LONGEST, version_of, write_worker


def _site(folder: Path, sources: int, laws: int = 0) -> Path:
    names = ["index.html", "404.html", "zh/index.html", "zh/lake/a/index.html", "pdf/lake/a.pdf"]
    names += ["en/lake/a/index.html", "assets/x.css", "assets/search/index.js"]
    names += [f"zh/source/{n}/index.html" for n in range(sources)]
    names += [f"zh/law-{n}/a/index.html" for n in range(laws)]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    write_worker(folder, ["zh", "en"])
    return folder


def _lists(site: Path) -> dict[str, dict[str, str]]:
    """The lists that the list of lists leads to, each of the digest that is said there."""
    digest, count = _head(site)["LISTS"]
    parts = _list(site, "~", digest)
    names = [(name, own) for part in parts.items() for name, own in _list(site, *part).items()]
    found = {name: _list(site, name, own) for name, own in names}
    assert len(parts) == count
    assert {p.stem for p in site.glob("offline/*.json")} == {"~", *parts, *found}
    return found


def _list(site: Path, name: str, digest: str) -> dict[str, str]:
    data = (site / f"offline/{name}.json").read_bytes()
    assert hashlib.sha256(data).hexdigest().startswith(digest)
    said: dict[str, str] = json.loads(data)
    return said


def _head(site: Path) -> dict[str, Any]:
    lines = (site / "sw.js").read_text("utf-8").split("\n")[:5]
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
    assert _lists(one)["lake"] != _lists(same)["lake"]


def test_a_changed_page_changes_its_list_and_those_that_lead_there(tmp_path: Path) -> None:
    one, other = _site(tmp_path / "one", 2, laws=300), _site(tmp_path / "other", 2, laws=300)
    (other / "zh/law-7/a/index.html").write_text("changed", "utf-8")
    write_worker(other, ["zh", "en"])
    names = {path.name for path in one.glob("offline/*.json")}
    assert names == {path.name for path in other.glob("offline/*.json")}
    changed = {
        n
        for n in names
        if (one / "offline" / n).read_bytes() != (other / "offline" / n).read_bytes()
    }
    assert len(changed) == 3
    assert {"~.json", "law-7.json"} < changed
    assert max((one / "offline" / n).stat().st_size for n in names) < 6_000


def test_a_version_changes_with_the_content() -> None:
    assert version_of(b"a") == version_of(b"a") != version_of(b"b")
