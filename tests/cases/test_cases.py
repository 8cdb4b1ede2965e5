"""Bad and good input, with the outcome beside it.

`bad/<code>.toml`, or `bad/<code>--<variant>.toml`, says what is changed in the invented
regulation (`[[change]]`) and what must be found (`[[expect]]`: the code, and the words that
stand above the carets, "" where only the file or the line is named).  `bad/<name>.txt` is
what the person at the terminal reads; `pytest tests/cases --update` writes it anew.

`good/<name>.toml` changes the regulation into something unusual that must be accepted.

Stages: `check` (the default) reads and checks the site, `build` publishes it, `links`
checks the folder `site` as a built site, `address` where it will be, `accounting` proves the lines after the units
named by `drop` were taken out of the edition, `write` writes a file of the name `path`.
In an edition.toml SHA stands for the digest of its witness.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.chinese import english_left

from duizhao.building.mkdocs.site_build import render_site, site_url
from duizhao.building.whole.linkcheck import check_links
from duizhao.building.whole.publish import Check, publish, write_all
from duizhao.commands.release import check_address
from duizhao.editing.accounting import check_accounting
from duizhao.ground.problems import DuizhaoError, Position, Problem, Severity, render
from duizhao.parser.edition import Article, Edition, articles, units
from duizhao.site.options import Options
from duizhao.site.pipeline import site_from_options
from duizhao.site.site_checks import check_site

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.toml"))
GOOD = sorted((HERE / "good").glob("*.toml"))
Golden = Callable[[str, str], None]


def changed(folder: Path, case: dict[str, Any]) -> None:
    """Make the changes of a case; a change that changes nothing is a fault of the case."""
    for change in case.get("change", ()):
        path = folder / change["file"]
        if change.get("delete"):
            path.unlink()
        elif "bytes" in change:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes.fromhex(change["bytes"]))
        elif "whole" in change:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change["whole"], encoding="utf-8")
        elif "append" in change:
            path.write_text(path.read_text("utf-8") + change["append"], encoding="utf-8")
        else:
            before = path.read_text("utf-8")
            assert before.count(change["old"]) == 1, f"{change['old']!r} must stand there once"
            path.write_text(before.replace(change["old"], change["new"]), encoding="utf-8")
    _seal(folder)


def _seal(folder: Path) -> None:
    """Put the witness's own digest where a case says SHA."""
    path = folder / "seeds/example-parks/edition.toml"
    if path.exists() and b'sha256 = "SHA"' in path.read_bytes():
        text = path.read_text("utf-8")
        file = tomllib.loads(text)["witness"][0]["file"]
        digest = hashlib.sha256((folder / "seeds" / file).read_bytes()).hexdigest()
        path.write_text(text.replace('"SHA"', f'"{digest}"'), encoding="utf-8")


def _check(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    yield from check_site(site_from_options(Options(root=folder)))


def _build(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    def rendered(stage: Path) -> Check:
        return partial(check_links, stage, render_site(folder, stage, pdf=False).links)

    publish(folder / "site", rendered)
    yield from ()


def _links(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    yield from check_links(folder / "site")[1]


def _address(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    yield from check_address(site_url(folder))


def _write(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    write_all(folder / "out", iter([(case["path"], "")]))
    yield from ()


def _accounting(folder: Path, case: dict[str, Any]) -> Iterator[Problem]:
    law = site_from_options(Options(root=folder)).laws[0]

    def without(node: Any) -> Any:
        if not hasattr(node, "body"):
            return node
        kept = [without(n) for n in node.body if n.eid not in case["drop"]]
        return replace(node, body=tuple(kept))

    edition = replace(law.edition, body=tuple(without(n) for n in law.edition.body))
    assert not any(isinstance(n, Article) for n in edition.body)
    yield from check_accounting(law.witness, [(law.decisions, edition)])


STAGES: dict[str, Callable[[Path, dict[str, Any]], Iterator[Problem]]] = {
    "check": _check,
    "build": _build,
    "links": _links,
    "address": _address,
    "write": _write,
    "accounting": _accounting,
}


def problems_of(folder: Path, case: dict[str, Any]) -> list[Problem]:
    """What a stage finds, whether it yields or raises it."""
    try:
        return list(STAGES[case.get("stage", "check")](folder, case))
    except DuizhaoError as reason:
        return list(reason.problems)


#: what the invented regulation has of itself: a fuzzy unit, two missing, an exception
USUAL = ("translation-fuzzy", "translation-missing", "translation-exception")


def under_carets(at: Position) -> str:
    """The words that the carets stand under."""
    return at.text[at.column - 1 : at.column - 1 + at.length] if at.column and at.text else ""


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_bad(path: Path, tiny_copy: Path, golden: Golden) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    changed(tiny_copy, case)
    found = [
        p
        for p in problems_of(tiny_copy, case)
        if p.code not in USUAL or p.code == path.stem.partition("--")[0]
    ]
    expected = [(e["code"], e["under"]) for e in case["expect"]]
    assert [(p.code, under_carets(p.position)) for p in found] == expected
    assert path.stem.partition("--")[0] in [p.code for p in found]
    for problem in found:
        assert problem.message.endswith((".", "…")) or problem.message[-1] not in " ,:"
        assert problem.hint, "a hint says what to do"
        assert set(english_left(problem)) <= set(case.get("not_ours", ())), "it is said in Chinese"
        at = problem.position
        assert not at.file.startswith("/"), "a message names a file from the site's folder on"
        if at.line:
            text = (tiny_copy / at.file).read_text("utf-8", errors="replace")
            assert at.text in ("", text.split("\n")[at.line - 1].rstrip("\r")), "the line is shown"
            assert at.column == 0 or 1 <= at.column <= len(at.text) + 1
    golden_name = f"../cases/bad/{path.stem}.txt"
    golden(golden_name, "\n\n".join(render(p) for p in found) + "\n")


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.stem)
def test_good(path: Path, tiny_copy: Path) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    changed(tiny_copy, case)
    site = site_from_options(Options(root=tiny_copy))
    assert [p for p in check_site(site) if p.severity is Severity.ERROR] == []
    published = "\n".join(str(u) for u in _texts(site.laws[0].edition))
    for words in case["published"]:
        assert words in published


def _texts(edition: Edition) -> Iterator[str]:
    yield from (f"{u.eid} {u.text}" for u in units(edition))
    yield from (f"{a.eid} {a.number}" for a in articles(edition.body))
