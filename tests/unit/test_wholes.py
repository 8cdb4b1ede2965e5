"""What is made of all laws together is taken as it stands, or made anew, never half of each."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.building.laws import bars
from duizhao.building.laws.anew import Step
from duizhao.building.laws.bars import shown
from duizhao.building.whole import wholes
from duizhao.building.whole.published import published_from_folder
from duizhao.building.whole.wholes import Whole, Wholes

LATER = 1_000_000_000  # nanoseconds


class Maker:
    """Makes two files in a site, and counts how often."""

    def __init__(self, tmp_path: Path) -> None:
        self.times, self._root = 0, tmp_path
        self.steps: list[Step] = []
        self.during: Callable[[], None] = lambda: None

    def __call__(
        self, made_of: object, site: str, published: str = "none", *, kept: bool = True
    ) -> Whole:
        """Write them into a site in the place of a published one; it is published if `kept`."""
        target, before = self._root / site, published_from_folder(self._root / published)
        there = Wholes(target=target, published=before, folder=self._root / "cache")
        target.mkdir()

        def make() -> Whole:
            self.times += 1
            self.during()
            data = {name: f"{name}: {made_of}".encode() for name in ("a", "b")}
            for name, each in data.items():
                (target / name).write_bytes(each)
            return Whole(
                files=tuple((n, len(d), hashlib.sha256(d).hexdigest()) for n, d in data.items()),
                text=str(made_of),
            )

        made = there.written("both", {"laws": made_of}, make)
        self.steps += there.steps.values()
        outputs = {path: {"bytes": size, "sha256": sha256} for path, size, sha256 in made.files}
        manifest = target / "manifest.json"
        manifest.write_text(json.dumps({"manifest": 1, "outputs": outputs}), "utf-8")
        written = (target / "b").stat().st_mtime_ns + LATER
        os.utime(manifest, ns=(written, written))
        if kept:
            there.keep(target)
        return made


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def test_the_same_is_linked(make: Maker, tmp_path: Path) -> None:
    first = make(1, "first")
    assert make(1, "second", "first") == first
    assert make.times == 1
    assert all((tmp_path / "second" / n).samefile(tmp_path / "first" / n) for n in ("a", "b"))


def test_what_is_made_of_something_else_is_made(make: Maker) -> None:
    make(1, "first")
    assert make(2, "second", "first").text == "2"
    assert make.times == 2


def test_it_is_told_what_was_made_and_why(make: Maker, tmp_path: Path) -> None:
    make(1, "first")
    make(1, "second", "first")
    make(2, "third", "first")
    (tmp_path / "third/a").unlink()
    make(2, "fourth", "third")
    reasons = [step.why for step in make.steps]
    new, gone = "not made before, or what was kept is damaged", "what was kept is gone or damaged"
    assert reasons == [(new,), (), ("laws",), (gone,)]


def test_what_takes_long_says_so_while_it_is_done(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    with shown(said.append):
        make(1, "first")
        assert said == []
        monkeypatch.setattr(bars, "_SOON", 0.0)
        make.during = lambda: time.sleep(0.2)
        make(2, "second", "first")
    assert said == ["making: both …"]


def test_where_one_file_is_gone_or_another_all_are_made_and_none_through_a_link(
    make: Maker, tmp_path: Path
) -> None:
    first = make(1, "first")
    (tmp_path / "first/b").write_text("somebody’s", "utf-8")
    assert make(1, "second", "first") == first
    assert make.times == 2
    assert not any((tmp_path / "second" / n).samefile(tmp_path / "first" / n) for n in ("a", "b"))
    assert (tmp_path / "first/b").read_text("utf-8") == "somebody’s"
    make(1, "third")  # nothing is published
    assert make.times == 3


def test_what_is_made_but_not_published_is_not_what_the_published_site_has(make: Maker) -> None:
    """A rehearsal, a build that fails at the end, a site elsewhere."""
    first = make(1, "first")
    make(2, "rehearsal", kept=False)
    make(3, "elsewhere")
    assert make(1, "second", "first") == first
    assert make.times == 3


def test_what_other_tools_made_is_made_again(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(1, "first")
    cache, published = tmp_path / "cache", published_from_folder(tmp_path / "first")
    there = Wholes(target=tmp_path / "second", published=published, folder=cache)
    assert there.before("both") == made
    assert there.before("other") is None
    monkeypatch.setattr(wholes, "tools", lambda: "other tools")
    assert there.before("both") is None
    make(1, "third", "first")
    assert make.times == 2
