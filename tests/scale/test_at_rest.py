"""Laws at rest: read when their text is asked for, whole in another process, and seldom."""

from __future__ import annotations

import pickle
import shutil
from functools import lru_cache
from pathlib import Path

import pytest
from tests.scale.sites import files_of, site_of, write_law

from duizhao.building.laws.scheduler import parcelled
from duizhao.building.mkdocs.site_build import render_site
from duizhao.ground.store import Store
from duizhao.languages.law import Law
from duizhao.site import law_at_rest
from duizhao.site.kept_laws import KeptLaws
from duizhao.site.law_at_rest import LawAtRest
from duizhao.site.looking import Looking
from duizhao.site.options import Options
from duizhao.site.pipeline import Site, site_from_options
from duizhao.site.site_checks import check_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with five laws; law-2 cites law-1."""
    return site_of(tmp_path / "mysite", 5)


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The laws that are read from now on; what other tests have read is asleep."""
    found: list[str] = []
    read_one = law_at_rest._awake.__wrapped__

    @lru_cache(maxsize=law_at_rest.AWAKE)
    def noted(law: LawAtRest) -> Law:
        found.append(law.id)
        return read_one(law)

    monkeypatch.setattr(law_at_rest, "_awake", noted)
    return found


def kept_in(folder: Path) -> KeptLaws:
    return KeptLaws(store=Store(folder), program="this")


def read(root: Path, folder: Path | None = None) -> Site:
    return site_from_options(Options(root=root), kept_in(folder) if folder else None)


def test_laws_at_rest_are_the_laws(root: Path, tmp_path: Path) -> None:
    plain = read(root)
    for _ in ("read now", "as kept"):
        kept = read(root, tmp_path / "kept")
        assert all(isinstance(law, LawAtRest) for law in kept.laws)
        assert kept.laws == plain.laws
        assert [law.summary for law in kept.laws] == [law.summary for law in plain.laws]
        assert [law.history for law in kept.laws] == [law.history for law in plain.laws]
        assert kept.laws[1].cited == plain.laws[1].cited
        assert kept.laws[0] != plain.laws[1]


def test_one_goes_to_another_process_as_it_lies_here(
    root: Path, tmp_path: Path, woken: list[str]
) -> None:
    law = read(root, tmp_path / "kept").laws[3]
    assert isinstance(law, LawAtRest)
    sent = pickle.dumps(law)
    assert len(sent) * 2 < len(law.data()), "without its text"
    there = pickle.loads(sent)  # noqa: S301 - our own
    assert not woken
    assert there == read(root).laws[3]
    shutil.rmtree(tmp_path / "kept")
    again = pickle.loads(sent)  # noqa: S301 - our own
    assert again == read(root).laws[3], "it is read again"


def test_one_goes_to_another_machine_whole(root: Path, tmp_path: Path, woken: list[str]) -> None:
    law = read(root, tmp_path / "kept").laws[3]
    plain = read(root).laws[3]
    sent = parcelled([law])
    assert not woken, "its bytes are sent as they are"
    shutil.rmtree(tmp_path / "kept")
    shutil.rmtree(root / "seeds/law-4")
    (there,) = pickle.loads(sent)  # noqa: S301 - our own
    assert there.id == "law-4"
    assert not woken
    assert there == plain


@pytest.mark.parametrize("damage", ["cut off", "gone"])
def test_one_that_is_damaged_is_read_again(
    root: Path, tmp_path: Path, damage: str, woken: list[str]
) -> None:
    folder = tmp_path / "kept"
    read(root, folder)
    texts = [path.with_suffix("") for path in folder.iterdir() if path.suffix == ".rest"]
    assert len(texts) == 5
    for path in texts:
        path.write_bytes(path.read_bytes()[:-9]) if damage == "cut off" else path.unlink()
    kept = read(root, folder)
    assert not woken
    assert kept.laws == read(root).laws
    assert all(isinstance(pickle.loads(Store(folder).get(p.name) or b""), Law) for p in texts)  # noqa: S301 - our own


def test_one_that_says_something_else_by_now_is_refused(root: Path, tmp_path: Path) -> None:
    """What is made of it would be kept under what it said before."""
    folder = tmp_path / "kept"
    laws = read(root, folder).laws
    for path in folder.iterdir():
        if path.suffix != ".rest":
            path.unlink()
    write_law(root, 4, changed="和水鸟")
    with pytest.raises(OSError, match="law-4: its files were written meanwhile"):
        str(laws[3].edition)
    assert laws[2].edition == read(root).laws[2].edition


def test_no_law_is_read_where_nothing_changed_and_few_where_one_did(
    root: Path, woken: list[str]
) -> None:
    render_site(root, root / "first", pdf=False)
    assert sorted(set(woken)) == [f"law-{n}" for n in range(1, 6)]
    woken.clear()
    render_site(root, root / "again", pdf=False)
    assert not woken
    assert files_of(root / "again") == files_of(root / "first")
    write_law(root, 4, changed="和水鸟")
    render_site(root, root / "changed", pdf=False)
    assert woken == ["law-4"]
    woken.clear()
    write_law(root, 1, changed="和水鸟")
    render_site(root, root / "cited", pdf=False)
    assert sorted(woken) == ["law-1", "law-1", "law-2"], "for itself, and for law-2, which cites it"
    assert law_at_rest._awake.cache_info().currsize == 0, "laws that were made are forgotten"


def test_what_was_found_is_kept_until_law_catalog_or_glossary_changes(
    root: Path, tmp_path: Path, woken: list[str]
) -> None:
    """Every check looked at all laws anew."""
    folder = tmp_path / "kept"

    def checked() -> list[str]:
        woken.clear()
        law_at_rest.all_rest()
        kept = kept_in(folder)
        found = list(check_site(read(root, folder), Looking(kept=kept)))
        assert found == list(check_site(read(root)))
        return sorted(set(woken))

    all_laws = [f"law-{n}" for n in range(1, 6)]
    assert checked() == all_laws
    assert checked() == []
    write_law(root, 4, changed="和水鸟")
    assert checked() == ["law-4"]
    catalog = root / "translations/en/LC_MESSAGES/law-2.po"
    catalog.write_text(catalog.read_text("utf-8").replace("into lakes", "into 5 lakes"), "utf-8")
    assert checked() == ["law-2"]
    for path in folder.iterdir():
        if path.with_name(f"{path.name}.rest") not in folder.iterdir() and path.suffix != ".rest":
            path.write_bytes(path.read_bytes()[:-1])
    assert checked() == all_laws
    glossary = root / "seeds/glossary.toml"
    glossary.write_text(glossary.read_text("utf-8").replace("lake", "mere"), "utf-8")
    assert checked() == all_laws


def test_what_changes_while_it_is_looked_at_is_not_kept(tmp_path: Path) -> None:
    """What is found would be kept as that of the state before."""
    state = ["before"]

    def look(task: str) -> str:
        state[0] = task
        return f"found in {task}"

    here = Looking(kept=kept_in(tmp_path))
    for task in ("after", "before"):
        state[0] = "before"
        found = here.each("kind", look, [task], name=str, made_of=lambda _: tuple(state))
        assert list(found) == [f"found in {task}"]


def test_a_process_has_few_at_a_time(tmp_path: Path, woken: list[str]) -> None:
    site = read(site_of(tmp_path / "mysite", law_at_rest.AWAKE + 5), tmp_path / "kept")
    assert {law.edition.law_id for law in site.laws} == {law.id for law in site.laws}
    assert len(woken) == law_at_rest.AWAKE + 5
    assert law_at_rest._awake.cache_info().currsize == law_at_rest.AWAKE
