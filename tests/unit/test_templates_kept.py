"""Compiled templates are kept, and made again where anything differs or is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, pass_context

from duizhao.building.pages.assets import add_filters
from duizhao.building.pages.templates_kept import KeptTemplates


def rendered(folder: Path, source: str, version: str = "1") -> tuple[str, int]:
    """What a template says where a.css has this version, and how many had to be compiled."""
    compiled = []

    class Noted(Environment):
        def _compile(self, source: str, filename: str) -> object:  # type: ignore[override]
            compiled.append(filename)
            return super()._compile(source, filename)

    environment = Noted(loader=DictLoader({"x.html": source}), bytecode_cache=KeptTemplates(folder))
    environment.filters["url"] = pass_context(lambda _, path: path)
    add_filters(environment, {"a.css": version})
    return environment.get_template("x.html").render(), len(compiled)


SOURCE = "{{ 'a.css' | version }} {{ 'a.css' | asset }}"


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert rendered(tmp_path, SOURCE) == ("1 a.css?1", 1)
    assert rendered(tmp_path, SOURCE) == ("1 a.css?1", 0)


def test_again_where_it_says_something_else(tmp_path: Path) -> None:
    rendered(tmp_path, SOURCE)
    assert rendered(tmp_path, f"{SOURCE}!") == ("1 a.css?1!", 1)


def test_what_filters_make_of_constants_is_not_kept(tmp_path: Path) -> None:
    rendered(tmp_path, SOURCE)
    assert rendered(tmp_path, SOURCE, "2") == ("2 a.css?2", 0)


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_again_where_it_is_damaged(tmp_path: Path, damage: bytes | None) -> None:
    rendered(tmp_path, SOURCE)
    (path,) = (tmp_path / "templates").iterdir()
    path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert rendered(tmp_path, SOURCE) == ("1 a.css?1", 1)
