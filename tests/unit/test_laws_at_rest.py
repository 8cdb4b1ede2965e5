"""Commands about all laws: what was read is kept and not read again, and one law is held at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.cli.main import main
from duizhao.languages.catalog import catalog_from_file
from duizhao.languages.checks import Looked, compared, looked_at
from duizhao.site import pipeline
from duizhao.site.pipeline import Site

COMMANDS = [
    ("check",),
    ("translate", "status"),
    ("translate", "check"),
    ("quote", "passage.txt"),
    ("cite", "公园", "art_2"),
    ("export", "公园", "--format", "json", "-o", "-"),
    ("markdown", "out"),
]


@pytest.fixture
def here(tiny_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented regulation's site, with a passage."""
    monkeypatch.chdir(tiny_copy)
    Path("passage.txt").write_text("第二条　甲乙丙丁戊己庚辛壬癸。\n", "utf-8")
    return tiny_copy


def _refuse(*_: object) -> None:
    raise AssertionError("it was read before")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_law_is_not_read_again(
    here: Path,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    code = main([*command])
    first = capsysbinary.readouterr()
    assert first.out or first.err
    monkeypatch.setattr(pipeline, "law_from_folder", _refuse)
    assert main([*command]) == code
    assert capsysbinary.readouterr() == first
    kept = sorted((here / ".cache/duizhao/read").iterdir())
    for entry in kept:
        entry.write_bytes(entry.read_bytes()[:-1])
    with pytest.raises(AssertionError, match="read before"):  # what is damaged is read again
        main([*command])


def test_what_lets_faults_pass_takes_a_law_that_has_none(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["translate", "update"])
    kept = here / ".cache/duizhao/read"
    assert not [*kept.glob("*.rest")]  # of a law: its catalog may have faults
    main(["check"])
    assert [*kept.glob("*.rest")]
    monkeypatch.setattr(pipeline, "law_from_folder", _refuse)
    capsys.readouterr()
    assert main(["translate", "update"]) == 0
    assert "unchanged" in capsys.readouterr().err
    catalog = here / "translations/en/LC_MESSAGES/example-parks.po"
    catalog.write_text(catalog.read_text("utf-8") + "\n# note\n", "utf-8")
    with pytest.raises(AssertionError, match="read before"):
        main(["translate", "update"])


def test_a_faulty_law_is_told_each_time(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decisions = here / "seeds/example-parks/edition.toml"
    sound = decisions.read_text("utf-8")
    main(["check"])
    told = capsys.readouterr().out
    decisions.write_text(f"{sound}\n[nonsense]\n", "utf-8")
    for _ in range(2):
        assert main(["check"]) == 1
        assert "nonsense" in capsys.readouterr().err
    decisions.write_text(sound, "utf-8")
    main(["check"])
    assert capsys.readouterr().out == told


def test_where_nothing_may_be_written_nothing_is_kept(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    main(["check"])
    assert "translation-missing" in capsys.readouterr().out
    assert not (here / ".cache").exists()


def test_one_catalog_is_checked_at_a_time(tiny: Site) -> None:
    (law,) = tiny.laws
    taken = 0

    def catalogs() -> Iterator[Looked]:
        nonlocal taken
        for n in range(3):
            taken += 1
            path = tiny.options.root / "translations/en/LC_MESSAGES/example-parks.po"
            catalog = catalog_from_file(path, language="en", name=f"{n}.po")
            key, entry = next((k, e) for k, e in catalog.entries.items() if e.target)
            said = replace(entry, target=f"{entry.target} {n}")
            yield looked_at(law.edition, replace(catalog, entries={key: said}), tiny.glossary)

    told = []
    for n, (looked, found) in enumerate(compared(catalogs()), 1):
        assert taken == n
        assert looked.renderings[0].place.file == f"{n - 1}.po"
        told.append([p.message for p in found if p.code == "translation-inconsistent"])
    assert [len(messages) for messages in told] == [0, 1, 1]
    assert all("0.po:" in message for messages in told[1:] for message in messages)
