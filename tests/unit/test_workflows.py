"""The workflows, ours and that of the guide: what they run is pinned, and what a build keeps stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from duizhao.building.mkdocs.plugin import DuizhaoConfig

ROOT = Path(__file__).parents[2]
OURS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GUIDES = [ROOT / f"docs/tool/{language}/guide/split.md" for language in ("en", "zh")]


def _guide(page: Path) -> str:
    (block,) = re.findall(
        r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return str(block)


def _steps(text: str) -> list[dict[str, Any]]:
    """The steps of the job that builds the site."""
    jobs = yaml.safe_load(text)["jobs"].values()
    (steps,) = (
        j["steps"] for j in jobs if any("make site" in s.get("run", "") for s in j["steps"])
    )
    return list(steps)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_action_is_pinned_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert used
    for each in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)


@pytest.mark.parametrize("page", [ROOT / ".github/workflows/pages.yml", *GUIDES])
def test_what_a_build_keeps_is_there_for_the_next(page: Path) -> None:
    """It is looked for before the site is built, and kept under a name that is new each time."""
    steps = _steps(_guide(page) if page.suffix == ".md" else page.read_text("utf-8"))
    names = [step.get("uses", "").partition("@")[0] for step in steps]
    built = next(n for n, step in enumerate(steps) if "make site" in step.get("run", ""))
    assert names.index("actions/checkout") < names.index("actions/cache") < built
    given = steps[names.index("actions/cache")]["with"]
    (cache,) = (value.default for name, value in DuizhaoConfig._schema if name == "cache")
    assert given["path"] == cache
    assert given["key"] == given["restore-keys"] + "${{ github.sha }}"


def test_both_guides_have_the_same_workflow() -> None:
    assert _guide(GUIDES[0]) == _guide(GUIDES[1])
