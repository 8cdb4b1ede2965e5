"""What a build says of what it makes of all laws together."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from tests.scale.sites import site_of, write_law

from duizhao.building.mkdocs.site_build import render_site
from duizhao.building.whole import wholes
from duizhao.building.whole.published import published_from_folder
from duizhao.ground.problem_words import LANGUAGE
from duizhao.writers.search.files import files_from_gathered
from duizhao.writers.search.mend import mended


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return site_of(tmp_path / "mysite", 5)


def test_each_step_says_why_it_was_done_or_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for function in (files_from_gathered, mended):  # as on a large site
        monkeypatch.setitem(function.__kwdefaults__ or {}, "small", 0)

    def built(name: str, before: str = "") -> list[str]:
        said: list[str] = []
        published = published_from_folder(root / before) if before else None
        made = render_site(
            root, root / name, pdf=False, published=published, say=said.append, explain=True
        )
        made.keep(root / name)
        return [line for line in said if not line.startswith("law-")][:-1]

    new = "made anew; changed: not made before, or what was kept is damaged"
    steps = ("archive of the site", "index of search", "pages of no law", "tables of all laws")
    assert built("first") == [f"{step}: {new}" for step in steps]
    assert built("second", "first") == [f"{step}: kept" for step in steps]
    write_law(root, 3, changed="和水鸟")
    assert built("third", "first") == [
        "archive of the site: brought up to date; changed: files",
        "index of search: brought up to date; changed: laws",
        "pages of no law: made anew; changed: laws",
        "tables of all laws: brought up to date; changed: laws",
    ]


def test_steps_in_threads_speak_the_language_of_the_command(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: set[str] = set()

    def noticed(said: str) -> AbstractContextManager[None]:
        words.add(said)
        return nullcontext()

    monkeypatch.setattr(wholes, "noticed", noticed)
    spoke = LANGUAGE.set("zh")
    try:
        render_site(root, root / "first", pdf=False)
    finally:
        LANGUAGE.reset(spoke)
    steps = ("整站压缩包", "检索索引", "不属于任何法规的页面", "全部法规的数据表")
    assert words == {f"正在制作：{step}……" for step in steps}
